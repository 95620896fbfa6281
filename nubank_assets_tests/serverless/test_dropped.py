"""Files in the drop folder: by their folder's account, several at once by several calls, and what is refused."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from nubank_assets.aws.clients import client
from nubank_assets.lake.inbox import Inbox
from nubank_assets.serverless.dropped import Drop, clear, collect_dropped, put_aside
from nubank_assets_tests.fakes.exports import card_csv
from nubank_assets_tests.fakes.s3_homes import objects_in

BILLS = [f"2026-{month:02d}" for month in range(1, 9)]


@pytest.fixture
def inbox_root(bucket: str) -> str:
    return f"s3://{bucket}/nubank/inbox"


def drop(bucket: str, name: str, content: str) -> None:
    client("s3").put_object(Bucket=bucket, Key=f"nubank/inbox/new/{name}", Body=content.encode())


def bill(month: str) -> str:
    return card_csv(f"{month}-02,Loja {month},10.00")


def test_calls_at_once_take_every_file_and_mind_no_other(bucket: str, inbox_root: str) -> None:
    """As when S3 tells of several files, each by a call of its own, and every call looks at all."""
    for month in BILLS:
        drop(bucket, f"Nubank_{month}-10.csv", bill(month))

    def take(_: int) -> Drop:
        taken = collect_dropped(inbox_root)
        clear(taken)
        return taken

    with ThreadPoolExecutor(4) as calls:
        drops = list(calls.map(take, range(8)))
    assert {month for drop in drops for month in drop.months} == set(BILLS)
    assert {receipt.bill for receipt in Inbox(inbox_root).receipts()} == set(BILLS)
    assert not any(drop.refused for drop in drops)
    assert objects_in(bucket, "nubank/inbox/new/") == {}


def test_a_folder_is_an_account_and_no_more_than_one(bucket: str, inbox_root: str) -> None:
    drop(bucket, "", "")
    drop(bucket, "maria/Nubank_2026-06-10.csv", bill("2026-05"))
    drop(bucket, "maria/2026/Nubank_2026-07-10.csv", bill("2026-06"))
    drop(bucket, "Maria Silva/Nubank_2026-08-10.csv", bill("2026-07"))
    taken = collect_dropped(inbox_root)
    assert taken.months == ("2026-06",)
    (receipt,) = Inbox(inbox_root).receipts()
    assert (receipt.account, receipt.name) == ("maria", "Nubank_2026-06-10.csv")
    reasons = {file.name: reason for file, reason in taken.refused}
    assert "no máximo uma pasta" in reasons["maria/2026/Nubank_2026-07-10.csv"]
    assert "Maria Silva" in reasons["Maria Silva/Nubank_2026-08-10.csv"]
    for file, _ in taken.refused:
        put_aside(file)
    clear(taken)
    assert sorted(objects_in(bucket, "nubank/inbox/refused/")) == sorted(reasons)


def test_what_is_dropped_under_the_same_name_meanwhile_is_not_removed(bucket: str, inbox_root: str) -> None:
    drop(bucket, "Nubank_2026-06-10.csv", bill("2026-05"))
    first = collect_dropped(inbox_root)
    drop(bucket, "Nubank_2026-06-10.csv", card_csv("2026-05-03,Outra loja,11.00"))
    clear(first)
    second = collect_dropped(inbox_root)
    assert [file.name for file in second.files] == ["Nubank_2026-06-10.csv"]
    assert second.mark != first.mark
    assert len(Inbox(inbox_root).receipts()) == 2
