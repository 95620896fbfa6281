"""The lake of tables: whole, ordered, typed, the same bytes for the same rows, whatever kills the writer."""

import random
import signal
import subprocess
import sys
import time
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from nubank_assets.domain.catalog import INCOME, MONTHLY_SUMMARY
from nubank_assets.lake.files import open_store
from nubank_assets.lake.publish import Lake, conform, split_by_month
from nubank_assets_tests.fakes.frames import arrow_rows

MONTHS = ["2026-05", "2026-06"]


def income(*ids: str, month: str = "2026-06", brl: str = "1.00") -> pa.Table:
    return arrow_rows("income", [{"transaction_id": name, "month": month, "amount_brl": Decimal(brl)} for name in ids])


def replace(rows: pa.Table, column: str, values: pa.Array) -> pa.Table:
    return rows.set_column(rows.schema.get_field_index(column), column, values)


@pytest.fixture
def lake(root: str) -> Lake:
    return Lake(root)


def test_each_month_is_one_object(lake: Lake, root: str) -> None:
    for month in MONTHS:
        lake.write(INCOME, month, income("b", "a", month=month))
    lake.write(INCOME, "2026-06", income("c"))
    assert open_store(root).names("", recursive=True) == [
        f"{INCOME.path}/month={month}/data.parquet" for month in MONTHS
    ]
    assert lake.months(INCOME) == MONTHS
    assert [lake.rows(INCOME, month) for month in [*MONTHS, "2026-07"]] == [2, 1, 0]
    assert lake.read(INCOME)["transaction_id"].to_pylist() == ["a", "b", "c"]


def test_months_that_do_not_exist_are_left_out(lake: Lake) -> None:
    assert lake.read(INCOME, MONTHS).num_rows == 0
    assert lake.urls(INCOME, None) == lake.urls(INCOME, MONTHS) == lake.months(INCOME) == []
    lake.write(INCOME, "2026-06", income("a"))
    assert lake.read(INCOME, ["2026-01", "2026-06"]).num_rows == len(lake.urls(INCOME, ["2026-01", "2026-06"])) == 1


def test_rows_come_back_in_declared_types_and_columns(lake: Lake) -> None:
    lake.write(INCOME, "2026-06", income("a", brl="9999999999999999.99"))
    assert lake.read(INCOME).schema == INCOME.arrow_schema
    assert lake.read(INCOME, ["2026-01"]).schema == INCOME.arrow_schema
    assert lake.read(INCOME, columns=["amount_brl", "month"]).to_pylist() == [
        {"amount_brl": Decimal("9999999999999999.99"), "month": "2026-06"}
    ]


def test_a_table_without_months_is_one_object(lake: Lake) -> None:
    rows = arrow_rows("monthly_summary", [{"basis": "date"}, {"basis": "bill"}])
    lake.write(MONTHLY_SUMMARY, None, rows)
    assert lake.read(MONTHLY_SUMMARY)["basis"].to_pylist() == ["bill", "date"]
    assert lake.rows(MONTHLY_SUMMARY, None) == 2
    lake.remove(MONTHLY_SUMMARY, None)
    assert lake.urls(MONTHLY_SUMMARY, None) == []


def test_equal_rows_are_equal_bytes_in_whatever_order_they_come(lake: Lake) -> None:
    names = [f"{number:05d}" for number in range(3000)]
    rows = income(*names)
    mixed = rows.take(random.Random(1).sample(range(3000), 3000))
    chunked = pa.concat_tables([mixed.slice(start, 100) for start in range(0, 3000, 100)])
    encoded = replace(chunked, "account", chunked["account"].dictionary_encode())
    staged = [lake.stage(conform(table, INCOME)).read_bytes() for table in (rows, mixed, chunked, encoded)]
    assert len(set(staged)) == 1


def test_what_does_not_fit_is_an_error_not_another_value() -> None:
    with pytest.raises(pa.ArrowInvalid):
        conform(replace(income("a"), "amount_brl", pa.array([Decimal("0.001")])), INCOME)
    with pytest.raises(KeyError):
        conform(income("a").drop_columns(["kind"]), INCOME)


def test_a_null_where_none_may_be_can_be_staged_for_its_audit(lake: Lake) -> None:
    rows = income("a")
    broken = replace(rows, "kind", pa.nulls(1, pa.string()))
    staged = lake.stage(conform(broken, INCOME))
    assert pq.read_table(staged)["kind"].null_count == 1
    with pytest.raises(ValueError, match="kind"):
        lake.write(INCOME, "2026-06", broken)
    assert lake.months(INCOME) == []


def test_months_without_rows_are_split_off_too() -> None:
    parts = split_by_month(income("a"), MONTHS)
    assert {month: rows.num_rows for month, rows in parts.items()} == {"2026-05": 0, "2026-06": 1}


_WRITER = """
import sys
from nubank_assets.domain.catalog import INCOME
from nubank_assets.lake.publish import Lake
from nubank_assets_tests.lake.test_publish import income
lake = Lake(sys.argv[1])
versions = [income(*[f"{i:05d}" for i in range(20000)], brl=f"{version}.00") for version in range(4)]
print("ready", flush=True)
for number in range(10_000):
    lake.write(INCOME, f"2026-{number % 3 + 1:02d}", versions[number % 4].set_column(
        1, INCOME.arrow_schema.field("month"), [[f"2026-{number % 3 + 1:02d}"] * 20000]))
"""


def test_a_killed_writer_leaves_every_month_whole(
    lake: Lake, root: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    chance = random.Random(7)
    for _ in range(4):
        writer = subprocess.Popen([sys.executable, "-c", _WRITER, root], stdout=subprocess.PIPE, text=True)
        assert writer.stdout is not None
        assert writer.stdout.readline() == "ready\n"
        while not lake.months(INCOME):
            time.sleep(0.01)
        time.sleep(chance.random() * 0.3)
        writer.send_signal(signal.SIGKILL)
        writer.wait()
        writer.stdout.close()
        for month in lake.months(INCOME):
            rows = lake.read(INCOME, [month])
            assert rows.num_rows == 20_000
            assert len(rows["amount_brl"].unique()) == 1
            assert rows["month"].unique().to_pylist() == [month]


def test_a_table_that_is_not_partitioned_has_no_months(tmp_path: Path) -> None:
    lake = Lake(str(tmp_path))
    lake.write(MONTHLY_SUMMARY, None, MONTHLY_SUMMARY.arrow_schema.empty_table())
    assert lake.months(MONTHLY_SUMMARY) == []
