"""What a table declaration is. The declarations themselves are in ``domain/catalog``.

From a declaration come the Parquet schema, the DuckDB view, the checks, the column documentation in the
Dagster page, the worksheet and, on AWS, the Glue table. No I/O here, and no engine.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING

from nubank_assets.domain.vocabulary import Layer

if TYPE_CHECKING:
    import pyarrow as pa


class ColumnType(StrEnum):
    """The types a column may have. There is no float among them, so money can never become one."""

    STRING = "string"
    INTEGER = "int"
    LONG = "bigint"
    DATE = "date"
    TIMESTAMP = "timestamp"
    """UTC, microseconds."""
    MONEY = "decimal(18,2)"
    """BRL."""
    FOREIGN_MONEY = "decimal(18,3)"
    """An amount in the currency that another column names."""
    PERCENT = "decimal(18,4)"
    BOOLEAN = "boolean"


@dataclass(frozen=True)
class Column:
    """One column: its name, type, whether it may be NULL, and what it says."""

    name: str
    type: ColumnType
    description: str
    nullable: bool = False


@dataclass(frozen=True)
class Table:
    """One table: where it lives, what one row is, and its columns.

    `key` names the columns that identify a row, which is also the order of the rows in a file.
    A `partitioned` table has a `month` column (``2026-10``) and one object per month; any other is one object.
    """

    name: str
    layer: Layer
    grain: str
    description: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    partitioned: bool = True

    def __post_init__(self) -> None:
        missing = set(self.key) - {column.name for column in self.columns}
        if missing:
            raise ValueError(f"table {self.name}: key columns not declared: {sorted(missing)}")
        if self.partitioned and "month" not in self.column_names:
            raise ValueError(f"table {self.name} is partitioned and declares no month column")

    @property
    def column_names(self) -> list[str]:
        """Column names in order."""
        return [column.name for column in self.columns]

    @property
    def path(self) -> str:
        """Where the table lies under the lake's root."""
        return f"{self.layer.value}/{self.name}"

    @cached_property
    def arrow_schema(self) -> "pa.Schema":
        """The Parquet schema, to which every published file is equal."""
        import pyarrow as pa

        types = arrow_types()
        return pa.schema(pa.field(column.name, types[column.type], nullable=column.nullable) for column in self.columns)


def arrow_types() -> "dict[ColumnType, pa.DataType]":
    """The type that each has in Arrow and Parquet."""
    import pyarrow as pa

    return {
        ColumnType.STRING: pa.string(),
        ColumnType.INTEGER: pa.int32(),
        ColumnType.LONG: pa.int64(),
        ColumnType.DATE: pa.date32(),
        ColumnType.TIMESTAMP: pa.timestamp("us", tz="UTC"),
        ColumnType.MONEY: pa.decimal128(18, 2),
        ColumnType.FOREIGN_MONEY: pa.decimal128(18, 3),
        ColumnType.PERCENT: pa.decimal128(18, 4),
        ColumnType.BOOLEAN: pa.bool_(),
    }


def by_name(tables: Iterable[Table]) -> dict[str, Table]:
    """Tables by their name, which is unique across layers; raises ValueError when it is not."""
    found: dict[str, Table] = {}
    for table in tables:
        if table.name in found:
            raise ValueError(f"two tables are called {table.name}")
        found[table.name] = table
    return found
