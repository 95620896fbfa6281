"""The tables of cleaned_parquet: every line that counts, typed, once; bills and readings."""

from typing import Final

from nubank_assets.domain.catalog.columns import (
    ACCOUNT,
    ACCOUNT_TYPE,
    AMOUNT,
    AS_OF,
    BILL,
    BILL_DUE,
    BILL_STATE,
    COLLECTED_AT,
    DATE,
    DETAILS,
    DOCUMENT,
    DOCUMENT_NAME,
    FORMAT,
    ID,
    IDENTIFIER,
    LINE_NUMBER,
    MERCHANT,
    MONTH,
    N_OF,
    SOURCE,
    TITLE,
    N,
)
from nubank_assets.domain.tables import Column, ColumnType, Table
from nubank_assets.domain.vocabulary import Layer

_S, _I, _D, _M = ColumnType.STRING, ColumnType.INTEGER, ColumnType.DATE, ColumnType.MONEY

TRANSACTIONS: Final = Table(
    "transactions",
    Layer.CLEANED,
    "one line that counts",
    "Every line that counts, typed, once: card lines by bill, account lines by day",
    ("transaction_id",),
    (
        ID,
        MONTH,
        ACCOUNT,
        ACCOUNT_TYPE,
        DATE,
        TITLE,
        MERCHANT,
        AMOUNT,
        N,
        N_OF,
        Column("source_category", _S, "Nubank's own category, from whichever document of the bill has it", True),
        IDENTIFIER,
        BILL,
        BILL_DUE,
        BILL_STATE,
        AS_OF,
        SOURCE,
        FORMAT,
        DOCUMENT,
        LINE_NUMBER,
        COLLECTED_AT,
        *DETAILS,
    ),
)

BILLS: Final = Table(
    "bills",
    Layer.CLEANED,
    "one bill of one card",
    "Each bill by its current document, with the total it should have and the proof",
    ("account", "bill"),
    (
        MONTH,
        ACCOUNT,
        Column("bill", _S, "The bill within its account: its month, or its due date if two are due in a month"),
        BILL_DUE,
        Column("bill_state", _S, "closed, open or future"),
        AS_OF,
        DOCUMENT,
        Column("lines", _I, "Lines that count"),
        Column("total_brl", _M, "What the bill charges: its lines without payments received; negative is owed"),
        Column("payments_brl", _M, "Payments received in the cycle"),
        Column(
            "ledger_brl", _M, "Total that the current document, or one that agrees, states; NULL when none does", True
        ),
        Column("ledger_difference_brl", _M, "ledger_brl minus total_brl; NULL when there is no ledger balance", True),
    ),
)

BALANCE_READINGS: Final = Table(
    "balance_readings",
    Layer.CLEANED,
    "one kind of reading of one account on one day",
    "What an account held, owed or allowed, on the day it was observed; the latest observation of the day",
    ("account", "reading", "observed_on"),
    (
        MONTH,
        ACCOUNT,
        Column("reading", _S, "account_balance, card_limit, available_limit, open_bill or invested"),
        Column("observed_on", _D, "São Paulo day of the observation"),
        Column("value_brl", _M, "Balances and limits are positive when the person has them; an open bill is owed, < 0"),
        AS_OF,
        SOURCE,
        DOCUMENT,
    ),
)

REJECTS: Final = Table(
    "rejects",
    Layer.CLEANED,
    "one line that could not be read",
    "Every line that could not be read, with its reason and its text",
    ("document", "line_number"),
    (
        MONTH,
        DOCUMENT,
        DOCUMENT_NAME,
        LINE_NUMBER,
        SOURCE,
        ACCOUNT,
        Column("reason", _S, "Why (domain/vocabulary.py RejectReason)"),
        Column("text", _S, "The line as written, documents of other people masked"),
        Column("amount_brl", _M, "Its amount in BRL with our sign, where at least that could be read", True),
    ),
)

TRANSACTION_SOURCES: Final = Table(
    "transaction_sources",
    Layer.CLEANED,
    "one line of one document",
    "What came from where: every line of every document, and the transaction it tells of",
    ("document", "month", "line_number"),
    (
        MONTH,
        ACCOUNT,
        DOCUMENT,
        LINE_NUMBER,
        SOURCE,
        FORMAT,
        Column("line_state", _S, "current, superseded, duplicate, rejected or void (status, not money)"),
        Column("reason", _S, "Why it was rejected or is no money; NULL otherwise", True),
        Column("line_date", _D, "The date as it was read; NULL when the line is rejected", True),
        Column("amount_brl", _M, "Amount in BRL with our sign; NULL when it has none", True),
        Column("transaction_id", _S, "The transaction that counts for this line; NULL when there is none", True),
        Column("own_id", _S, "The id that the line would have if its document counted; NULL when it is no money", True),
        Column(
            "matched_by",
            _S,
            "How the transaction was found: id (nothing changes with the source) or amount (of the bill or the day; "
            "the id changes with the source); NULL when there is none",
            True,
        ),
    ),
)

#: In the order of the documentation.
TABLES: Final = (
    TRANSACTIONS,
    BILLS,
    BALANCE_READINGS,
    REJECTS,
    TRANSACTION_SOURCES,
)
