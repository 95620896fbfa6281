"""The panel, and the worksheets that hold exactly what one chart or card of a report needs.

A report on the latter needs no calculated field: each has its headers in the first row, a day or month first, amounts
as people read them, oldest first. Every line counts on its own day here, as the report's date range counts it. Any
other worksheet is in ``worksheets.py`` or ``originals.py``; how charts are drawn is for the destination.
"""

from decimal import Decimal
from functools import reduce
from operator import or_
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from nubank_assets.domain import catalog
from nubank_assets.domain.vocabulary import Basis
from nubank_assets.export import cells, figures
from nubank_assets.export.sheet import CellType, Order, SheetColumn, Worksheet, money, spending

_ZERO: Final = pa.scalar(Decimal(0), pa.decimal128(18, 2))
_IS_COUNTED: Final = reduce(or_, (pc.field(f"{name}_brl") != _ZERO for name in ("income", "expenses")))
# Charts lie over whole columns; should Google keep them to the rows there were, there are enough for ten years.
_DAY: Final = SheetColumn("column.day", CellType.DATE, 12, ("date",))

PANEL: Final = Worksheet(
    "sheet.panel",
    figures.FIGURES,
    (
        SheetColumn("column.name", CellType.WORD, 18, ("name",)),
        SheetColumn("column.month", CellType.MONTH, 11, ("month",), cells.month_start),
        money("column.amount", "amount_brl", says_unknown=True),
        money("column.before", "before_brl"),
        money("column.difference", "difference_brl"),
        SheetColumn("column.change", CellType.PERCENT, 11, ("change_percent",), cells.as_fraction),
    ),
    (Order("position"),),
    intro="sheet_intro_panel",
    made_by=figures.read_figures,
    least_size=(56, 16),
)

CURRENT_BALANCE: Final = Worksheet(
    "sheet.current_balance",
    figures.CURRENT_BALANCE,
    (_DAY, money("column.balance", "balance_brl", width=16)),
    (Order("date"),),
    made_by=figures.read_current_balance,
    is_for_charts=True,
)

CARD_USE: Final = Worksheet(
    "sheet.card_use",
    figures.CARD_USE,
    (_DAY, money("column.card_use", "amount_brl", width=18)),
    (Order("date"),),
    made_by=figures.read_card_use,
    is_for_charts=True,
    least_size=(4000, 2),
)

BY_CATEGORY: Final = Worksheet(
    "sheet.by_category",
    catalog.EXPENSES,
    (
        _DAY,
        SheetColumn("column.category", CellType.WORD, 16, ("category",), cells.word("category")),
        spending("column.expenses", "amount_brl"),
    ),
    (Order("date"), Order("category")),
    sums=("amount_brl",),
    is_for_charts=True,
)

BY_MONTH: Final = Worksheet(
    "sheet.by_month",
    catalog.MONTHLY_SUMMARY,
    (
        SheetColumn("column.month", CellType.MONTH, 11, ("month",), cells.month_start),
        money("column.income", "income_brl"),
        spending("column.expenses", "expenses_brl"),
    ),
    (Order("month"),),
    where=(pc.field("basis") == Basis.DATE.value) & _IS_COUNTED,
    where_columns=("basis",),
    is_for_charts=True,
    least_size=(400, 3),
)
