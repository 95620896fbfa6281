"""The lake: one Parquet object per table and month, replaced whole.

Reading, staging and publishing of declared tables. What is in a table is for the steps; whether a staged
month may be published is for their audits.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as ds
import pyarrow.parquet as pq
from pyarrow import fs

from nubank_assets.domain.tables import Table
from nubank_assets.lake.files import LocalStore, open_store

_OBJECT: Final = "data.parquet"
#: As many bytes of an object's end hold what Parquet says of it, as a rule.
_FOOTER_BYTES: Final = 64 * 1024


class Lake:
    """Tables under one root, ``<layer>/<table>/month=2026-10/data.parquet``."""

    def __init__(self, root: str) -> None:
        self._store = open_store(root)

    def name(self, table: Table, month: str | None) -> str:
        """Name of the object of one month, or of an unpartitioned table."""
        return f"{table.path}/month={month}/{_OBJECT}" if table.partitioned else f"{table.path}/{_OBJECT}"

    def months(self, table: Table) -> list[str]:
        """The months a table has, in order; none if it is not partitioned."""
        if not table.partitioned:
            return []
        return [name.split("month=")[1].split("/")[0] for name in self._names(table, None)]

    def urls(self, table: Table, months: Sequence[str] | None) -> list[str]:
        """Where the objects of these months are (all, if None); months that do not exist are left out."""
        return [self._store.url(name) for name in self._names(table, months)]

    @contextmanager
    def snapshot(self, tables: Iterable[Table], months: Sequence[str] | None) -> Iterator[dict[str, list[str]]]:
        """Local files with these tables' rows, by table, that stay as they are while an engine reads them."""
        names = {table.name: self._names(table, months) for table in tables}
        files = self._store.local_paths([name for found in names.values() for name in found])
        try:
            yield {table: [files[name].as_posix() for name in found] for table, found in names.items()}
        finally:
            if not isinstance(self._store, LocalStore):
                for file in files.values():
                    file.unlink()

    def rows(self, table: Table, month: str | None) -> int:
        """Number of rows of one object, from its footer; 0 if there is none."""
        names = self._names(table, [month] if month else None)
        return int(pq.read_metadata(pa.BufferReader(self._footer(names[0]))).num_rows) if names else 0

    def _footer(self, name: str) -> bytes:
        """The end of an object with its whole footer, whose length stands before the last four bytes."""
        end = self._store.tail(name, _FOOTER_BYTES)
        while (needed := int.from_bytes(end[-8:-4], "little") + 8) > len(end):
            end = self._store.tail(name, needed)
        return end

    def read(self, table: Table, months: Sequence[str] | None = None, columns: Sequence[str] | None = None) -> pa.Table:
        """Rows of these months (all, if None) as Arrow, in the declared types."""
        schema = table.arrow_schema
        if columns is not None:
            schema = pa.schema([schema.field(name) for name in columns])
        objects = self._store.read_all(self._names(table, months))
        tables = [pq.read_table(pa.BufferReader(data), columns=schema.names) for data in objects]
        return pa.concat_tables([schema.empty_table(), *tables])

    def dataset(self, table: Table, *, now: bool = False) -> ds.Dataset:
        """All rows, to be read when they are asked for; with `now`, what is elsewhere is fetched already."""
        paths = names = self._names(table, None)
        filesystem = fs.LocalFileSystem()
        if isinstance(self._store, LocalStore):
            paths = [self._store.url(name) for name in names]
        else:
            from nubank_assets.lake.snapshots import Snapshots

            snapshots = Snapshots(self._store)
            snapshots.fetch(names if now else [])
            filesystem = fs.PyFileSystem(snapshots)
        return ds.dataset(paths, schema=table.arrow_schema, format="parquet", filesystem=filesystem)

    def stage(self, rows: pa.Table) -> Path:
        """Write rows to a file that nobody reads yet: ordered by the key, always the same bytes."""
        staged = self._store.staging_path()
        pq.write_table(rows, staged, compression="zstd", compression_level=1, write_statistics=True)
        return staged

    def publish(self, staged: Path, table: Table, month: str | None) -> None:
        """Let a staged file be the month."""
        self._store.publish(staged, self.name(table, month))

    def write(self, table: Table, month: str | None, rows: pa.Table) -> None:
        """Stage and publish at once, for tables whose rows need no audit before.

        Raises ValueError for a NULL where none may be.
        """
        self.publish(self.stage(conform(rows, table).cast(table.arrow_schema)), table, month)

    def remove(self, table: Table, month: str | None) -> None:
        """Delete one object."""
        self._store.remove(self.name(table, month))

    def _names(self, table: Table, months: Sequence[str] | None) -> list[str]:
        if not table.partitioned or (months is not None and len(months) <= 1):
            wanted = (
                [self.name(table, month) for month in months or []] if table.partitioned else [self.name(table, None)]
            )
            return [name for name in wanted if self._store.exists(name)]
        present = [name for name in self._store.names(table.path, recursive=True) if name.endswith(f"/{_OBJECT}")]
        if months is None:
            return present
        known = set(present)
        return [name for month in months if (name := self.name(table, month)) in known]


def conform(rows: pa.Table, table: Table) -> pa.Table:
    """Rows in the declared columns, types and order of key; raises pa.ArrowInvalid when a value does not fit.

    A NULL where none may be stays, in a column that then says so, for an audit to find.
    """
    declared = table.arrow_schema
    typed = rows.select(table.column_names).cast(pa.schema([field.with_nullable(True) for field in declared]))
    ordered = typed.sort_by([(name, "ascending") for name in table.key]).combine_chunks()
    fields = [
        field.with_nullable(field.nullable or bool(column.null_count))
        for field, column in zip(declared, ordered.columns, strict=True)
    ]
    return pa.Table.from_arrays(ordered.columns, schema=pa.schema(fields))


def split_by_month(rows: pa.Table, months: Iterable[str]) -> dict[str, pa.Table]:
    """The rows of each of these months, a month without rows included."""
    return {month: rows.filter(pc.equal(rows["month"], month)) for month in months}
