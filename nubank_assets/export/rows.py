"""From the lake's tables to the rows of a worksheet, as plain Python values in the reader's language.

Nothing here knows how a cell is drawn or where the worksheet goes.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from nubank_assets.export.labels import label, sentence
from nubank_assets.export.sheet import Cell, CellType, Order, Row, SheetColumn, Worksheet
from nubank_assets.lake.publish import Lake

#: Rows that are turned into Python values at a time.
_BATCH: Final = 8192


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


def headings_of(lake: Lake, sheet: Worksheet, locale: str) -> list[str]:
    """What stands above the header, a row each: title, introduction, notes; some may be empty."""
    if sheet.intro is None:
        return []
    notes = sheet.notes(lake, locale) if sheet.notes else ()
    return [title_of(sheet, locale), sentence(sheet.intro, locale), *notes]


def read_rows(lake: Lake, sheet: Worksheet, locale: str, most: int | None = None) -> SheetRows:
    """The rows of a worksheet over all months; of more than `most`, the first in the worksheet's order."""
    table = _read(lake, sheet)
    kept = _ordered(table, sheet.order)[: most if most is not None else table.num_rows]
    return SheetRows(kept.num_rows, table.num_rows - kept.num_rows, _python_rows(kept, sheet.columns, locale))


def _read(lake: Lake, sheet: Worksheet) -> pa.Table:
    wanted = {name for column in sheet.columns for name in column.sources} | {key.column for key in sheet.order}
    if sheet.made_by:
        table = sheet.made_by(lake)
    else:
        needed = wanted | set(sheet.where_columns)
        table = lake.read(sheet.table, columns=[name for name in sheet.table.column_names if name in needed])
    table = table if sheet.where is None else table.filter(sheet.where)
    return _summed(table, sheet.sums, wanted) if sheet.sums else table


def _summed(table: pa.Table, sums: tuple[str, ...], wanted: set[str]) -> pa.Table:
    """Rows that are equal in all wanted columns but `sums` as one, with these added up."""
    keys = sorted(wanted.difference(sums))
    added = table.group_by(keys).aggregate([(name, "sum") for name in sums])
    return added.select([*keys, *(f"{name}_sum" for name in sums)]).rename_columns([*keys, *sums])


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
