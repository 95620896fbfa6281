"""The catalog after publishing, as Glue answers it: equal to the declarations, written only where it differs."""

from dataclasses import replace
from typing import Any

import pytest

from nubank_assets.aws.clients import client
from nubank_assets.domain.catalog import TABLES
from nubank_assets.domain.failures import PermanentError
from nubank_assets.domain.tables import Column, ColumnType
from nubank_assets_tests.aws.glue_lake import EXPENSES, GlueLake, with_column, with_type, without_column, written


def test_every_declared_table_is_there_with_types_and_comments(glue_lake: GlueLake) -> None:
    glue_lake.publish(*TABLES.values())
    names = {entry["Name"] for entry in client("glue").get_tables(DatabaseName=glue_lake.database)["TableList"]}
    assert names == {*TABLES}
    for table in TABLES.values():
        entry = glue_lake.table(table.name)
        columns = [
            (column["Name"], column["Type"], column["Comment"])
            for column in (*entry["StorageDescriptor"]["Columns"], *entry["PartitionKeys"])
        ]
        declared = [(column.name, column.type.value, column.description) for column in table.columns]
        assert sorted(columns) == sorted(declared)
        assert [key["Name"] for key in entry["PartitionKeys"]] == (["month"] if table.partitioned else [])
        assert entry["StorageDescriptor"]["Location"] == f"{glue_lake.bucket_root}/lake/{table.layer}/{table.name}/"
        assert table.description in entry["Description"]
        assert entry["TableType"] == "EXTERNAL_TABLE"
        assert entry["Parameters"]["classification"] == "parquet"


def test_every_month_is_a_partition_with_its_own_place_and_the_tables_columns(glue_lake: GlueLake) -> None:
    glue_lake.publish()
    found = glue_lake.partitions("expenses")
    assert sorted(found) == ["2026-09", "2026-10"]
    storage = found["2026-10"]["StorageDescriptor"]
    assert storage["Location"] == f"{glue_lake.bucket_root}/lake/categorized_tables/expenses/month=2026-10/"
    assert storage["Columns"] == glue_lake.table("expenses")["StorageDescriptor"]["Columns"]
    assert glue_lake.partitions("monthly_summary") == {}


def test_publishing_again_writes_nothing(glue_lake: GlueLake) -> None:
    glue_lake.publish()
    glue_lake.update("run-1", ("expenses", "2026-10"))
    version = glue_lake.table("expenses")["VersionId"]
    with written() as calls:
        glue_lake.publish()
        glue_lake.update("run-1", ("expenses", "2026-10"))
        glue_lake.update("run-2")
    assert not calls
    assert glue_lake.table("expenses")["VersionId"] == version


def test_a_run_updates_exactly_its_months(glue_lake: GlueLake) -> None:
    glue_lake.publish()
    glue_lake.write(EXPENSES, "2026-11")
    with written() as calls:
        glue_lake.update("run-7", ("expenses", "2026-10"), ("expenses", "2026-11"))
    assert calls == {"BatchCreatePartition": 1, "BatchUpdatePartition": 1}
    runs = {month: entry["Parameters"].get("nubank_run") for month, entry in glue_lake.partitions("expenses").items()}
    assert runs == {"2026-09": None, "2026-10": "run-7", "2026-11": "run-7"}


def test_an_unpartitioned_table_shows_its_run(glue_lake: GlueLake) -> None:
    glue_lake.publish()
    glue_lake.update("run-7", ("monthly_summary", None))
    assert glue_lake.table("monthly_summary")["Parameters"]["nubank_run"] == "run-7"
    glue_lake.publish()
    assert glue_lake.table("monthly_summary")["Parameters"]["nubank_run"] == "run-7"


def test_a_month_that_is_gone_loses_its_partition(glue_lake: GlueLake) -> None:
    glue_lake.publish()
    glue_lake.lake.remove(EXPENSES, "2026-09")
    glue_lake.update("run-8", ("expenses", "2026-09"))
    assert sorted(glue_lake.partitions("expenses")) == ["2026-10"]
    glue_lake.lake.remove(EXPENSES, "2026-10")
    glue_lake.publish()
    assert glue_lake.partitions("expenses") == {}


def test_a_new_column_reaches_the_table_and_every_partition(glue_lake: GlueLake) -> None:
    glue_lake.publish()
    glue_lake.update("run-7", ("expenses", "2026-10"))
    grown = with_column(EXPENSES, Column("tip_brl", ColumnType.MONEY, "Tip", nullable=True), at=3)
    glue_lake.publish(grown)
    columns = glue_lake.table("expenses")["StorageDescriptor"]["Columns"]
    assert columns[2] == {"Name": "tip_brl", "Type": "decimal(18,2)", "Comment": "Tip"}
    for entry in glue_lake.partitions("expenses").values():
        assert entry["StorageDescriptor"]["Columns"] == columns
    assert glue_lake.partitions("expenses")["2026-10"]["Parameters"]["nubank_run"] == "run-7"


def test_a_changed_description_is_written(glue_lake: GlueLake) -> None:
    glue_lake.publish()
    glue_lake.publish(replace(EXPENSES, description="What was spent, anew"))
    assert "What was spent, anew" in glue_lake.table("expenses")["Description"]


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
def test_what_contradicts_stops_and_changes_nothing(glue_lake: GlueLake, change: Any, said: list[str]) -> None:
    glue_lake.publish()
    before = glue_lake.table("expenses"), glue_lake.partitions("expenses")
    with pytest.raises(PermanentError) as raised:
        glue_lake.publish(change())
    assert all(word in str(raised.value) for word in ["expenses", *said])
    after = glue_lake.table("expenses"), glue_lake.partitions("expenses")
    assert before == after


def test_what_others_wrote_beside_ours_is_kept(glue_lake: GlueLake) -> None:
    glue_lake.publish()
    glue_lake.edit_table(
        "expenses", Parameters={**glue_lake.table("expenses")["Parameters"], "has_encrypted_data": "true"}
    )
    glue_lake.edit_table("expenses", Description="vandalised")
    glue_lake.publish()
    entry = glue_lake.table("expenses")
    assert entry["Parameters"]["has_encrypted_data"] == "true"
    assert EXPENSES.description in entry["Description"]


def test_a_partition_that_points_elsewhere_is_put_right(glue_lake: GlueLake) -> None:
    glue_lake.publish()
    glue_lake.lake.write(EXPENSES, "2026-11", EXPENSES.arrow_schema.empty_table())
    glue_lake.foreign_partition("expenses", "2026-11", Columns=[{"Name": "amount_brl", "Type": "double"}])
    glue_lake.update("run-9", ("expenses", "2026-11"))
    entry = glue_lake.partitions("expenses")["2026-11"]
    assert entry["StorageDescriptor"]["Columns"] == glue_lake.table("expenses")["StorageDescriptor"]["Columns"]
    assert entry["Parameters"]["made_by"] == "another"
