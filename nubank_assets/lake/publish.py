"""The lake: one Parquet object per table and month, replaced whole.

Reading, staging and publishing of declared tables. What is in a table is for the steps; whether a staged
month may be published is for their audits.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as ds
import pyarrow.parquet as pq

from nubank_assets.domain.tables import Table
from nubank_assets.lake.files import ObjectStore

_OBJECT: Final = "data.parquet"


class Lake:
    """Tables under one root, ``<layer>/<table>/month=2026-10/data.parquet``."""

    def __init__(self, root: str) -> None:
        self._store = ObjectStore(root)

    def name(self, table: Table, month: str | None) -> str:
        """Name of the object of one month, or of an unpartitioned table."""
        return f"{table.path}/month={month}/{_OBJECT}" if table.partitioned else f"{table.path}/{_OBJECT}"

    def months(self, table: Table) -> list[str]:
        """The months a table has, in order; none if it is not partitioned."""
        if not table.partitioned:
            return []
        return [name.split("month=")[1].split("/")[0] for name in self._names(table, None)]

    def urls(self, table: Table, months: Sequence[str] | None) -> list[str]:
        """What an engine reads for these months (all, if None); months that do not exist are left out."""
        return [self._store.url(name) for name in self._names(table, months)]

    def rows(self, table: Table, month: str | None) -> int:
        """Number of rows of one object, from its footer; 0 if there is none."""
        names = self._names(table, [month] if month else None)
        if not names:
            return 0
        with self._store.filesystem.open_input_file(self._store.path(names[0])) as stream:
            return int(pq.ParquetFile(stream).metadata.num_rows)

    def read(self, table: Table, months: Sequence[str] | None = None, columns: Sequence[str] | None = None) -> pa.Table:
        """Rows of these months (all, if None) as Arrow, in the declared types."""
        schema = table.arrow_schema
        if columns is not None:
            schema = pa.schema([schema.field(name) for name in columns])
        tables = [
            pq.read_table(self._store.path(name), filesystem=self._store.filesystem, columns=schema.names)
            for name in self._names(table, months)
        ]
        return pa.concat_tables([schema.empty_table(), *tables])

    def dataset(self, table: Table) -> ds.Dataset:
        """All rows, to be read when they are asked for."""
        paths = [self._store.path(name) for name in self._names(table, None)]
        return ds.dataset(paths, schema=table.arrow_schema, format="parquet", filesystem=self._store.filesystem)

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
        if table.partitioned and months is None:
            return [name for name in self._store.names(table.path, recursive=True) if "month=" in name]
        wanted = [self.name(table, month) for month in months or []] if table.partitioned else [self.name(table, None)]
        return [name for name in wanted if self._store.exists(name)]


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
