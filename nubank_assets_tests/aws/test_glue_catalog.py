"""The catalog after publishing, as Glue answers it: equal to the declarations, written only where it differs."""

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest
from botocore.stub import Stubber

from nubank_assets.aws import glue
from nubank_assets.aws.clients import client
from nubank_assets.aws.glue import publish_catalog, read_partitions, update_catalog
from nubank_assets.aws.glue_calls import RacedError, write_batches
from nubank_assets.domain.catalog import TABLES
from nubank_assets.domain.failures import PermanentError
from nubank_assets.domain.tables import Column, ColumnType, Table
from nubank_assets_tests.aws.glue_lake import (
    EXPENSES,
    SMALL,
    SUMMARY,
    GlueLake,
    glue_lake,
    with_column,
    with_type,
    without_column,
    written,
)


@pytest.fixture
def made(bucket: str) -> GlueLake:
    """A lake with two months of expenses and a summary, not published yet."""
    found = glue_lake(bucket)
    found.write(EXPENSES, "2026-09", "2026-10")
    found.write(SUMMARY)
    return found


def publish(made: GlueLake, *tables: Table) -> None:
    publish_catalog(made.database, made.bucket_root, {table.name: table for table in tables} or SMALL)


def test_every_declared_table_is_there_with_types_and_comments(made: GlueLake) -> None:
    publish_catalog(made.database, made.bucket_root)
    names = {entry["Name"] for entry in client("glue").get_tables(DatabaseName=made.database)["TableList"]}
    assert names == {*TABLES}
    for table in TABLES.values():
        entry = made.table(table.name)
        columns = [
            (column["Name"], column["Type"], column["Comment"])
            for column in (*entry["StorageDescriptor"]["Columns"], *entry["PartitionKeys"])
        ]
        declared = [(column.name, column.type.value, column.description) for column in table.columns]
        assert sorted(columns) == sorted(declared)
        assert [key["Name"] for key in entry["PartitionKeys"]] == (["month"] if table.partitioned else [])
        assert entry["StorageDescriptor"]["Location"] == f"{made.bucket_root}/lake/{table.layer}/{table.name}/"
        assert table.description in entry["Description"]
        assert entry["TableType"] == "EXTERNAL_TABLE"
        assert entry["Parameters"]["classification"] == "parquet"


def test_every_month_is_a_partition_with_its_own_place_and_the_tables_columns(made: GlueLake) -> None:
    publish(made)
    found = made.partitions("expenses")
    assert sorted(found) == ["2026-09", "2026-10"]
    storage = found["2026-10"]["StorageDescriptor"]
    assert storage["Location"] == f"{made.bucket_root}/lake/categorized_tables/expenses/month=2026-10/"
    assert storage["Columns"] == made.table("expenses")["StorageDescriptor"]["Columns"]
    assert made.partitions("monthly_summary") == {}


def test_publishing_again_writes_nothing(made: GlueLake) -> None:
    publish(made)
    update_catalog(made.database, made.bucket_root, [("expenses", "2026-10")], "run-1")
    version = made.table("expenses")["VersionId"]
    with written() as calls:
        publish(made)
        update_catalog(made.database, made.bucket_root, [("expenses", "2026-10")], "run-1")
        update_catalog(made.database, made.bucket_root, [])
    assert not calls
    assert made.table("expenses")["VersionId"] == version


def test_a_run_updates_exactly_its_months(made: GlueLake) -> None:
    publish(made)
    made.write(EXPENSES, "2026-11")
    with written() as calls:
        update_catalog(made.database, made.bucket_root, [("expenses", "2026-10"), ("expenses", "2026-11")], "run-7")
    assert calls == {"BatchCreatePartition": 1, "BatchUpdatePartition": 1}
    runs = {month: entry["Parameters"].get("nubank_run") for month, entry in made.partitions("expenses").items()}
    assert runs == {"2026-09": None, "2026-10": "run-7", "2026-11": "run-7"}


def test_an_unpartitioned_table_shows_its_run(made: GlueLake) -> None:
    publish(made)
    update_catalog(made.database, made.bucket_root, [("monthly_summary", None)], "run-7")
    assert made.table("monthly_summary")["Parameters"]["nubank_run"] == "run-7"
    publish(made)
    assert made.table("monthly_summary")["Parameters"]["nubank_run"] == "run-7"


