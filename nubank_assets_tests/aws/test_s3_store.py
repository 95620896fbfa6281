"""What only S3 does: races of machines, readers during a replacement, encryption, versions, many pages, large files."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from nubank_assets.aws.clients import client
from nubank_assets.compute.frames import read_frame
from nubank_assets.domain.catalog import INCOME
from nubank_assets.domain.failures import InputError
from nubank_assets.lake.files import open_store
from nubank_assets.lake.inbox import Inbox
from nubank_assets.lake.publish import Lake
from nubank_assets.lake.s3 import _PART_BYTES
from nubank_assets.lake.sql import open_lake
from nubank_assets_tests.fakes.faults import s3_faults
from nubank_assets_tests.fakes.frames import arrow_rows
from nubank_assets_tests.lake.test_inbox import DATA, receipt

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

MONTH = "2026-06"


@pytest.fixture
def root(bucket: str) -> str:
    return f"s3://{bucket}/nubank"


def version(number: int) -> pa.Table:
    """Rows that all say which version they are of, as many as the version tells."""
    one = arrow_rows("income", [{"month": MONTH, "amount_brl": Decimal(number)}])
    rows = 2000 + 37 * number
    ids = pa.array([f"{row:06d}-{number}" for row in range(rows)])
    many = one.take(pa.array([0] * rows))
    return many.set_column(
        many.schema.get_field_index("transaction_id"), INCOME.arrow_schema.field("transaction_id"), ids
    )


def test_every_read_during_many_replacements_is_whole(root: str) -> None:
    """Four readers, each through another way: Arrow, row counts, SQL, local copies for an engine."""
    lake, done = Lake(root), threading.Event()
    versions = [version(number) for number in range(10)]
    sizes = {rows.num_rows: number for number, rows in enumerate(versions)}
    lake.write(INCOME, MONTH, versions[0])
    seen: dict[str, list[int]] = {}

    def by_arrow() -> int:
        rows = lake.read(INCOME, [MONTH])
        (amount,) = set(rows["amount_brl"].to_pylist())
        assert rows.num_rows == versions[int(amount)].num_rows
        return int(amount)

    def by_count() -> int:
        return sizes[lake.rows(INCOME, MONTH)]

    def by_sql() -> int:
        query = "select count(*), min(amount_brl), max(amount_brl), count(distinct transaction_id) from income"
        connection = open_lake(root)
        for _ in range(2):
            rows, least, most, ids = connection.execute(query).fetchone() or ()
            assert least == most
            assert rows == ids == versions[int(least)].num_rows
        return int(least)

    def by_copy() -> int:
        with lake.snapshot([INCOME], [MONTH]) as files:
            return sizes[pq.read_table(files[INCOME.name][0]).num_rows]

    def read_all_the_time(name: str) -> None:
        read = {"arrow": by_arrow, "count": by_count, "sql": by_sql, "copy": by_copy}[name]
        seen[name] = []
        while not done.is_set():
            seen[name].append(read())

    with ThreadPoolExecutor(4) as readers:
        reading = [readers.submit(read_all_the_time, name) for name in ("arrow", "count", "sql", "copy")]
        try:
            for number in range(1, 150):
                lake.write(INCOME, MONTH, versions[number % 10])
        finally:
            done.set()
        for one in reading:
            one.result()
    assert all(len(set(read)) > 1 for read in seen.values()), seen


def test_machines_that_add_at_once_end_with_one_document_and_one_receipt(root: str, bucket: str) -> None:
    for round_ in range(10):
        data = DATA + str(round_).encode()
        together = threading.Barrier(4)

        def add(second: int, data: bytes = data, together: threading.Barrier = together) -> bool:
            inbox = Inbox(root)
            together.wait()
            return inbox.add(receipt(data=data, second=second), data)

        with ThreadPoolExecutor(4) as machines:
            new = list(machines.map(add, range(4)))
        assert new.count(True) == 1
        (kept,) = Inbox(root).with_content(receipt(data=data).sha256)
        assert kept.collected_at.second == new.index(True)
        assert Inbox(root).read(kept) == data
        versions = client("s3").list_object_versions(Bucket=bucket, Prefix=f"nubank/documents/{kept.sha256}")
        assert len(versions["Versions"]) == 1


def test_two_machines_that_disagree_about_the_account_do_not_both_win(root: str) -> None:
    together = threading.Barrier(2)

    def add(account: str) -> bool | str:
        inbox = Inbox(root)
        together.wait()
        try:
            return inbox.add(receipt(account=account), DATA)
        except InputError as error:
            return str(error)

    with ThreadPoolExecutor(2) as machines:
        told = list(machines.map(add, ["card", "ana"]))
    assert told.count(True) == 1
    (kept,) = Inbox(root).receipts()
    assert kept.account == ("card" if told[0] is True else "ana")
    assert kept.account in str(next(answer for answer in told if answer is not True))


def test_bytes_that_a_crash_left_without_a_receipt_are_invisible_and_completed(root: str) -> None:
    inbox, store = Inbox(root), open_store(root)
    for left in (DATA, DATA[:5]):
        store.write(f"documents/{receipt().sha256}", left)
        assert inbox.receipts() == []
        assert inbox.find(receipt().document) is None
        assert inbox.add(receipt(), DATA)
        assert inbox.read(receipt()) == DATA
        inbox.forget(receipt())


def test_receipts_are_fetched_once_a_version(aws: str, bucket: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A sensor asks every minute; each fetch costs money."""
    with s3_faults(aws, "nubank/") as proxy:
        monkeypatch.setenv("AWS_ENDPOINT_URL_S3", proxy.url)
        client.cache_clear()
        inbox = Inbox(f"s3://{bucket}/nubank")
        for bill in ("2026-05", "2026-06"):
            inbox.add(receipt(bill), DATA)
        before = inbox.receipts()
        proxy.begin()
        assert inbox.receipts() == before
        assert [call.name for call in proxy.calls] == ["LIST receipts/"]
        later = receipt("2026-06").model_copy(update={"as_of": receipt().as_of + timedelta(days=1)})
        assert not inbox.add(later, DATA)
        proxy.begin()
        assert inbox.receipts() == [before[0], later]
        assert [call.name.split("/")[0] for call in proxy.calls] == ["LIST receipts", "GET receipts"]
        inbox.forget(later)
        assert inbox.receipts() == before[:1]
    client.cache_clear()


