"""The lake: one Parquet object per table and month, replaced whole, or the files of a cluster's run.

Reading, staging and publishing of declared tables. Which objects a month is now is for ``parts.py``, what is in a table
for the steps, and whether a staged month may be published for their audits.
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
from nubank_assets.lake.parts import OBJECT, POINTER, Part, find_parts, home_of

#: As many bytes of an object's end hold what Parquet says of it, as a rule.
_FOOTER_BYTES: Final = 64 * 1024


class Lake:
    """Tables under one root, ``<layer>/<table>/month=2026-10/data.parquet``."""

    def __init__(self, root: str) -> None:
        self._store = open_store(root)

    def name(self, table: Table, month: str | None) -> str:
        """Name of the object that an embedded engine makes of a month, or of an unpartitioned table."""
        return f"{home_of(table, month)}/{OBJECT}"

    def parts(self, table: Table, months: Sequence[str] | None = None) -> list[Part]:
        """What each of these months (all, if None) is now, in order; months that do not exist are left out."""
        return find_parts(self._store, table, months)

    def months(self, table: Table) -> list[str]:
        """The months a table has, in order; none if it is not partitioned."""
        return [part.month for part in self.parts(table) if part.month] if table.partitioned else []

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
        """Number of rows, from the pointer or the object's footer; 0 if there is neither."""
        return sum(
            part.pointer.rows if part.pointer else self._rows(part.names[0])
            for part in self.parts(table, [month] if month else None)
        )

    def _rows(self, name: str) -> int:
        return int(pq.read_metadata(pa.BufferReader(self._footer(name))).num_rows)

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
        """Let a staged file be the month.

        A pointer there goes after it: until then the month is what the pointer says, whole.
        """
        self._store.publish(staged, self.name(table, month))
        if self._store.exists(pointer := f"{home_of(table, month)}/{POINTER}"):
            self._store.remove(pointer)

    def write(self, table: Table, month: str | None, rows: pa.Table) -> None:
        """Stage and publish at once, for tables whose rows need no audit before.

        Raises ValueError for a NULL where none may be.
        """
        self.publish(self.stage(conform(rows, table).cast(table.arrow_schema)), table, month)

    def remove(self, table: Table, month: str | None) -> None:
        """Delete a month. The pointer goes last: without it, the object that it replaced would count."""
        for name in (OBJECT, POINTER):
            self._store.remove(f"{home_of(table, month)}/{name}")

    def _names(self, table: Table, months: Sequence[str] | None) -> list[str]:
        return [name for part in self.parts(table, months) for name in part.names]


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