def test_a_month_that_is_gone_loses_its_partition(made: GlueLake) -> None:
    publish(made)
    made.lake.remove(EXPENSES, "2026-09")
    update_catalog(made.database, made.bucket_root, [("expenses", "2026-09")], "run-8")
    assert sorted(made.partitions("expenses")) == ["2026-10"]
    made.lake.remove(EXPENSES, "2026-10")
    publish(made)
    assert made.partitions("expenses") == {}


def test_a_new_column_reaches_the_table_and_every_partition(made: GlueLake) -> None:
    publish(made)
    update_catalog(made.database, made.bucket_root, [("expenses", "2026-10")], "run-7")
    grown = with_column(EXPENSES, Column("tip_brl", ColumnType.MONEY, "Tip", nullable=True), at=3)
    publish(made, grown)
    columns = made.table("expenses")["StorageDescriptor"]["Columns"]
    assert {"Name": "tip_brl", "Type": "decimal(18,2)", "Comment": "Tip"} == columns[2]
    for entry in made.partitions("expenses").values():
        assert entry["StorageDescriptor"]["Columns"] == columns
    assert made.partitions("expenses")["2026-10"]["Parameters"]["nubank_run"] == "run-7"


def test_a_changed_description_is_written(made: GlueLake) -> None:
    publish(made)
    publish(made, replace(EXPENSES, description="What was spent, anew"))
    assert "What was spent, anew" in made.table("expenses")["Description"]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda: with_type(EXPENSES, "amount_brl", ColumnType.STRING), ["amount_brl", "decimal(18,2)", "string"]),
        (lambda: without_column(EXPENSES, "category"), ["category", "string"]),
        (
            lambda: with_column(EXPENSES, Column("must", ColumnType.DATE, "Must be"), at=1),
            ["must", "date"],
        ),
        (lambda: replace(EXPENSES, partitioned=False), ["month", "PARTITIONED BY string"]),
    ],
)
def test_what_contradicts_stops_and_changes_nothing(made: GlueLake, change: Any, said: list[str]) -> None:
    publish(made)
    before = made.table("expenses"), made.partitions("expenses")
    with pytest.raises(PermanentError) as raised:
        publish(made, change())
    assert all(word in str(raised.value) for word in ["expenses", *said])
    after = made.table("expenses"), made.partitions("expenses")
    assert before == after


def test_what_others_wrote_beside_ours_is_kept(made: GlueLake) -> None:
    publish(made)
    made.edit_table("expenses", Parameters={**made.table("expenses")["Parameters"], "has_encrypted_data": "true"})
    made.edit_table("expenses", Description="vandalised")
    publish(made)
    entry = made.table("expenses")
    assert entry["Parameters"]["has_encrypted_data"] == "true"
    assert EXPENSES.description in entry["Description"]


def test_a_partition_that_points_elsewhere_is_put_right(made: GlueLake) -> None:
    publish(made)
    made.lake.write(EXPENSES, "2026-11", EXPENSES.arrow_schema.empty_table())
    made.foreign_partition("expenses", "2026-11", Columns=[{"Name": "amount_brl", "Type": "double"}])
    update_catalog(made.database, made.bucket_root, [("expenses", "2026-11")], "run-9")
    entry = made.partitions("expenses")["2026-11"]
    assert entry["StorageDescriptor"]["Columns"] == made.table("expenses")["StorageDescriptor"]["Columns"]
    assert entry["Parameters"]["made_by"] == "another"


def test_many_writers_at_once_agree(made: GlueLake) -> None:
    """Eight writers start together on nothing; each tells of its own month, and two of the table."""
    months = [f"2025-{number:02d}" for number in range(1, 9)]
    made.write(EXPENSES, *months)
    together = threading.Barrier(len(months))

    def write(month: str) -> None:
        together.wait(30)
        update_catalog(
            made.database, made.bucket_root, [("expenses", month), ("monthly_summary", None)], f"run-{month}"
        )

    with ThreadPoolExecutor(len(months)) as pool:
        for done in [pool.submit(write, month) for month in months]:
            done.result(60)
    runs = {month: entry["Parameters"]["nubank_run"] for month, entry in made.partitions("expenses").items()}
    assert runs == {month: f"run-{month}" for month in months}
    assert made.table("monthly_summary")["Parameters"]["nubank_run"].startswith("run-2025-")
    assert len(client("glue").get_partitions(DatabaseName=made.database, TableName="expenses")["Partitions"]) == 8


