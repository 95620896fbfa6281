"""SQL over the lake with DuckDB: one view for each declared table, and no way to any file."""

from typing import TYPE_CHECKING

from nubank_assets.domain.catalog import TABLES
from nubank_assets.lake.publish import Lake

if TYPE_CHECKING:
    import duckdb


def open_lake(lake_root: str) -> "duckdb.DuckDBPyConnection":
    """A connection in which every table has its plain name.

    Arrow reads the lake's files; DuckDB itself may neither read nor write one, the lake's own included.
    """
    import duckdb

    connection = duckdb.connect(":memory:")
    lake = Lake(lake_root)
    for table in TABLES.values():
        connection.register(table.name, lake.dataset(table))
        for column in table.columns:
            connection.execute(f"comment on column {table.name}.{column.name} is {_quote(column.description)}")
    connection.execute("set python_enable_replacements = false")
    connection.execute("set enable_external_access = false")
    connection.execute("set lock_configuration = true")
    return connection


def _quote(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
