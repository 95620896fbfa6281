"""The tables as a page: `python -m nubank_assets.domain.describe > docs/tables.md`.

Everything on it comes from the declarations in ``catalog.py``; a test holds the page to them.
"""

import sys
from collections.abc import Iterator
from typing import Final

from nubank_assets.domain.catalog import TABLES, tables_of
from nubank_assets.domain.tables import Column, Table
from nubank_assets.domain.vocabulary import Layer

_HEAD: Final = """\
# Tables

Written by `python -m nubank_assets.domain.describe` from `nubank_assets/domain/catalog`. Do not edit by hand.

Every table has its plain name in `nubank query`. Money is `decimal(18,2)` in BRL: negative when money leaves the
person or debt grows, positive when money comes in. Dates are São Paulo days, moments are UTC.
"""


def describe_tables() -> str:
    """All tables in Markdown: an overview, then the columns of each."""
    sections = (line for table in TABLES.values() for line in _section(table))
    return "\n".join([_HEAD, *_overview(), *sections])


def _overview() -> Iterator[str]:
    yield "| layer | table | one row | what it holds |"
    yield "|---|---|---|---|"
    for layer in Layer:
        for table in tables_of(layer):
            yield f"| {layer.value} | [{table.name}](#{table.name}) | {table.grain} | {_cell(table.description)} |"
    yield ""


def _section(table: Table) -> Iterator[str]:
    yield f"## {table.name}"
    yield ""
    yield f"{table.description}. Key: {', '.join(f'`{name}`' for name in table.key)}. {_objects(table)}"
    yield ""
    yield "| column | type | NULL | what it says |"
    yield "|---|---|---|---|"
    yield from map(_row, table.columns)
    yield ""


def _objects(table: Table) -> str:
    if table.partitioned:
        return f"One object for each month: `{table.path}/month=YYYY-MM/data.parquet`."
    return f"One object: `{table.path}/data.parquet`."


def _row(column: Column) -> str:
    return f"| {column.name} | {column.type.value} | {'yes' if column.nullable else ''} | {_cell(column.description)} |"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


if __name__ == "__main__":
    sys.stdout.write(describe_tables())