def test_a_stale_look_is_not_written(made: GlueLake, monkeypatch: pytest.MonkeyPatch) -> None:
    """Between our look and our write another writer changes the table: its change is seen, not overwritten blindly."""
    publish(made)
    look, looks = glue.read_table, []

    def slow_look(database: str, table: Table) -> Any:
        found = look(database, table)
        if not looks:
            made.edit_table("expenses", Parameters={**made.table("expenses")["Parameters"], "theirs": "kept"})
        looks.append(table.name)
        return found

    monkeypatch.setattr(glue, "read_table", slow_look)
    publish(made, replace(EXPENSES, description="Ours"))
    entry = made.table("expenses")
    assert (entry["Parameters"]["theirs"], entry["Description"][:4]) == ("kept", "Ours")
    assert len(looks) == 2


def test_a_writer_that_always_loses_gives_up(made: GlueLake, monkeypatch: pytest.MonkeyPatch) -> None:
    publish(made)
    look = glue.read_table

    def stale_look(database: str, table: Table) -> Any:
        found = look(database, table)
        return found and {**found, "VersionId": "0"}

    monkeypatch.setattr(glue, "read_table", stale_look)
    monkeypatch.setattr("tenacity.nap.time.sleep", lambda seconds: None)
    with written() as calls, pytest.raises(RacedError, match="ConcurrentModification"):
        publish(made, replace(EXPENSES, description="Ours"))
    assert calls["UpdateTable"] == 8


def test_errors_inside_a_batch_are_seen(made: GlueLake) -> None:
    publish(made)
    where = {"DatabaseName": made.database, "TableName": "expenses"}
    entry = {"Values": ["2026-10"], "StorageDescriptor": {}}
    with pytest.raises(RacedError, match="2026-10.*AlreadyExists"):
        write_batches("BatchCreatePartition", "PartitionInputList", "x.expenses", [entry], **where)
    missing = {"PartitionValueList": ["1999-01"], "PartitionInput": entry}
    with pytest.raises(RacedError, match="1999-01.*EntityNotFound"):
        write_batches("BatchUpdatePartition", "Entries", "x.expenses", [missing], **where)


def test_an_error_of_a_batch_that_lasts_stops(aws: str) -> None:
    error = {"PartitionValues": ["2026-10"], "ErrorDetail": {"ErrorCode": "InvalidInputException"}}
    passing = {"PartitionValues": ["2026-09"], "ErrorDetail": {"ErrorCode": "AlreadyExistsException"}}
    with Stubber(client("glue")) as stub:
        stub.add_response("batch_create_partition", {"Errors": [passing, error]})
        with pytest.raises(PermanentError, match="2026-10: InvalidInputException"):
            write_batches(
                "BatchCreatePartition",
                "PartitionInputList",
                "x.e",
                [{"Values": ["2026-10"]}],
                DatabaseName="x",
                TableName="e",
            )


def test_more_than_a_batch_takes_several(made: GlueLake) -> None:
    months = [f"{year}-{month:02d}" for year in range(2010, 2020) for month in range(1, 13)]
    publish(made)
    entries = [{"Values": [month], "StorageDescriptor": {}} for month in months]
    with written() as calls:
        write_batches(
            "BatchCreatePartition",
            "PartitionInputList",
            "x.e",
            entries,
            DatabaseName=made.database,
            TableName="expenses",
        )
    assert calls == {"BatchCreatePartition": 2}
    assert {*months} <= {*made.partitions("expenses")}


def test_partitions_are_read_to_the_last_page(aws: str) -> None:
    """The local Glue answers one page always, so the pages are botocore's own stub of the answers."""
    with Stubber(client("glue")) as stub:
        stub.add_response("get_partitions", {"Partitions": [{"Values": ["2026-09"]}], "NextToken": "more"})
        stub.add_response("get_partitions", {"Partitions": [{"Values": ["2026-10"]}]})
        found = read_partitions("x", EXPENSES)
        stub.assert_no_pending_responses()
    assert [entry["Values"] for entry in found] == [["2026-09"], ["2026-10"]]
