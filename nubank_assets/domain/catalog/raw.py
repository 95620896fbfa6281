"""The tables of raw_transactions: what sources and people said, verbatim and as it was read."""

from typing import Final

from nubank_assets.domain.catalog.columns import (
    ACCOUNT,
    ACCOUNT_TYPE,
    AS_OF,
    BILL,
    BILL_DUE,
    BILL_STATE,
    COLLECTED_AT,
    CORRECTION,
    DETAILS,
    DOCUMENT,
    DOCUMENT_NAME,
    FORMAT,
    LINE_NUMBER,
    MONTH,
    SOURCE,
)
from nubank_assets.domain.tables import Column, ColumnType, Table
from nubank_assets.domain.vocabulary import Layer

_S, _I, _D, _T, _M, _L = (
    ColumnType.STRING,
    ColumnType.INTEGER,
    ColumnType.DATE,
    ColumnType.TIMESTAMP,
    ColumnType.MONEY,
    ColumnType.LONG,
)

RAW_LINES: Final = Table(
    "raw_lines",
    Layer.RAW,
    "one line of one document",
    "Every line as its document says it, with where it came from and what became of it",
    ("document", "month", "line_number"),
    (
        MONTH,
        DOCUMENT,
        DOCUMENT_NAME,
        LINE_NUMBER,
        SOURCE,
        FORMAT,
        ACCOUNT,
        ACCOUNT_TYPE,
        BILL,
        BILL_DUE,
        BILL_STATE,
        AS_OF,
        COLLECTED_AT,
        Column("raw_date", _S, "Date as written", True),
        Column("raw_title", _S, "Title as written", True),
        Column("raw_amount", _S, "Amount as written, with the document's own sign", True),
        Column("raw_category", _S, "Nubank's category as written; exports of 2018–2024 have it", True),
        Column("raw_identifier", _S, "Identificador or FITID as written", True),
        Column("raw_text", _S, "The whole line, kept when it could not be read", True),
        Column("statement_title", _S, "The title in the words of an export, where the source words it otherwise", True),
        Column("line_date", _D, "The date as it was read; NULL when the line is rejected", True),
        Column("centavos", _L, "The amount as it was read, in centavos with our sign; NULL when rejected", True),
        Column("rejected_centavos", _L, "The amount of a rejected line, where at least that could be read", True),
        Column("line_state", _S, "current, superseded, duplicate, rejected or void (status, not money)"),
        Column("reason", _S, "Why a line is rejected (domain/vocabulary.py RejectReason)", True),
        Column("void_reason", _S, "Why a line is no money (domain/vocabulary.py VoidReason)", True),
        *DETAILS,
    ),
)

RAW_DOCUMENTS: Final = Table(
    "raw_documents",
    Layer.RAW,
    "one document in one month",
    "Every document of the inbox with the count and the sum of its lines by what became of them",
    ("document", "month"),
    (
        MONTH,
        DOCUMENT,
        DOCUMENT_NAME,
        SOURCE,
        FORMAT,
        ACCOUNT,
        ACCOUNT_TYPE,
        BILL,
        BILL_DUE,
        BILL_STATE,
        AS_OF,
        COLLECTED_AT,
        Column("document_state", _S, "current, superseded or duplicate; an account document is current if any line is"),
        Column("lines", _I, "Lines of the document in this month"),
        Column("current_lines", _I, "Lines that count"),
        Column("superseded_lines", _I, "Lines another document replaced"),
        Column("duplicate_lines", _I, "Lines another document repeats"),
        Column("rejected_lines", _I, "Lines that could not be read"),
        Column("void_lines", _I, "Lines that are status, not money: failed, scheduled, pending, details"),
        Column("total_brl", _M, "Sum of all readable lines that are money, our sign"),
        Column("current_brl", _M, "Sum of the lines that count, our sign"),
        Column("payments_brl", _M, "Sum of the `Pagamento recebido` among all readable lines of a bill; 0 elsewhere"),
        Column(
            "ledger_brl",
            _M,
            "Total that the document itself states (LEDGERBAL of an OFX, an API's closed bill); NULL for others",
            True,
        ),
        Column("contradicts", _S, "The current closed document of the same bill that says otherwise", True),
        Column("covers_from", _D, "First day that a statement of an account covers; NULL for all else", True),
        Column("covers_to", _D, "Last day that it covers, the day it was made at most", True),
        Column("period_by", _S, "document: it says which days it covers; lines: from its first to its last line", True),
    ),
)

RAW_READINGS: Final = Table(
    "raw_readings",
    Layer.RAW,
    "one observation by one document",
    "What documents say an account held, owed or allowed on a day",
    ("account", "reading", "document", "observed_on"),
    (
        MONTH,
        ACCOUNT,
        Column("reading", _S, "account_balance, card_limit, available_limit, open_bill or invested"),
        Column("observed_on", _D, "São Paulo day of the observation"),
        Column("raw_value", _S, "Value as the document states it or as its lines add up, in reais"),
        AS_OF,
        SOURCE,
        FORMAT,
        DOCUMENT,
    ),
)


CORRECTIONS: Final = Table(
    "corrections",
    Layer.RAW,
    "one row of the worksheet `Correções`, or one `nubank correct`",
    "Every row in which a person corrects a category, verbatim and as it was read; those that count when it was made",
    ("correction",),
    (
        CORRECTION,
        DOCUMENT,
        SOURCE,
        Column("as_of", _T, "When the worksheet was first read as it is, or the command was given, UTC"),
        Column("raw_id", _S, "Transaction id as written", True),
        Column("raw_account", _S, "Account as written", True),
        Column("raw_bill", _S, "Bill or month as written; a date is its serial number", True),
        Column("raw_title", _S, "Title as written", True),
        Column("raw_amount", _S, "Amount as written", True),
        Column("raw_category", _S, "New category as written", True),
        Column("raw_applies_to", _S, "What it is to apply to, as written", True),
        Column("applies_to", _S, "line, or merchant: then it is a row of `rules` too"),
        Column("transaction_id", _S, "The line that is meant, by id", True),
        Column("account", _S, "Account of the lines that are meant", True),
        Column("bill", _S, "Month of their bill, of account lines their month, or a due date; NULL: of no bill", True),
        Column("amount_brl", _M, "Amount of the lines that are meant; its sign says nothing", True),
        Column("category", _S, "The category they get", True),
        Column("reason", _S, "Why the row cannot be used (domain/person_sheets.py RowProblem); NULL if it can", True),
    ),
    partitioned=False,
)

#: In the order of the documentation.
TABLES: Final = (
    RAW_LINES,
    RAW_DOCUMENTS,
    RAW_READINGS,
    CORRECTIONS,
)
