"""The catalog shows the files of a cluster's run once its pointer does, and never files that are gone."""

from datetime import UTC, datetime, timedelta

import pyarrow as pa
import pytest

from nubank_assets.aws.glue_differences import find_differences
from nubank_assets.aws.glue_observing import published_at
from nubank_assets.aws.run_folders import clean_runs
from nubank_assets.domain.tables import Table
from nubank_assets.lake.files import ObjectStore, open_store
from nubank_assets_tests.aws.glue_lake import EXPENSES, SMALL, SUMMARY, GlueLake
from nubank_assets_tests.fakes.run_folders import publish_run, write_run

MONTH = "2026-09"
#: When a file that is written now is old.
LATER = timedelta(days=8)


@pytest.fixture
def store(glue_lake: GlueLake) -> ObjectStore:
    glue_lake.publish()
    return open_store(f"{glue_lake.bucket_root}/lake")


def rows(table: Table) -> pa.Table:
    return table.arrow_schema.empty_table()


def run_of(store: ObjectStore, run: str, *tables: tuple[Table, str | None]) -> None:
    for table, month in tables:
        publish_run(store, table, month, run, rows(table))


def place_of(glue_lake: GlueLake, month: str = MONTH) -> str:
    location: str = glue_lake.partitions("expenses")[month]["StorageDescriptor"]["Location"]
    return location.removeprefix(f"{glue_lake.bucket_root}/lake/")


def differences(glue_lake: GlueLake) -> list[str]:
    return [found.severity for found in find_differences(glue_lake.database, glue_lake.bucket_root, SMALL)]


def later() -> datetime:
    return datetime.now(UTC) + LATER


def test_a_partition_follows_its_pointer_and_back(glue_lake: GlueLake, store: ObjectStore) -> None:
    run_of(store, "r1", (EXPENSES, MONTH))
    assert place_of(glue_lake) == f"{EXPENSES.path}/month={MONTH}/"
    assert differences(glue_lake) == ["waiting"]
    glue_lake.update("dagster-1", ("expenses", MONTH))
    assert place_of(glue_lake) == f"runs/{EXPENSES.path}/run=r1/of_month={MONTH}/"
    assert place_of(glue_lake, "2026-10") == f"{EXPENSES.path}/month=2026-10/"
    assert differences(glue_lake) == []
    glue_lake.write(EXPENSES, MONTH)
    assert differences(glue_lake) == ["waiting"]
    glue_lake.update("dagster-2", ("expenses", MONTH))
    assert place_of(glue_lake) == f"{EXPENSES.path}/month={MONTH}/"


def test_a_month_that_only_a_cluster_made_gets_its_partition(glue_lake: GlueLake, store: ObjectStore) -> None:
    run_of(store, "r1", (EXPENSES, "2026-11"))
    glue_lake.update("dagster-1", ("expenses", "2026-11"))
    assert place_of(glue_lake, "2026-11") == f"runs/{EXPENSES.path}/run=r1/of_month=2026-11/"


def test_a_table_without_months_follows_its_pointer(glue_lake: GlueLake, store: ObjectStore) -> None:
    run_of(store, "r1", (SUMMARY, None))
    assert differences(glue_lake) == ["waiting"]
    glue_lake.update("dagster-1", ("monthly_summary", None))
    location = glue_lake.table("monthly_summary")["StorageDescriptor"]["Location"]
    assert location == f"{glue_lake.bucket_root}/lake/runs/{SUMMARY.path}/run=r1/of_month=all/"
    assert differences(glue_lake) == []


def test_the_moment_of_a_month_is_that_of_its_pointer(glue_lake: GlueLake, store: ObjectStore) -> None:
    before = published_at(glue_lake.bucket_root, EXPENSES, "2026-11")
    run_of(store, "r1", (EXPENSES, "2026-11"))
    assert before is None
    assert published_at(glue_lake.bucket_root, EXPENSES, "2026-11") is not None


def test_old_files_of_runs_go_when_nobody_needs_them(glue_lake: GlueLake, store: ObjectStore) -> None:
    run_of(store, "r1", (EXPENSES, MONTH), (SUMMARY, None))
    run_of(store, "r2", (EXPENSES, MONTH))
    write_run(store, EXPENSES, MONTH, "killed", [rows(EXPENSES)])
    store.write(f"runs/{EXPENSES.path}/run=killed/_temporary/0", b"")
    glue_lake.publish()
    assert clean_runs(glue_lake.database, glue_lake.bucket_root, datetime.now(UTC)) == []
    gone = clean_runs(glue_lake.database, glue_lake.bucket_root, later())
    assert sorted(gone) == [
        f"runs/{EXPENSES.path}/run=killed/_temporary",
        f"runs/{EXPENSES.path}/run=killed/of_month={MONTH}",
        f"runs/{EXPENSES.path}/run=r1/of_month={MONTH}",
    ]
    assert store.names("runs", recursive=True) == [
        f"runs/{EXPENSES.path}/run=r2/of_month={MONTH}/part-00000.parquet",
        f"runs/{SUMMARY.path}/run=r1/of_month=all/part-00000.parquet",
    ]
    assert glue_lake.lake.months(EXPENSES) == [MONTH, "2026-10"]


def test_files_to_which_glue_points_stay_however_old(glue_lake: GlueLake, store: ObjectStore) -> None:
    run_of(store, "r1", (EXPENSES, MONTH))
    glue_lake.update("dagster-1", ("expenses", MONTH))
    run_of(store, "r2", (EXPENSES, MONTH))
    assert clean_runs(glue_lake.database, glue_lake.bucket_root, later()) == []
    glue_lake.update("dagster-2", ("expenses", MONTH))
    assert clean_runs(glue_lake.database, glue_lake.bucket_root, later()) == [
        f"runs/{EXPENSES.path}/run=r1/of_month={MONTH}"
    ]


def test_what_was_replaced_a_moment_ago_stays_for_those_who_read_it(
    glue_lake: GlueLake, store: ObjectStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_of(store, "r1", (EXPENSES, MONTH))
    glue_lake.update("dagster-1", ("expenses", MONTH))
    glue_lake.write(EXPENSES, MONTH)
    glue_lake.update("dagster-2", ("expenses", MONTH))
    # The run's files are old; the object that replaced them was written a moment ago.
    moment = later()
    monkeypatch.setattr("nubank_assets.aws.run_folders.published_at", lambda *_: moment - timedelta(minutes=1))
    assert clean_runs(glue_lake.database, glue_lake.bucket_root, moment) == []
