"""SQL over the lake with DuckDB: one view for each declared table, and no way out of the lake."""

from pathlib import Path
from typing import TYPE_CHECKING

from nubank_assets.domain.catalog import TABLES
from nubank_assets.domain.tables import Table
from nubank_assets.lake.publish import Lake

if TYPE_CHECKING:
    import duckdb


def open_lake(lake_root: str) -> "duckdb.DuckDBPyConnection":
    """A connection in which every table has its plain name; it can read the lake's files and write nothing."""
    import duckdb

    connection = duckdb.connect(":memory:")
    lake = Lake(lake_root)
    for table in TABLES.values():
        connection.execute(f"create view {table.name} as {_select(table, lake.urls(table, None))}")
        for column in table.columns:
            connection.execute(f"comment on column {table.name}.{column.name} is {_quote(column.description)}")
    connection.execute(f"set allowed_directories = [{_quote(str(Path(lake_root)) + '/')}]")
    connection.execute("set enable_external_access = false")
    connection.execute("set lock_configuration = true")
    return connection


def _select(table: Table, urls: list[str]) -> str:
    columns = ", ".join(table.column_names)
    if urls:
        return f"select {columns} from read_parquet([{', '.join(map(_quote, urls))}], hive_partitioning = false)"  # noqa: S608
    empty = ", ".join(f"cast(null as {_type(column.type.value)}) as {column.name}" for column in table.columns)
    return f"select {empty} where false"


def _type(declared: str) -> str:
    return "varchar" if declared == "string" else "timestamptz" if declared == "timestamp" else declared


def _quote(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
