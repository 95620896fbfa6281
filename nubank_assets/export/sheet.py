"""What a worksheet is: columns, rows and order, without a word about how it is drawn or where it goes.

The worksheets themselves are in ``worksheets.py`` and ``originals.py``.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from nubank_assets.domain.tables import Table
from nubank_assets.export import cells

if TYPE_CHECKING:
    from nubank_assets.lake.publish import Lake

Cell = str | date | Decimal | int | None
Row = tuple[Cell, ...]


class CellType(StrEnum):
    """What the cells of a column are; any of them may also be empty, or the text for unknown."""

    TEXT = "text"
    WORD = "word"
    """A key of ``labels.py``, shown in the reader's language."""
    INTEGER = "integer"
    DATE = "date"
    MONTH = "month"
    """The first day of a month, shown without its day."""
    MONEY = "money"
    """BRL."""
    PERCENT = "percent"
    """A fraction: 0.5 is shown as 50%."""


@dataclass(frozen=True)
class SheetColumn:
    """One column: its header, what its cells are, how wide it is in characters, and where the cells come from.

    `label` is a key of ``labels.py``, or the header itself on a worksheet of the original. `sources` are table
    columns; `value` makes one cell from one value of each, and without it the only source is the cell. With
    `says_unknown`, NULL is shown as "not stated"; otherwise the cell stays empty.
    """

    label: str
    type: CellType
    width: int
    sources: tuple[str, ...]
    value: Callable[..., Cell] | None = None
    says_unknown: bool = False


@dataclass(frozen=True)
class Order:
    """One key of a worksheet's order; with `ranks`, by the place of the value among them."""

    column: str
    is_descending: bool = False
    ranks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Worksheet:
    """One worksheet: the table it shows, its columns from left to right, which rows, in which order.

    `title` is a key of ``labels.py``. A worksheet of the original (`is_original`) has its very title and headers
    in every language and nothing above its header; any other has its title and the sentence `intro` there, and what
    `notes` says. One that charts and reports are drawn from (`is_for_charts`) has nothing above its header either,
    so that its first row names its columns. `empty` is the sentence shown when there are no rows.

    `made_by` reads the rows from the lake where `table` is not simply one of its tables. With `sums`, rows that are
    equal in all else are one, and these columns are added up. Where charts lie over a worksheet, `least_size` is how
    many rows and columns it has at least.
    """

    title: str
    table: Table
    columns: tuple[SheetColumn, ...]
    order: tuple[Order, ...]
    where: pc.Expression | None = None
    where_columns: tuple[str, ...] = ()
    intro: str | None = None
    empty: str = "sheet_no_data"
    notes: "Callable[[Lake, str], Sequence[str]] | None" = None
    made_by: "Callable[[Lake], pa.Table] | None" = None
    sums: tuple[str, ...] = ()
    is_for_charts: bool = False
    least_size: tuple[int, int] = (0, 0)

    @property
    def is_original(self) -> bool:
        """Whether reports built on the original read this worksheet."""
        return self.intro is None and not self.is_for_charts


def money(label: str, source: str, *, width: int = 14, says_unknown: bool = False) -> SheetColumn:
    """A column of amounts as the table has them."""
    return SheetColumn(label, CellType.MONEY, width, (source,), says_unknown=says_unknown)


def spending(label: str, source: str, *, width: int = 14, says_unknown: bool = False) -> SheetColumn:
    """A column of amounts that are positive when money was spent or is owed."""
    return SheetColumn(label, CellType.MONEY, width, (source,), cells.negated, says_unknown)
