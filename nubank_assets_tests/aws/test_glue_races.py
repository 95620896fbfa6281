"""Writers at once, answers in pages and batches that fail in part."""

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest
from botocore.stub import Stubber

from nubank_assets.aws.clients import client
from nubank_assets.aws.glue_calls import RacedError, read_partitions, read_table, write_batches
from nubank_assets.domain.failures import PermanentError
from nubank_assets.domain.tables import Table
from nubank_assets_tests.aws.glue_lake import EXPENSES, GlueLake, written


def test_many_writers_at_once_agree(glue_lake: GlueLake) -> None:
    """Eight writers start together on nothing; each tells of its own month and of the table."""
    months = [f"2025-{number:02d}" for number in range(1, 9)]
    glue_lake.write(EXPENSES, *months)
    together = threading.Barrier(len(months))

    def write(month: str) -> None:
        together.wait(30)
        glue_lake.update(f"run-{month}", ("expenses", month), ("monthly_summary", None))

    with ThreadPoolExecutor(len(months)) as pool:
        for done in [pool.submit(write, month) for month in months]:
            done.result(60)
    runs = {month: entry["Parameters"].get("nubank_run") for month, entry in glue_lake.partitions("expenses").items()}
    # Who made the table made all its months; of those that were there before nobody told.
    assert runs == {**{month: f"run-{month}" for month in months}, "2026-09": None, "2026-10": None}
    assert glue_lake.table("monthly_summary")["Parameters"]["nubank_run"].startswith("run-2025-")
    assert len(client("glue").get_partitions(DatabaseName=glue_lake.database, TableName="expenses")["Partitions"]) == 10


def test_a_stale_look_is_not_written(glue_lake: GlueLake, monkeypatch: pytest.MonkeyPatch) -> None:
    """Between our look and our write another writer changes the table: its change is seen, not overwritten blindly."""
    glue_lake.publish()
    looks: list[str] = []

    def slow_look(database: str, table: Table) -> Any:
        found = read_table(database, table)
        if not looks:
            glue_lake.edit_table("expenses", Parameters={**glue_lake.table("expenses")["Parameters"], "theirs": "kept"})
        looks.append(table.name)
        return found

    monkeypatch.setattr("nubank_assets.aws.glue.read_table", slow_look)
    glue_lake.publish(replace(EXPENSES, description="Ours"))
    entry = glue_lake.table("expenses")
    assert (entry["Parameters"]["theirs"], entry["Description"][:4]) == ("kept", "Ours")
    assert len(looks) == 2


def test_a_writer_that_always_loses_gives_up(glue_lake: GlueLake, monkeypatch: pytest.MonkeyPatch) -> None:
    glue_lake.publish()

    def stale_look(database: str, table: Table) -> Any:
        found = read_table(database, table)
        return found and {**found, "VersionId": "0"}

    monkeypatch.setattr("nubank_assets.aws.glue.read_table", stale_look)
    monkeypatch.setattr("tenacity.nap.time.sleep", lambda seconds: None)
    with written() as calls, pytest.raises(RacedError, match="ConcurrentModification"):
        glue_lake.publish(replace(EXPENSES, description="Ours"))
    assert calls["UpdateTable"] == 8


def test_errors_inside_a_batch_are_seen(glue_lake: GlueLake) -> None:
    glue_lake.publish()
    where = {"DatabaseName": glue_lake.database, "TableName": "expenses"}
    entry = {"Values": ["2026-10"], "StorageDescriptor": {}}
    with pytest.raises(RacedError, match=r"2026-10.*AlreadyExists"):
        write_batches("BatchCreatePartition", "PartitionInputList", "x.expenses", [entry], **where)
    missing = {"PartitionValueList": ["1999-01"], "PartitionInput": entry}
    with pytest.raises(RacedError, match=r"1999-01.*EntityNotFound"):
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


def test_more_than_a_batch_takes_several(glue_lake: GlueLake) -> None:
    months = [f"{year}-{month:02d}" for year in range(2010, 2020) for month in range(1, 13)]
    glue_lake.publish()
    entries = [{"Values": [month], "StorageDescriptor": {}} for month in months]
    with written() as calls:
        write_batches(
            "BatchCreatePartition",
            "PartitionInputList",
            "x.e",
            entries,
            DatabaseName=glue_lake.database,
            TableName="expenses",
        )
    assert calls == {"BatchCreatePartition": 2}
    assert {*months} <= {*glue_lake.partitions("expenses")}


def test_partitions_are_read_to_the_last_page(aws: str) -> None:
    """The local Glue answers one page always, so the pages are botocore's own stub of the answers."""
    with Stubber(client("glue")) as stub:
        stub.add_response("get_partitions", {"Partitions": [{"Values": ["2026-09"]}], "NextToken": "more"})
        stub.add_response("get_partitions", {"Partitions": [{"Values": ["2026-10"]}]})
        found = read_partitions("x", EXPENSES)
        stub.assert_no_pending_responses()
    assert [entry["Values"] for entry in found] == [["2026-09"], ["2026-10"]]