@pytest.mark.parametrize("key", ["", "alias/nubank"])
def test_all_that_is_written_is_encrypted_as_the_setting_says(
    root: str, bucket: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, key: str
) -> None:
    monkeypatch.setenv("NUBANK_KMS_KEY", key)
    store, staged = open_store(root), tmp_path / "staged"
    store.write("written", b"1")
    store.create("created", b"1")
    for name, size in (("published", 1), ("large", _PART_BYTES + 1)):
        staged.write_bytes(bytes(size))
        store.publish(staged, name)
        assert not staged.exists()
    for name in ("written", "created", "published", "large"):
        head = client("s3").head_object(Bucket=bucket, Key=f"nubank/{name}")
        assert head["ServerSideEncryption"] == ("aws:kms" if key else "AES256")
        assert head.get("SSEKMSKeyId", "").endswith(key)
    assert head["ContentLength"] == _PART_BYTES + 1


def test_all_pages_of_a_list_are_read(root: str) -> None:
    store = open_store(root)
    with ThreadPoolExecutor(8) as writers:
        list(writers.map(lambda number: store.write(f"many/{number:04d}", b""), range(1005)))
    assert len(store.names("many")) == len(store.names("", recursive=True)) == 1005


def test_what_was_replaced_and_deleted_is_there_as_versions(root: str, bucket: str) -> None:
    store = open_store(root)
    store.write("a", b"1")
    store.write("a", b"2")
    store.remove("a")
    found = client("s3").list_object_versions(Bucket=bucket, Prefix="nubank/a")
    assert [len(found["Versions"]), len(found["DeleteMarkers"])] == [2, 1]
    assert [item["Key"] for item in found["Versions"]] == ["nubank/a"] * 2


def test_the_same_bytes_are_not_written_again_and_others_are(root: str, bucket: str) -> None:
    lake, key = Lake(root), f"nubank/{Lake(root).name(INCOME, MONTH)}"

    def versions() -> int:
        return len(client("s3").list_object_versions(Bucket=bucket, Prefix=key).get("Versions", []))

    for _ in range(2):
        lake.write(INCOME, MONTH, version(1))
    assert versions() == 1
    lake.write(INCOME, MONTH, version(2))
    assert versions() == 2
    # Somebody else's bytes say nothing of themselves, and are replaced even by the same.
    client("s3").put_object(Bucket=bucket, Key=key, Body=b"damaged")
    lake.write(INCOME, MONTH, version(2))
    assert versions() == 4
    assert lake.rows(INCOME, MONTH) == version(2).num_rows


def test_a_store_opens_without_a_question(monkeypatch: pytest.MonkeyPatch) -> None:
    """No region, no credentials, an endpoint where nobody is: only the first call finds out."""
    for name in ("AWS_REGION", "AWS_DEFAULT_REGION", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    client.cache_clear()
    assert Lake("s3://somewhere/lake").name(INCOME, MONTH).endswith("month=2026-06/data.parquet")


def test_nothing_goes_unencrypted_to_another_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://192.0.2.1:9000")
    client.cache_clear()
    with pytest.raises(InputError, match=r"http://192\.0\.2\.1:9000.*https"):
        open_store("s3://bucket/lake")


def test_an_engine_sees_the_newest_version_even_of_the_same_size_in_the_same_second(
    session: "SparkSession", root: str
) -> None:
    """Sail remembers Parquet files by name, size and second: it gets each version under a name of its own."""
    lake = Lake(root)
    for number in range(1, 8):
        lake.write(INCOME, MONTH, arrow_rows("income", [{"month": MONTH, "amount_brl": Decimal(number)}]))
        with lake.snapshot([INCOME], [MONTH]) as files:
            frame = read_frame(session, INCOME, files[INCOME.name])
            assert frame.select("amount_brl").toArrow()["amount_brl"].to_pylist() == [Decimal(number)]
        assert not any(Path(file).exists() for file in files[INCOME.name])
