"""What stands in the catalog now and differs from the last look. Who made a change is judged in ``sensors/glue.py``."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from nubank_assets.aws.clients import AwsMissingError, aws_failures, client
from nubank_assets.aws.glue_calls import read_partitions, read_tables
from nubank_assets.aws.glue_inputs import RUN, is_sealed, seal_of
from nubank_assets.domain.catalog import TABLES
from nubank_assets.domain.tables import Table
from nubank_assets.lake.publish import Lake

#: What a reader of the catalog can notice; times and versions change with every look.
_CONTENT = ("Description", "StorageDescriptor", "PartitionKeys", "TableType", "Parameters")


@dataclass(frozen=True)
class Entry:
    """A table or a partition of the catalog."""

    table: str
    month: str | None
    location: str
    run: str | None
    is_ours: bool
    """Its content is as this platform wrote it, here or elsewhere."""
    mark: str
    """`seal:digest`: hashes of what we write into an entry, and of all of it."""

    @property
    def name(self) -> str:
        """`expenses/2026-10`, or the table's name."""
        return f"{self.table}/{self.month}" if self.month else self.table

    @property
    def has_data(self) -> bool:
        """Whether files lie behind it: the entry of a partitioned table has none but its partitions'."""
        return self.month is not None or not TABLES[self.table].partitioned

    def is_written_by_us(self, known_mark: str | None) -> bool:
        """Whether the change since the mark is the platform's own: it seals anew whatever it changes."""
        return self.is_ours and self.mark.split(":")[0] != (known_mark or "").split(":", maxsplit=1)[0]


def read_entries(database: str, tables: Iterable[Table]) -> Iterator[Entry]:
    """The entries of these tables and of their partitions; tables that are not there are left out."""
    there = read_tables(database)
    for table in tables:
        found = there.get(table.name)
        if found is None:
            continue
        yield _entry(table, None, found)
        if table.partitioned:
            for partition in _partitions_of(database, table):
                yield _entry(table, partition["Values"][0], partition)


def changed_since(entries: Iterable[Entry], known: Mapping[str, str]) -> list[Entry]:
    """The entries that have another mark than is known."""
    return [entry for entry in entries if known.get(entry.name) != entry.mark]


def published_at(bucket_root: str, table: Table, month: str | None) -> datetime | None:
    """When a month came to be as it is: when its object or its pointer was written; None if there is neither."""
    parts = Lake(f"{bucket_root}/lake").parts(table, [month] if month else None)
    if not parts:
        return None
    bucket, _, key = f"{bucket_root}/lake/{parts[0].switch}".removeprefix("s3://").partition("/")
    try:
        with aws_failures("s3:GetObject", f"s3://{bucket}/{key}"):
            written: datetime = client("s3").head_object(Bucket=bucket, Key=key)["LastModified"]
    except AwsMissingError:
        return None
    return written


def _partitions_of(database: str, table: Table) -> list[dict[str, Any]]:
    try:
        return read_partitions(database, table)
    except AwsMissingError:  # gone since it was looked at
        return []


def _entry(table: Table, month: str | None, found: Mapping[str, Any]) -> Entry:
    content = json.dumps([found.get(name) for name in _CONTENT], sort_keys=True, default=str)
    digest = hashlib.sha256(content.encode()).hexdigest()[:12]
    return Entry(
        table.name,
        month,
        (found.get("StorageDescriptor") or {}).get("Location") or "",
        (found.get("Parameters") or {}).get(RUN),
        is_sealed(found),
        f"{seal_of(found)[:12]}:{digest}",
    )
