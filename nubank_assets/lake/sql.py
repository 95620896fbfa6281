"""SQL over the lake with DuckDB: every declared table and view by its plain name, and no way to any file."""

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from nubank_assets.domain.catalog import TABLES
from nubank_assets.domain.tables import Column, ColumnType
from nubank_assets.lake.dialect import SCHEMA, view_for_duckdb
from nubank_assets.lake.dialect_fixes import MACROS
from nubank_assets.lake.publish import Lake
from nubank_assets.lake.views import VIEWS

if TYPE_CHECKING:
    import duckdb


def open_lake(lake_root: str, *, as_athena: bool = False, statement: str = "") -> "duckdb.DuckDBPyConnection":
    """A connection in which every table and view has its plain name.

    Arrow reads the lake's files; DuckDB itself may neither read nor write one, the lake's own included. With
    `as_athena`, statements that ``dialect.translate`` made find what they need. Of a lake that is elsewhere, the tables
    that the `statement` names are fetched at once, and raise what the lake raises; others when they are read.
    """
    import duckdb

    connection = duckdb.connect(":memory:")
    lake, named = Lake(lake_root), _words(statement)
    for view in VIEWS.values():
        named |= _words(view.sql) if view.name in named else set()
    for table in TABLES.values():
        connection.register(table.name, lake.dataset(table, now=table.name in named))
        _describe(connection, table.name, table.columns)
    for view in VIEWS.values():
        connection.execute(f"create view {view.name} as {view_for_duckdb(view)}")
        _describe(connection, view.name, view.columns)
    if as_athena:
        _add_athena(connection)
    connection.execute("set python_enable_replacements = false")
    connection.execute("set enable_external_access = false")
    connection.execute("set lock_configuration = true")
    return connection


def _words(statement: str) -> set[str]:
    return set(re.findall(r"\w+", statement.lower()))


def _describe(connection: "duckdb.DuckDBPyConnection", name: str, columns: Iterable[Column]) -> None:
    for column in columns:
        connection.execute(f"comment on column {name}.{column.name} is {_quote(column.description)}")


def _add_athena(connection: "duckdb.DuckDBPyConnection") -> None:
    """Every table and view as Athena has it: a moment carries no zone, it is in UTC; as are today and now."""
    connection.execute("set timezone = 'UTC'")
    for macro in MACROS:
        connection.execute(macro)
    connection.execute(f"create schema {SCHEMA}")
    declared = {table.name: table.columns for table in TABLES.values()}
    for name, columns in (declared | {f"main.{view.name}": view.columns for view in VIEWS.values()}).items():
        selected = ", ".join(_without_zone(column) for column in columns)
        plain = name.removeprefix("main.")
        connection.execute(f"create view {SCHEMA}.{plain} as select {selected} from {name}")  # noqa: S608


def _without_zone(column: Column) -> str:
    is_moment = column.type is ColumnType.TIMESTAMP
    return f"{column.name} at time zone 'UTC' as {column.name}" if is_moment else column.name


def _quote(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
