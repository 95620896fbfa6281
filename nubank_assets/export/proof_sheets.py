"""The worksheets that prove: every bill with its total and its payment, every account, and what is to be exported yet.

Which tab comes where is in ``worksheets.py``; what is proven is decided in the tables.
"""

from typing import Final

from nubank_assets.domain import catalog
from nubank_assets.export import cells
from nubank_assets.export.sheet import CellType, Order, SheetColumn, Worksheet, money, spending

_MONTH: Final = SheetColumn("column.month", CellType.MONTH, 11, ("month",), cells.month_start)
_ACCOUNT: Final = SheetColumn("column.account", CellType.TEXT, 14, ("account",))
_PROOF: Final = SheetColumn("column.proof", CellType.WORD, 16, ("proof",), cells.word("proof"))

BILLS: Final = Worksheet(
    "sheet.bills",
    catalog.BILL_PROOFS,
    (
        _MONTH,
        SheetColumn("column.card", CellType.TEXT, 14, ("account",)),
        SheetColumn("column.due", CellType.DATE, 14, ("bill_due",), says_unknown=True),
        SheetColumn("column.month_state", CellType.WORD, 11, ("bill_state",), cells.bill_state),
        spending("column.total", "total_brl"),
        money("column.payments", "received_brl"),
        spending("column.ledger", "stated_brl", width=16, says_unknown=True),
        spending("column.difference", "difference_brl"),
        _PROOF,
        SheetColumn("column.stated_by", CellType.WORD, 18, ("stated_by",), cells.stated_by),
        SheetColumn("column.causes", CellType.WORD, 36, ("difference_brl", "causes"), cells.difference_cause),
        SheetColumn("column.settlement", CellType.WORD, 24, ("settlement",), cells.word("settlement")),
        money("column.paid", "paid_brl"),
        SheetColumn("column.paid_on", CellType.DATE, 12, ("last_paid_on",)),
        spending("column.carried", "carried_brl", width=18),
        spending("column.still_open", "open_brl", says_unknown=True),
    ),
    (Order("month", is_descending=True), Order("account"), Order("bill")),
    intro="sheet_intro_bills",
)

ACCOUNTS: Final = Worksheet(
    "sheet.account_proofs",
    catalog.ACCOUNT_PROOFS,
    (
        _ACCOUNT,
        SheetColumn("column.span", CellType.WORD, 26, ("span",), cells.word("span")),
        SheetColumn("column.first_day", CellType.DATE, 12, ("first_day",)),
        SheetColumn("column.last_day", CellType.DATE, 12, ("last_day",)),
        money("column.opening", "opening_brl", says_unknown=True),
        money("column.came_in", "came_in_brl"),
        money("column.went_out", "went_out_brl"),
        money("column.closing", "closing_brl", says_unknown=True),
        money("column.difference", "difference_brl"),
        money("column.unexplained", "unexplained_brl"),
        _PROOF,
    ),
    (Order("last_day", is_descending=True), Order("account"), Order("span"), Order("first_day")),
    intro="sheet_intro_account_proofs",
    empty="sheet_no_account_proofs",
)

COVERAGE: Final = Worksheet(
    "sheet.coverage",
    catalog.STATEMENT_COVERAGE,
    (
        _ACCOUNT,
        SheetColumn("column.account_type", CellType.WORD, 9, ("account_type",), cells.word("account_type")),
        SheetColumn("column.first_month", CellType.MONTH, 11, ("first_month",), cells.month_start),
        SheetColumn("column.until_month", CellType.MONTH, 11, ("last_month",), cells.month_start),
        SheetColumn("column.first_day", CellType.DATE, 12, ("first_day",)),
        SheetColumn("column.last_day", CellType.DATE, 12, ("last_day",)),
        SheetColumn("column.coverage", CellType.WORD, 12, ("coverage",), cells.word("coverage")),
        SheetColumn("column.documents", CellType.INTEGER, 13, ("documents",)),
        SheetColumn("column.repeated", CellType.INTEGER, 16, ("repeated_lines",)),
    ),
    (
        Order("first_month", is_descending=True),
        Order("first_day", is_descending=True),
        Order("account"),
    ),
    intro="sheet_intro_coverage",
    empty="sheet_no_coverage",
)
