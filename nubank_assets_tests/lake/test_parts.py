"""A month is an embedded engine's object or a cluster's files; which of them counts changes at once, both ways."""

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pytest

from nubank_assets.domain.catalog import INCOME, MONTHLY_SUMMARY
from nubank_assets.lake.files import LocalStore, ObjectStore, open_store
from nubank_assets.lake.parts import POINTER, Pointer, find_parts, home_of
from nubank_assets.lake.publish import Lake
from nubank_assets.lake.sql import open_lake
from nubank_assets_tests.fakes.frames import arrow_rows
from nubank_assets_tests.fakes.run_folders import point, publish_run, write_run

MONTHS = ["2026-05", "2026-06"]


def income(*ids: str, month: str = "2026-06") -> pa.Table:
    return arrow_rows("income", [{"transaction_id": name, "month": month, "amount_brl": Decimal(1)} for name in ids])


@pytest.fixture
def lake(root: str) -> Lake:
    return Lake(root)


@pytest.fixture
def store(root: str) -> ObjectStore:
    return open_store(root)


def ids(lake: Lake, months: Sequence[str] | None = None) -> list[str]:
    found: list[str] = lake.read(INCOME, months)["transaction_id"].to_pylist()
    return found


def test_files_of_a_run_count_for_every_reader_from_the_pointer_on(lake: Lake, store: ObjectStore, root: str) -> None:
    for month in MONTHS:
        lake.write(INCOME, month, income(f"old {month}", month=month))
    pointer = write_run(store, INCOME, "2026-06", "r1", [income("a", "b"), income("c")])
    assert ids(lake) == ["old 2026-05", "old 2026-06"]
    point(store, INCOME, "2026-06", pointer)
    assert ids(lake) == ["old 2026-05", "a", "b", "c"]
    assert ids(lake, ["2026-06"]) == ids(lake, ["2026-07", "2026-06"]) == ["a", "b", "c"]
    assert (lake.rows(INCOME, "2026-06"), lake.months(INCOME)) == (3, MONTHS)
    assert all(
        "/runs/categorized_tables/income/run=r1/of_month=2026-06/part-" in url for url in lake.urls(INCOME, ["2026-06"])
    )
    assert open_lake(root).execute("select count(*) from income").fetchall() == [(4,)]
    with lake.snapshot([INCOME], MONTHS) as files:
        assert all(Path(file).is_file() for file in files["income"])
        assert len(files["income"]) == 3


def test_an_embedded_engine_makes_its_object_count_again(lake: Lake, store: ObjectStore, root: str) -> None:
    publish_run(store, INCOME, "2026-05", "r1", income("a", month="2026-05"))
    publish_run(store, INCOME, "2026-06", "r1", income("b"))
    lake.write(INCOME, "2026-06", income("new"))
    assert ids(lake) == ids(Lake(root)) == ["a", "new"]
    assert not store.exists(f"{home_of(INCOME, '2026-06')}/{POINTER}")
    publish_run(store, INCOME, "2026-06", "r2", income("c"))
    assert ids(lake) == ["a", "c"]


def test_a_month_of_a_run_may_have_no_rows_and_no_files(lake: Lake, store: ObjectStore) -> None:
    lake.write(INCOME, "2026-06", income("old"))
    publish_run(store, INCOME, "2026-06", "r1")
    assert ids(lake) == []
    assert (lake.rows(INCOME, "2026-06"), lake.months(INCOME), lake.urls(INCOME, None)) == (0, ["2026-06"], [])


def test_a_table_without_months_is_pointed_at_too(lake: Lake, store: ObjectStore) -> None:
    old, new = (arrow_rows("monthly_summary", [{"basis": basis}]) for basis in ("bill", "date"))
    lake.write(MONTHLY_SUMMARY, None, old)
    publish_run(store, MONTHLY_SUMMARY, None, "r1", new)
    assert lake.read(MONTHLY_SUMMARY).to_pylist() == new.to_pylist()
    lake.write(MONTHLY_SUMMARY, None, old)
    assert lake.read(MONTHLY_SUMMARY).to_pylist() == old.to_pylist()


def test_a_removed_month_does_not_come_back_as_what_was_there_before(lake: Lake, store: ObjectStore) -> None:
    lake.write(INCOME, "2026-06", income("old"))
    publish_run(store, INCOME, "2026-06", "r1", income("new"))
    lake.remove(INCOME, "2026-06")
    assert (ids(lake), lake.months(INCOME)) == ([], [])


def test_what_is_read_of_a_run_has_the_declared_types(lake: Lake, store: ObjectStore) -> None:
    publish_run(store, INCOME, "2026-06", "r1", income("a"), income("b"))
    assert lake.read(INCOME).schema == INCOME.arrow_schema
    assert lake.read(INCOME, columns=["amount_brl"]).num_rows == 2


class _Switching(LocalStore):
    """A pointer goes between the list that shows it and its reading, as often as is said."""

    switches = 1

    def read_all(self, names: Sequence[str]) -> list[bytes]:
        if any(name.endswith(POINTER) for name in names) and self.switches:
            self.switches -= 1
            for name in names:
                self.remove(name)
        return super().read_all(names)


def test_a_pointer_that_goes_while_it_is_looked_at_is_looked_at_again(tmp_path: Path) -> None:
    store = _Switching(tmp_path)
    Lake(str(tmp_path)).write(INCOME, "2026-06", income("object"))
    publish_run(store, INCOME, "2026-06", "r1", income("run"))
    (part,) = find_parts(store, INCOME)
    assert (part.pointer, part.names) == (None, ["categorized_tables/income/month=2026-06/data.parquet"])


def test_a_pointer_tells_back_what_it_was_given() -> None:
    pointer = Pointer("r", "runs/x", ("a", "b"), 3, {"amount_brl": "-1.00"})
    assert Pointer.from_bytes(pointer.to_bytes()) == pointer
