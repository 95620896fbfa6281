"""The worksheets that a person fills and the platform reads: their titles and columns, and what can become of a row.

Their cells are read in ``sources/sheets``, what became of each row is said in ``export/person_sheets.py``.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

#: Key of the developer metadata by which a worksheet is found whatever a person calls it; its value is the title's key.
WORKSHEET_MARK: Final = "nubank_worksheet"

CORRECTIONS_TITLE: Final = "sheet.corrections"
STATED_TITLE: Final = "sheet.stated"

#: Columns from A on, as label keys; every one but the note is read.
CORRECTION_COLUMNS: Final = (
    "column.corrected_id",
    "column.account",
    "column.corrected_bill",
    "column.corrected_title",
    "column.amount",
    "column.new_category",
    "column.note",
    "column.applies_to",
)
STATED_COLUMNS: Final = (
    "column.stated_day",
    "column.account",
    "column.balance",
    "column.limit",
    "column.available_limit",
)
#: Those that came later: a spreadsheet from before may have something of the person's in their place.
LATER_COLUMNS: Final = frozenset({"column.applies_to"})
COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    CORRECTIONS_TITLE: CORRECTION_COLUMNS,
    STATED_TITLE: STATED_COLUMNS,
}

#: The words of these worksheets, a part of those in ``export/labels.py``.
WORDS: Final[dict[str, tuple[str, str]]] = {
    CORRECTIONS_TITLE: ("Correções", "Corrections"),
    STATED_TITLE: ("Saldos e limites", "Balances and limits"),
    "column.account": ("Conta", "Account"),
    "column.amount": ("Valor", "Amount"),
    "applies.line": ("linha", "line"),
    "applies.merchant": ("estabelecimento", "merchant"),
    "column.answer": ("O que foi feito", "What was done"),
    "column.applies_to": ("Vale para", "Applies to"),
    "column.available_limit": ("Limite disponível", "Available limit"),
    "column.balance": ("Saldo", "Balance"),
    "column.corrected_bill": ("Fatura ou mês", "Bill or month"),
    "column.corrected_id": ("Id da transação", "Transaction id"),
    "column.corrected_title": ("Título", "Title"),
    "column.limit": ("Limite", "Limit"),
    "column.new_category": ("Nova categoria", "New category"),
    "column.note": ("Observação", "Note"),
    "column.stated_day": ("Data", "Date"),
}

#: Rows that are read of a worksheet, and characters of a cell.
MOST_ROWS: Final = 10_000
MOST_CHARACTERS: Final = 500


class RowProblem(StrEnum):
    """Why a row of a person's worksheet cannot be used."""

    NO_CATEGORY = "no_category"
    UNKNOWN_CATEGORY = "unknown_category"
    NO_LINE = "no_line"
    """It names no line: neither an id, nor account, title and amount; or, of a merchant, neither an id nor a title."""
    UNKNOWN_SCOPE = "unknown_scope"
    """It is to apply to something that is neither a line nor a merchant."""
    NO_DAY = "no_day"
    NO_AMOUNT = "no_amount"
    BROKEN_BILL = "broken_bill"
    BROKEN_AMOUNT = "broken_amount"
    AMBIGUOUS_AMOUNT = "ambiguous_amount"
    BROKEN_ACCOUNT = "broken_account"
    BROKEN_DAY = "broken_day"
    DAY_OUT_OF_RANGE = "day_out_of_range"
    """Of a balance: to come, or before Nubank."""
    MIXED = "mixed"
    """A balance and a limit of one account: it is an account's, or a card's."""
    OTHER_PRODUCT = "other_product"
    CONTRADICTED = "contradicted"
    """Another row says another value of the same account on the same day."""


class CorrectionOutcome(StrEnum):
    """What became of a row of `corrections`."""

    APPLIED = "applied"
    WAITING = "waiting"
    """It fits lines of months that were not made again since."""
    UNMATCHED = "unmatched"
    CONFLICTING = "conflicting"
    """Another row says another category of the same line: neither counts."""
    NOT_AN_EXPENSE = "not_an_expense"
    """Its lines have no category: income, or money that only moves."""
    REPLACED = "replaced"
    """A later command says something else of its lines."""
    INVALID = "invalid"
