"""A small lake made by hand: only the columns a test is about, the rest filled in."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import pyarrow as pa

from nubank_assets.domain.catalog import TABLES
from nubank_assets.domain.tables import Column, ColumnType, Table
from nubank_assets.lake.publish import Lake

_DEFAULTS: Final[Mapping[ColumnType, Any]] = {
    ColumnType.INTEGER: 1,
    ColumnType.LONG: 1,
    ColumnType.DATE: date(2026, 9, 1),
    ColumnType.TIMESTAMP: datetime(2026, 9, 1, tzinfo=UTC),
    ColumnType.MONEY: Decimal("0.00"),
    ColumnType.PERCENT: Decimal("0.0000"),
    ColumnType.BOOLEAN: False,
}
#: Strings that are one of a closed list, or have a form.
_STRINGS: Final = {
    "month": "2026-09",
    "compared_month": "2026-08",
    "first_month": "2026-09",
    "last_month": "2026-09",
    "account": "card",
    "account_type": "card",
    "bill": "2026-09",
    "bill_state": "closed",
    "source": "exports",
    "format": "card_csv",
    "kind": "purchase",
    "flow": "expense",
    "category": "outros",
    "category_method": "fallback",
    "applies_to": "line",
    "match_type": "merchant",
    "basis": "bill",
    "comparison": "previous_month",
    "dimension": "total",
    "name": "expenses",
    "reason": "broken_date",
}


def make_lake(folder: Path, **tables: Sequence[Mapping[str, Any]]) -> Lake:
    """A lake under `folder` with these rows.

    A column that a row leaves out is NULL if it may be, else a default of its type; identities are numbered.
    """
    lake = Lake(str(folder / "lake"))
    for name, rows in tables.items():
        table = TABLES[name]
        months: dict[str | None, list[dict[str, Any]]] = defaultdict(list)
        for number, row in enumerate(rows):
            unknown = set(row) - set(table.column_names)
            assert not unknown, f"{name} has no columns {unknown}"
            filled = {column.name: _value(row, column, number) for column in table.columns}
            months[filled["month"] if table.partitioned else None].append(filled)
        for month, filled_rows in months.items():
            lake.write(table, month, _arrow(filled_rows, table))
    return lake


def _value(row: Mapping[str, Any], column: Column, number: int) -> Any:
    if column.name in row:
        value = row[column.name]
        return Decimal(value) if column.type in (ColumnType.MONEY, ColumnType.PERCENT) and value is not None else value
    if column.nullable:
        return None
    if column.type is ColumnType.STRING:
        return _STRINGS.get(column.name, f"{column.name}-{number:04d}")
    return number + 1 if column.name == "line_number" else _DEFAULTS[column.type]


def _arrow(rows: list[dict[str, Any]], table: Table) -> pa.Table:
    return pa.Table.from_pylist(rows, schema=table.arrow_schema)
