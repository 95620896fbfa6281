"""The worksheets, declared once for the workbook and for any other place that has worksheets.

A new worksheet is one more declaration here; those of the original are in ``originals.py``, the panel and those that
charts and reports are drawn from in ``chart_sheets.py``. How rows are read is in ``rows.py``; how they look is for the
destination.
"""

from decimal import Decimal
from functools import reduce
from operator import and_
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from nubank_assets.domain import catalog
from nubank_assets.domain.vocabulary import Basis
from nubank_assets.export import cells
from nubank_assets.export.chart_sheets import BY_CATEGORY, BY_MONTH, CARD_USE, CURRENT_BALANCE, PANEL
from nubank_assets.export.commitment_sheets import COMMITMENTS, INSTALLMENTS
from nubank_assets.export.learning_sheet import LEARNING
from nubank_assets.export.link_sheets import LINKS, UNLINKED
from nubank_assets.export.originals import BALANCES, EXPENSES, INCOME, LIMITS, TRANSACTIONS
from nubank_assets.export.overview import read_months, read_notes
from nubank_assets.export.proof_sheets import ACCOUNTS, BILLS, COVERAGE
from nubank_assets.export.sheet import CellType, Order, SheetColumn, Worksheet, money, spending

_BY_BILL: Final = pc.field("basis") == Basis.BILL.value
_ZERO: Final = pa.scalar(Decimal(0), pa.decimal128(18, 2))
_ALL_ZERO: Final = reduce(and_, (pc.field(f"{name}_brl") == _ZERO for name in ("income", "expenses", "neutral")))
_NAMED: Final = ("dimension", "name")
_MONTH: Final = SheetColumn("column.month", CellType.MONTH, 11, ("month",), cells.month_start)

_ACCOUNT: Final = SheetColumn("column.account", CellType.TEXT, 14, ("account",))


def _compared(label: str, source: str) -> SheetColumn:
    return SheetColumn(label, CellType.MONEY, 16, (*_NAMED, source), cells.compared_amount)


#: Months that hold nothing but future bills are not shown: all their figures are zero.
SUMMARY: Final = Worksheet(
    "sheet.summary",
    catalog.MONTHLY_SUMMARY,
    (
        _MONTH,
        money("column.income", "income_brl"),
        spending("column.expenses", "expenses_brl"),
        money("column.net", "net_brl"),
        spending("column.card_expenses", "card_expenses_brl"),
        spending("column.account_expenses", "account_expenses_brl"),
        spending("column.charges", "charges_brl"),
        SheetColumn("column.month_state", CellType.WORD, 11, ("is_open",), cells.month_state),
        SheetColumn("column.bill_state", CellType.WORD, 11, ("bill_state",), cells.bill_state),
    ),
    (Order("month", is_descending=True),),
    where=_BY_BILL & ~(_ALL_ZERO & (pc.field("future_brl") != _ZERO)),
    where_columns=("basis", "neutral_brl", "future_brl"),
    intro="sheet_intro_summary",
    notes=read_notes,
    made_by=read_months,
)

COMPARISON: Final = Worksheet(
    "sheet.comparison",
    catalog.PERIOD_COMPARISON,
    (
        _MONTH,
        SheetColumn("column.comparison", CellType.WORD, 16, ("comparison",), cells.word("comparison")),
        SheetColumn("column.compared_month", CellType.MONTH, 13, ("compared_month",), cells.month_start),
        SheetColumn("column.compared_days", CellType.WORD, 13, ("is_open",), cells.compared_days),
        SheetColumn("column.dimension", CellType.WORD, 11, ("dimension",), cells.word("dimension")),
        SheetColumn("column.name", CellType.WORD, 26, _NAMED, "{}.{}".format),
        _compared("column.amount", "amount_brl"),
        _compared("column.compared_amount", "compared_brl"),
        _compared("column.difference", "difference_brl"),
        SheetColumn("column.change", CellType.PERCENT, 11, (*_NAMED, "change_percent"), cells.compared_change),
    ),
    (
        Order("month", is_descending=True),
        Order("comparison"),
        Order("dimension", ranks=("total", "category", "kind")),
        Order("amount_brl"),
        Order("name"),
    ),
    where=_BY_BILL,
    where_columns=("basis",),
    intro="sheet_intro_comparison",
)

BY_ACCOUNT: Final = Worksheet(
    "sheet.by_account",
    catalog.ACCOUNT_MONTHLY_SUMMARY,
    (
        _MONTH,
        _ACCOUNT,
        money("column.income", "income_brl"),
        spending("column.expenses", "expenses_brl"),
        money("column.net", "net_brl"),
        spending("column.charges", "charges_brl"),
        money("column.neutral", "neutral_brl"),
        SheetColumn("column.month_state", CellType.WORD, 11, ("is_open",), cells.month_state),
    ),
    (Order("month", is_descending=True), Order("account")),
    where=_BY_BILL & ~(_ALL_ZERO & (pc.field("future_brl") != _ZERO)),
    where_columns=("basis", "neutral_brl", "future_brl"),
    intro="sheet_intro_by_account",
)

DAILY_BALANCES: Final = Worksheet(
    "sheet.daily_balances",
    catalog.DAILY_BALANCES,
    (
        SheetColumn("column.day", CellType.DATE, 12, ("date",)),
        _ACCOUNT,
        money("column.movements", "movements_brl"),
        money("column.balance", "balance_brl"),
        SheetColumn("column.origin", CellType.WORD, 14, ("is_observed",), cells.balance_origin),
        money("column.unexplained", "unexplained_brl", width=18),
    ),
    (Order("date", is_descending=True), Order("account")),
    intro="sheet_intro_daily_balances",
    empty="sheet_no_balances",
)

REJECTS: Final = Worksheet(
    "sheet.rejects",
    catalog.REJECTS,
    (
        SheetColumn("column.document", CellType.TEXT, 34, ("document_name",)),
        SheetColumn("column.line", CellType.INTEGER, 8, ("line_number",)),
        SheetColumn("column.reason", CellType.WORD, 48, ("reason",), cells.word("reason")),
        SheetColumn("column.text", CellType.TEXT, 60, ("text",)),
        _MONTH,
    ),
    (Order("month", is_descending=True), Order("document_name"), Order("document"), Order("line_number")),
    intro="sheet_intro_rejects",
    empty="sheet_no_rejects",
)

#: In the order of their tabs: what a person wants to see first, then the lines, then what charts are drawn from.
WORKSHEETS: Final = (
    PANEL,
    SUMMARY,
    COMPARISON,
    BY_ACCOUNT,
    TRANSACTIONS,
    INCOME,
    EXPENSES,
    LIMITS,
    BALANCES,
    DAILY_BALANCES,
    COMMITMENTS,
    INSTALLMENTS,
    BILLS,
    ACCOUNTS,
    COVERAGE,
    LINKS,
    UNLINKED,
    REJECTS,
    LEARNING,
    CURRENT_BALANCE,
    CARD_USE,
    BY_CATEGORY,
    BY_MONTH,
)
