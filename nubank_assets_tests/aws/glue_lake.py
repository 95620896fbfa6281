"""What the tests of Glue stand on: small tables of a lake in S3, a database's name, and the calls that were made."""

import uuid
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

from nubank_assets.aws.clients import client
from nubank_assets.aws.glue import publish_catalog, update_catalog
from nubank_assets.domain.catalog import TABLES
from nubank_assets.domain.tables import Column, Table
from nubank_assets.lake.publish import Lake

EXPENSES, SUMMARY = TABLES["expenses"], TABLES["monthly_summary"]
SMALL = {table.name: table for table in (EXPENSES, SUMMARY)}


@dataclass(frozen=True)
class GlueLake:
    """A lake in a bucket, and the database that shows it."""

    database: str
    bucket_root: str

    @property
    def lake(self) -> Lake:
        return Lake(f"{self.bucket_root}/lake")

    def write(self, table: Table, *months: str) -> None:
        """Empty objects of these months, or of an unpartitioned table."""
        for month in months or (None,):
            self.lake.write(table, month, table.arrow_schema.empty_table())

    def publish(self, *tables: Table) -> None:
        """Publish these declarations, or the two of the small lake."""
        publish_catalog(self.database, self.bucket_root, {table.name: table for table in tables} or SMALL)

    def update(self, run: str, *published: tuple[str, str | None]) -> None:
        """Tell the catalog what a run published."""
        update_catalog(self.database, self.bucket_root, published, run)

    def table(self, name: str) -> dict[str, Any]:
        entry: dict[str, Any] = client("glue").get_table(DatabaseName=self.database, Name=name)["Table"]
        return entry

    def partitions(self, name: str) -> dict[str, dict[str, Any]]:
        answer = client("glue").get_partitions(DatabaseName=self.database, TableName=name)
        return {entry["Values"][0]: entry for entry in answer["Partitions"]}

    def foreign_partition(self, table: str, month: str, **changes: Any) -> None:
        """Another writer's partition: the table's own layout, none of our parameters."""
        storage = {**self.table(table)["StorageDescriptor"], **changes}
        storage["Location"] = f"{storage['Location'].rstrip('/')}/month={month}/"
        client("glue").create_partition(
            DatabaseName=self.database,
            TableName=table,
            PartitionInput={"Values": [month], "StorageDescriptor": storage, "Parameters": {"made_by": "another"}},
        )

    def edit_table(self, name: str, **changes: Any) -> None:
        """Another writer's change, which keeps everything else as a careful writer does."""
        found = self.table(name)
        kept = {key: found[key] for key in ("Name", "Description", "StorageDescriptor", "PartitionKeys", "Parameters")}
        client("glue").update_table(DatabaseName=self.database, TableInput={**kept, **changes})


def new_glue_lake(bucket: str) -> GlueLake:
    """A lake with two months of expenses and a summary in this bucket, not published yet."""
    made = GlueLake(f"nubank_{uuid.uuid4().hex[:8]}", f"s3://{bucket}/nubank")
    made.write(EXPENSES, "2026-09", "2026-10")
    made.write(SUMMARY)
    return made


def with_column(table: Table, column: Column, at: int) -> Table:
    """The declaration with one more column."""
    return replace(table, columns=(*table.columns[:at], column, *table.columns[at:]))


def without_column(table: Table, name: str) -> Table:
    """The declaration without a column."""
    return replace(table, columns=tuple(column for column in table.columns if column.name != name))


def with_type(table: Table, name: str, type_: Any) -> Table:
    """The declaration with another type of a column."""
    columns = tuple(replace(column, type=type_) if column.name == name else column for column in table.columns)
    return replace(table, columns=columns)


@contextmanager
def written() -> Iterator[Counter[str]]:
    """The calls of Glue that write, counted where they leave this process."""
    calls: Counter[str] = Counter()

    def count(model: Any, **_: Any) -> None:
        if not model.name.startswith("Get"):
            calls[model.name] += 1

    events = client("glue").meta.events
    events.register("before-call.glue", count)
    try:
        yield calls
    finally:
        events.unregister("before-call.glue", count)
