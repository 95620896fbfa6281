"""Rows of declared tables from a few words each, and one transform run on them by the real engine."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pyarrow as pa
import pyarrow.parquet as pq

from nubank_assets.compute.frames import read_frame
from nubank_assets.domain.catalog import TABLES
from nubank_assets.domain.tables import ColumnType, Table
from nubank_assets.lake.publish import conform
from nubank_assets.transforms.steps import Parameters, Step

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

Row = Mapping[str, Any]
Rows = list[dict[str, Any]]

#: What a row says where a test says nothing; columns that may be NULL are.
_BY_TYPE: Final[dict[ColumnType, Any]] = {
    ColumnType.STRING: "x",
    ColumnType.INTEGER: 0,
    ColumnType.LONG: 0,
    ColumnType.DATE: date(2026, 6, 1),
    ColumnType.TIMESTAMP: datetime(2026, 7, 1, 15, tzinfo=UTC),
    ColumnType.MONEY: Decimal("0.00"),
    ColumnType.PERCENT: Decimal(0),
    ColumnType.BOOLEAN: False,
}
_BY_NAME: Final[dict[str, Any]] = {
    "month": "2026-06",
    "account_type": "card",
    "line_state": "current",
    "applies_to": "line",
    "match_type": "merchant",
}


def arrow_rows(name: str, rows: Sequence[Row]) -> pa.Table:
    """Rows of a declared table, completed."""
    table = TABLES[name]
    unknown = {key for row in rows for key in row} - set(table.column_names)
    assert not unknown, f"{name} has no columns {unknown}"
    return pa.Table.from_pylist(
        [_complete(table, row, number) for number, row in enumerate(rows, 1)], table.arrow_schema
    )


def _complete(table: Table, row: Row, number: int) -> dict[str, Any]:
    by_name = {**_BY_NAME, "line_number": number, "transaction_id": f"id{number:04d}"}
    complete = {
        column.name: None if column.nullable else by_name.get(column.name, _BY_TYPE[column.type])
        for column in table.columns
    }
    return {**complete, **row}


def run_transforms(
    session: "SparkSession",
    folder: Path,
    step: Step,
    rows: Mapping[str, Sequence[Row]],
    parameters: Parameters | None = None,
) -> dict[str, Rows]:
    """Every output of a step made from these rows, in the order of its key; inputs not given are empty."""
    frames = {name: _frame(session, folder, name, arrow_rows(name, rows.get(name, ()))) for name in step.inputs}
    frames |= {f"all_{name}": frames[name] for name in step.whole}
    found = {}
    for name, transform in step.transforms().items():
        made = conform(transform(frames, parameters or Parameters()).toArrow(), TABLES[name])
        frames[name] = _frame(session, folder, name, made)
        found[name] = made.to_pylist()
    return found


def run_transform(
    session: "SparkSession",
    folder: Path,
    step: Step,
    name: str,
    rows: Mapping[str, Sequence[Row]],
    parameters: Parameters | None = None,
) -> Rows:
    """One output of a step, from its own inputs; those that the step makes and nobody gives are made.

    Other inputs that are not given are empty.
    """
    given = {**dict.fromkeys(step.inputs, ()), **rows}
    frames = {table: _frame(session, folder, table, arrow_rows(table, its_rows)) for table, its_rows in given.items()}
    frames |= {f"all_{table}": frames[table] for table in step.whole}
    for table in step.sources[name]:
        if table in step.outputs and table not in frames:
            made = conform(step.transforms()[table](frames, parameters or Parameters()).toArrow(), TABLES[table])
            frames[table] = _frame(session, folder, table, made)
    made = step.transforms()[name](frames, parameters or Parameters()).toArrow()
    result: Rows = conform(made, TABLES[name]).to_pylist()
    return result


def _frame(session: "SparkSession", folder: Path, name: str, rows: pa.Table) -> Any:
    if not rows.num_rows:
        return read_frame(session, TABLES[name], [])
    path = folder / f"{name}-{len(list(folder.iterdir()))}.parquet"
    pq.write_table(rows, path)
    return read_frame(session, TABLES[name], [str(path)])
