"""From the lake's tables to the rows of a worksheet, as plain Python values in the reader's language.

Nothing here knows how a cell is drawn or where the worksheet goes.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from nubank_assets.domain import catalog
from nubank_assets.domain.vocabulary import BillState
from nubank_assets.export.labels import label
from nubank_assets.export.sheet import Cell, CellType, Order, Row, SheetColumn, Worksheet
from nubank_assets.export.worksheets import SUMMARY
from nubank_assets.lake.publish import Lake

#: Rows that are turned into Python values at a time.
_BATCH: Final = 8192
#: Of several bills of a month, the least final state stands for the month.
_LEAST_FINAL_FIRST: Final = (BillState.FUTURE.value, BillState.OPEN.value, BillState.CLOSED.value)


@dataclass(frozen=True)
class SheetRows:
    """The rows of a worksheet in its order: how many there are, how many were left out, and the rows themselves.

    `rows` can be gone through once and holds only a few thousand at a time.
    """

    count: int
    omitted: int
    rows: Iterator[Row]


def title_of(sheet: Worksheet, locale: str) -> str:
    """The title of a worksheet."""
    return sheet.title if sheet.is_original else label(sheet.title, locale)


def headers_of(sheet: Worksheet, locale: str) -> list[str]:
    """The headers of a worksheet from left to right."""
    return [column.label if sheet.is_original else label(column.label, locale) for column in sheet.columns]


def read_rows(lake: Lake, sheet: Worksheet, locale: str, most: int | None = None) -> SheetRows:
    """The rows of a worksheet over all months; of more than `most`, the first in the worksheet's order."""
    table = _read(lake, sheet)
    kept = _ordered(table, sheet.order)[: most if most is not None else table.num_rows]
    return SheetRows(kept.num_rows, table.num_rows - kept.num_rows, _python_rows(kept, sheet.columns, locale))


def _read(lake: Lake, sheet: Worksheet) -> pa.Table:
    wanted = {name for column in sheet.columns for name in column.sources}
    wanted |= {key.column for key in sheet.order} | set(sheet.where_columns)
    names = [name for name in sheet.table.column_names if name in wanted]
    table = lake.read(sheet.table, columns=names)
    table = table if sheet.where is None else table.filter(sheet.where)
    return _with_bill_state(lake, table) if sheet is SUMMARY else table


def _with_bill_state(lake: Lake, months: pa.Table) -> pa.Table:
    """Months with the state of their bills; NULL where a month has none."""
    bills = lake.read(catalog.BILLS, columns=["month", "bill_state"])
    states: dict[str, str] = {}
    for month, state in zip(bills["month"].to_pylist(), bills["bill_state"].to_pylist(), strict=True):
        states[month] = min(state, states.get(month, state), key=_LEAST_FINAL_FIRST.index)
    column = pa.array([states.get(month) for month in months["month"].to_pylist()], pa.string())
    return months.append_column("bill_state", column)


def _ordered(table: pa.Table, order: Iterable[Order]) -> pa.Table:
    keys, indexed = [], table
    for key in order:
        name = key.column
        if key.ranks:
            name = f"_rank_{key.column}"
            indexed = indexed.append_column(name, pc.index_in(table[key.column], pa.array(key.ranks)))
        keys.append((name, "descending" if key.is_descending else "ascending"))
    return indexed.sort_by(keys)


def _python_rows(table: pa.Table, columns: tuple[SheetColumn, ...], locale: str) -> Iterator[Row]:
    for batch in table.to_batches(max_chunksize=_BATCH):
        yield from zip(*(_cells(column, batch, locale) for column in columns), strict=True)


def _cells(column: SheetColumn, batch: pa.RecordBatch, locale: str) -> Iterable[Cell]:
    values = [batch[name].to_pylist() for name in column.sources]
    cells: Iterable[Cell] = values[0] if column.value is None else map(column.value, *values)
    if column.type is CellType.WORD:
        return [label(str(key), locale) for key in cells]
    if column.says_unknown:
        unknown = label("unknown", locale)
        return [unknown if cell is None else cell for cell in cells]
    return cells
