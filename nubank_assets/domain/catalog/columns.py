"""Columns that several tables have, each described once; a column of one table is declared with it."""

from typing import Final

from nubank_assets.domain.tables import Column, ColumnType

_S, _I, _D, _T, _M, _B = (
    ColumnType.STRING,
    ColumnType.INTEGER,
    ColumnType.DATE,
    ColumnType.TIMESTAMP,
    ColumnType.MONEY,
    ColumnType.BOOLEAN,
)

MONTH: Final = Column(
    "month",
    _S,
    "Month as YYYY-MM: of a card line, when its bill is due; of an account line, its date; of a reading, its day",
)
ACCOUNT: Final = Column("account", _S, "The platform's name for the account (`--account`)")
ACCOUNT_TYPE: Final = Column("account_type", _S, "card or account")
SOURCE: Final = Column(
    "source", _S, "Which source collected the document: exports, pynubank, pluggy, stated, sheets or demo"
)
FORMAT: Final = Column("format", _S, "Format of the document (domain/vocabulary.py DocumentFormat)")
DOCUMENT: Final = Column(
    "document", _S, "Receipt of the document in the inbox: first 16 digits of its sha256, and its bill"
)
DOCUMENT_NAME: Final = Column("document_name", _S, "Name the file had when it was imported")
LINE_NUMBER: Final = Column("line_number", _I, "Line of the document, from 1")
COLLECTED_AT: Final = Column("collected_at", _T, "When the document was stored, UTC")
AS_OF: Final = Column("as_of", _T, "The moment the document describes: the OFX's own date, else the file's time, UTC")
BILL: Final = Column(
    "bill", _S, "The bill within its account: its month, or its due date if two are due in a month", True
)
BILL_DUE: Final = Column(
    "bill_due", _D, "Due date of the bill; NULL for account lines, or when only its month is known", True
)
BILL_STATE: Final = Column(
    "bill_state", _S, "closed, open or future when the document was made; NULL for account lines", True
)
ID: Final = Column("transaction_id", _S, "Stable identity: the same line has the same id on every import and engine")
DATE: Final = Column("date", _D, "Day of the line as its document dates it (São Paulo)")
TITLE: Final = Column("title", _S, "Title without control characters, documents of other people masked")
AMOUNT: Final = Column("amount_brl", _M, "Amount in BRL; negative when money leaves the person or debt grows")
IDENTIFIER: Final = Column("identifier", _S, "Identificador or FITID", True)
N: Final = Column("installment", _I, "Which parcel this is; NULL when it is none", True)
N_OF: Final = Column("installments", _I, "Of how many parcels; NULL when it is none", True)
MERCHANT: Final = Column("merchant", _S, "Title without the installment suffix: merchant, person or kind of movement")
KIND: Final = Column("kind", _S, "What the line is (domain/vocabulary.py Kind)")
FLOW: Final = Column("flow", _S, "income, expense, expense_reduction or neutral")
CATEGORY: Final = Column("category", _S, "One of Nubank's twelve categories, or encargos", True)


def explained(*, always: bool) -> tuple[Column, ...]:
    """Why a line has its category; where not every line has one (`always`), these may be NULL too."""
    return (
        Column("subcategory", _S, "What the merchant is within its category, where the shipped knowledge says", True),
        Column(
            "category_method",
            _S,
            "Who decided: correction (the person, of this line), own_rule, memory, source, kind, rule or fallback",
            not always,
        ),
        Column(
            "category_rule",
            _S,
            "By what: the person's rule, the line of the shipped knowledge, the remembered merchant, or the kind",
            True,
        ),
        Column("category_confidence", _I, "How sure it is, in percent (docs/categories.md)", not always),
        Column("category_version", _S, "The shipped rules and data that could decide", not always),
    )


BASIS: Final = Column(
    "basis", _S, "bill: card lines count in the month their bill is due; date: by the line's own date"
)
DETAILS: Final = (
    Column("occurred_at", _T, "Moment of the purchase, UTC, where a source knows it", True),
    Column("card_last_four", _S, "Last four digits of the card, where a source knows them", True),
    Column("merchant_code", _S, "Merchant category code (MCC), where a source knows it", True),
    Column("foreign_currency", _S, "Currency of a purchase abroad (ISO 4217), where a source knows it", True),
    Column(
        "foreign_amount", ColumnType.FOREIGN_MONEY, "Amount of a purchase abroad in its own currency, positive", True
    ),
    Column("included_iof_brl", _M, "IOF that the source counts into the purchase, positive", True),
)
IS_OPEN: Final = Column("is_open", _B, "The month is not over: its figures will still grow")
CORRECTION: Final = Column(
    "correction", _S, "Identity: a hash of the row's cells, and its number among equal rows; of a command its document"
)
