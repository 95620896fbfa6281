"""Every table of the lake, declared once: columns, types, nullability, description, key and grain.

A new table starts here. What fills it is a source or a transform; nothing here reads or computes.
Amounts are BRL with our sign (negative: money leaves the person or debt grows), dates are São Paulo days.
"""

from typing import Final

from nubank_assets.domain.tables import Column, ColumnType, Table, by_name
from nubank_assets.domain.vocabulary import Layer

_S, _I, _D, _T = ColumnType.STRING, ColumnType.INTEGER, ColumnType.DATE, ColumnType.TIMESTAMP
_M, _P, _B, _L = ColumnType.MONEY, ColumnType.PERCENT, ColumnType.BOOLEAN, ColumnType.LONG

_MONTH = Column(
    "month",
    _S,
    "Month as YYYY-MM: of a card line, when its bill is due; of an account line, its date; of a reading, its day",
)
_ACCOUNT = Column("account", _S, "The platform's name for the account (`--account`)")
_ACCOUNT_TYPE = Column("account_type", _S, "card or account")
_SOURCE = Column("source", _S, "Which source collected the document: exports, pynubank, pluggy, stated, sheets or demo")
_FORMAT = Column("format", _S, "Format of the document (domain/vocabulary.py DocumentFormat)")
_DOCUMENT = Column("document", _S, "Receipt of the document in the inbox: first 16 digits of its sha256, and its bill")
_DOCUMENT_NAME = Column("document_name", _S, "Name the file had when it was imported")
_LINE_NUMBER = Column("line_number", _I, "Line of the document, from 1")
_COLLECTED_AT = Column("collected_at", _T, "When the document was stored, UTC")
_AS_OF = Column("as_of", _T, "The moment the document describes: the OFX's own date, else the file's time, UTC")
_BILL = Column("bill", _S, "The bill within its account: its month, or its due date if two are due in a month", True)
_BILL_DUE = Column(
    "bill_due", _D, "Due date of the bill; NULL for account lines, or when only its month is known", True
)
_BILL_STATE = Column(
    "bill_state", _S, "closed, open or future when the document was made; NULL for account lines", True
)
_ID = Column("transaction_id", _S, "Stable identity: the same line has the same id on every import and engine")
_DATE = Column("date", _D, "Day of the line as its document dates it (São Paulo)")
_TITLE = Column("title", _S, "Title without control characters, documents of other people masked")
_AMOUNT = Column("amount_brl", _M, "Amount in BRL; negative when money leaves the person or debt grows")
_N = Column("installment", _I, "Which parcel this is; NULL when it is none", True)
_N_OF = Column("installments", _I, "Of how many parcels; NULL when it is none", True)
_MERCHANT = Column("merchant", _S, "Title without the installment suffix: merchant, person or kind of movement")
_KIND = Column("kind", _S, "What the line is (domain/vocabulary.py Kind)")
_FLOW = Column("flow", _S, "income, expense, expense_reduction or neutral")
_CATEGORY = Column("category", _S, "One of Nubank's twelve categories, or encargos", True)


def _explained(*, always: bool) -> tuple[Column, ...]:
    """Why a line has its category; where not every line has one (`always`), these may be NULL too."""
    return (
        Column("subcategory", _S, "What the merchant is within its category, where the shipped knowledge says", True),
        Column(
            "category_method",
            _S,
            "Who decided: correction (the person, of this line), memory, source, kind, rule or fallback",
            not always,
        ),
        Column(
            "category_rule",
            _S,
            "By what: the line of the shipped knowledge, the remembered merchant, or the kind; else NULL",
            True,
        ),
        Column("category_confidence", _I, "How sure it is, in percent (docs/categories.md)", not always),
        Column("category_version", _S, "The shipped rules and data that could decide", not always),
    )


_BASIS = Column("basis", _S, "bill: card lines count in the month their bill is due; date: by the line's own date")
_DETAILS: Final = (
    Column("occurred_at", _T, "Moment of the purchase, UTC, where a source knows it", True),
    Column("card_last_four", _S, "Last four digits of the card, where a source knows them", True),
    Column("merchant_code", _S, "Merchant category code (MCC), where a source knows it", True),
    Column("foreign_currency", _S, "Currency of a purchase abroad (ISO 4217), where a source knows it", True),
    Column(
        "foreign_amount", ColumnType.FOREIGN_MONEY, "Amount of a purchase abroad in its own currency, positive", True
    ),
    Column("included_iof_brl", _M, "IOF that the source counts into the purchase, positive", True),
)
_IS_OPEN = Column("is_open", _B, "The month is not over: its figures will still grow")

RAW_LINES: Final = Table(
    "raw_lines",
    Layer.RAW,
    "one line of one document",
    "Every line as its document says it, with where it came from and what became of it",
    ("document", "month", "line_number"),
    (
        _MONTH,
        _DOCUMENT,
        _DOCUMENT_NAME,
        _LINE_NUMBER,
        _SOURCE,
        _FORMAT,
        _ACCOUNT,
        _ACCOUNT_TYPE,
        _BILL,
        _BILL_DUE,
        _BILL_STATE,
        _AS_OF,
        _COLLECTED_AT,
        Column("raw_date", _S, "Date as written", True),
        Column("raw_title", _S, "Title as written", True),
        Column("raw_amount", _S, "Amount as written, with the document's own sign", True),
        Column("raw_category", _S, "Nubank's category as written; exports of 2018–2024 have it", True),
        Column("raw_identifier", _S, "Identificador or FITID as written", True),
        Column("raw_text", _S, "The whole line, kept when it could not be read", True),
        Column("statement_title", _S, "The title in the words of an export, where the source words it otherwise", True),
        Column("line_date", _D, "The date as it was read; NULL when the line is rejected", True),
        Column("centavos", _L, "The amount as it was read, in centavos with our sign; NULL when rejected", True),
        Column("line_state", _S, "current, superseded, duplicate, rejected or void (status, not money)"),
        Column("reason", _S, "Why a line is rejected (domain/vocabulary.py RejectReason)", True),
        Column("void_reason", _S, "Why a line is no money (domain/vocabulary.py VoidReason)", True),
        *_DETAILS,
    ),
)

RAW_DOCUMENTS: Final = Table(
    "raw_documents",
    Layer.RAW,
    "one document in one month",
    "Every document of the inbox with the count and the sum of its lines by what became of them",
    ("document", "month"),
    (
        _MONTH,
        _DOCUMENT,
        _DOCUMENT_NAME,
        _SOURCE,
        _FORMAT,
        _ACCOUNT,
        _ACCOUNT_TYPE,
        _BILL,
        _BILL_DUE,
        _BILL_STATE,
        _AS_OF,
        _COLLECTED_AT,
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
            "Total that the document itself states (LEDGERBAL of an OFX, Pluggy's total); NULL for others",
            True,
        ),
        Column("contradicts", _S, "The current closed document of the same bill that says otherwise", True),
    ),
)

RAW_READINGS: Final = Table(
    "raw_readings",
    Layer.RAW,
    "one observation by one document",
    "What documents say an account held, owed or allowed on a day",
    ("account", "reading", "document", "observed_on"),
    (
        _MONTH,
        _ACCOUNT,
        Column("reading", _S, "account_balance, card_limit, available_limit, open_bill or invested"),
        Column("observed_on", _D, "São Paulo day of the observation"),
        Column("raw_value", _S, "Value as the document states it or as its lines add up, in reais"),
        _AS_OF,
        _SOURCE,
        _FORMAT,
        _DOCUMENT,
    ),
)

_CORRECTION = Column("correction", _S, "Identity of the row: a hash of its cells, and its number among equal rows")

CORRECTIONS: Final = Table(
    "corrections",
    Layer.RAW,
    "one row of the worksheet `Correções`",
    "Every row in which a person corrects a category, verbatim and as it was read; those that count when it was made",
    ("correction",),
    (
        _CORRECTION,
        _DOCUMENT,
        Column("as_of", _T, "When the worksheet was first read as it is, UTC"),
        Column("raw_id", _S, "Transaction id as written", True),
        Column("raw_account", _S, "Account as written", True),
        Column("raw_bill", _S, "Bill or month as written; a date is its serial number", True),
        Column("raw_title", _S, "Title as written", True),
        Column("raw_amount", _S, "Amount as written", True),
        Column("raw_category", _S, "New category as written", True),
        Column("transaction_id", _S, "The line that is meant, by id", True),
        Column("account", _S, "Account of the lines that are meant", True),
        Column("bill", _S, "Month of their bill, of account lines their month, or a due date; NULL: of no bill", True),
        Column("amount_brl", _M, "Amount of the lines that are meant; its sign says nothing", True),
        Column("category", _S, "The category they get", True),
        Column("reason", _S, "Why the row cannot be used (domain/person_sheets.py RowProblem); NULL if it can", True),
    ),
    partitioned=False,
)

TRANSACTIONS: Final = Table(
    "transactions",
    Layer.CLEANED,
    "one line that counts",
    "Every line that counts, typed, once: card lines by bill, account lines by day",
    ("transaction_id",),
    (
        _ID,
        _MONTH,
        _ACCOUNT,
        _ACCOUNT_TYPE,
        _DATE,
        _TITLE,
        _MERCHANT,
        _AMOUNT,
        _N,
        _N_OF,
        Column("source_category", _S, "Nubank's own category, from whichever document of the bill has it", True),
        Column("identifier", _S, "Identificador or FITID", True),
        _BILL,
        _BILL_DUE,
        _BILL_STATE,
        _AS_OF,
        _SOURCE,
        _FORMAT,
        _DOCUMENT,
        _LINE_NUMBER,
        _COLLECTED_AT,
        *_DETAILS,
    ),
)

BILLS: Final = Table(
    "bills",
    Layer.CLEANED,
    "one bill of one card",
    "Each bill by its current document, with the total it should have and the proof",
    ("account", "bill"),
    (
        _MONTH,
        _ACCOUNT,
        Column("bill", _S, "The bill within its account: its month, or its due date if two are due in a month"),
        _BILL_DUE,
        Column("bill_state", _S, "closed, open or future"),
        _AS_OF,
        _DOCUMENT,
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
        _MONTH,
        _ACCOUNT,
        Column("reading", _S, "account_balance, card_limit, available_limit, open_bill or invested"),
        Column("observed_on", _D, "São Paulo day of the observation"),
        Column("value_brl", _M, "Balances and limits are positive when the person has them; an open bill is owed, < 0"),
        _AS_OF,
        _SOURCE,
        _DOCUMENT,
    ),
)

REJECTS: Final = Table(
    "rejects",
    Layer.CLEANED,
    "one line that could not be read",
    "Every line that could not be read, with its reason and its text",
    ("document", "line_number"),
    (
        _MONTH,
        _DOCUMENT,
        _DOCUMENT_NAME,
        _LINE_NUMBER,
        _SOURCE,
        _ACCOUNT,
        Column("reason", _S, "Why (domain/vocabulary.py RejectReason)"),
        Column("text", _S, "The line as written, documents of other people masked"),
    ),
)

TRANSACTION_SOURCES: Final = Table(
    "transaction_sources",
    Layer.CLEANED,
    "one line of one document",
    "What came from where: every line of every document, and the transaction it tells of",
    ("document", "month", "line_number"),
    (
        _MONTH,
        _ACCOUNT,
        _DOCUMENT,
        _LINE_NUMBER,
        _SOURCE,
        _FORMAT,
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

CATEGORIZED_TRANSACTIONS: Final = Table(
    "categorized_transactions",
    Layer.CATEGORIZED,
    "one line that counts",
    "Every line of `transactions` with what it is, what it does to the month, and its category",
    ("transaction_id",),
    (
        _ID,
        _MONTH,
        _ACCOUNT,
        _ACCOUNT_TYPE,
        _DATE,
        _TITLE,
        _MERCHANT,
        _AMOUNT,
        _KIND,
        _FLOW,
        _CATEGORY,
        *_explained(always=False),
        Column("correction", _S, "The row of `corrections` that decided, the first if several say the same", True),
        Column("uncorrected_category", _S, "The category without that correction; NULL where there is none", True),
        _N,
        _N_OF,
        _BILL,
        _BILL_DUE,
        _BILL_STATE,
        _AS_OF,
    ),
)

CARD_TRANSACTIONS: Final = Table(
    "card_transactions",
    Layer.CATEGORIZED,
    "one purchase or one parcel on a card",
    "Purchases, parcels and Pix on credit, those of future bills included; answers the original's `transacoes`",
    ("transaction_id",),
    (
        _ID,
        _MONTH,
        _ACCOUNT,
        _DATE,
        _TITLE,
        _MERCHANT,
        _AMOUNT,
        _KIND,
        Column("category", _S, "One of Nubank's twelve categories, or encargos"),
        *_explained(always=True),
        _N,
        _N_OF,
        _BILL_DUE,
        Column("bill_state", _S, "closed, open or future"),
    ),
)

EXPENSES: Final = Table(
    "expenses",
    Layer.CATEGORIZED,
    "one line that is spending, or takes some back",
    "Spending of the month, refunds counted against it, without future bills; answers the original's `despesas`",
    ("transaction_id",),
    (
        _ID,
        _MONTH,
        _ACCOUNT,
        _ACCOUNT_TYPE,
        _DATE,
        _TITLE,
        _MERCHANT,
        _AMOUNT,
        _KIND,
        _FLOW,
        Column("category", _S, "One of Nubank's twelve categories, or encargos"),
        *_explained(always=True),
    ),
)

INCOME: Final = Table(
    "income",
    Layer.CATEGORIZED,
    "one line that is income",
    "Money earned or given, without redemptions, own transfers and loans; answers the original's `receitas`",
    ("transaction_id",),
    (_ID, _MONTH, _ACCOUNT, _DATE, _TITLE, _MERCHANT, _AMOUNT, _KIND),
)

INSTALLMENTS: Final = Table(
    "installments",
    Layer.CATEGORIZED,
    "one parcel of one plan",
    "Parcels with the plan they belong to, those of future bills included",
    ("plan_id", "transaction_id"),
    (
        _MONTH,
        Column("plan_id", _S, "Identity of the plan: account, merchant, number of parcels and first month"),
        _ID,
        _ACCOUNT,
        _MERCHANT,
        Column("installment", _I, "Which parcel this is"),
        Column("installments", _I, "Of how many parcels"),
        _AMOUNT,
        Column("first_month", _S, "Month of the first parcel, YYYY-MM"),
        Column("last_month", _S, "Month of the last parcel, YYYY-MM"),
        Column("remaining_installments", _I, "Parcels after this one"),
        Column("bill_state", _S, "closed, open or future"),
    ),
)

ACCOUNT_BALANCES: Final = Table(
    "account_balances",
    Layer.CATEGORIZED,
    "one account on one day it was observed",
    "Balance of an account on the days it is known; answers the original's `saldo`",
    ("account", "date"),
    (
        _MONTH,
        _ACCOUNT,
        Column("date", _D, "Day of the observation (São Paulo)"),
        Column("balance_brl", _M, "Balance in BRL"),
        Column("invested_brl", _M, "Money in RDB deposits, where a source says it on the same day", True),
    ),
)

CREDIT_LIMITS: Final = Table(
    "credit_limits",
    Layer.CATEGORIZED,
    "one card on one day it was observed",
    "Open bill and limits of a card on the days any is known; NULL is unknown; answers the original's `limite`",
    ("account", "date"),
    (
        _MONTH,
        _ACCOUNT,
        Column("date", _D, "Day of the observation (São Paulo)"),
        Column("open_bill_brl", _M, "Amount of the open bill; negative is owed", True),
        Column("available_limit_brl", _M, "Limit still available", True),
        Column("limit_brl", _M, "Total limit", True),
    ),
)

DAILY_TOTALS: Final = Table(
    "daily_totals",
    Layer.INSIGHTS,
    "one day of one account, by basis, state of bill, flow, category and kind",
    "What every day adds to its month; summaries and comparisons are sums of these",
    ("month", "basis", "account", "date", "bill_state", "flow", "category", "kind"),
    (
        _MONTH,
        _BASIS,
        _ACCOUNT,
        _ACCOUNT_TYPE,
        _DATE,
        _BILL_STATE,
        _FLOW,
        _CATEGORY,
        _KIND,
        Column("seen", _D, "The last day that any document describes the account"),
        Column("position", _I, "Day of the month; of a card line by bill, days until the bill is due, negative"),
        _IS_OPEN,
        Column("known_until", _I, "The position up to which the month is known; NULL when it is over", True),
        _AMOUNT,
        Column("transactions", _I, "Number of lines"),
    ),
    partitioned=False,
)

_SUMMED: Final = (
    _IS_OPEN,
    Column("income_brl", _M, "Income"),
    Column("expenses_brl", _M, "Spending after refunds, without future bills; negative"),
    Column("net_brl", _M, "income_brl + expenses_brl"),
    Column("card_expenses_brl", _M, "The part of expenses_brl on cards"),
    Column("account_expenses_brl", _M, "The part of expenses_brl on accounts"),
    Column("charges_brl", _M, "The part of expenses_brl that is interest, fees and IOF (encargos)"),
    Column("neutral_brl", _M, "Sum of neutral lines: bill payments, own transfers, investments, loans"),
    Column("future_brl", _M, "Sum of the lines of future bills, in no other column"),
    Column("transactions", _I, "Lines counted, future ones included"),
)

MONTHLY_SUMMARY: Final = Table(
    "monthly_summary",
    Layer.INSIGHTS,
    "one month on one basis",
    "What came in, what went out and what is left, month by month, all accounts together",
    ("month", "basis"),
    (_MONTH, _BASIS, *_SUMMED),
    partitioned=False,
)

ACCOUNT_MONTHLY_SUMMARY: Final = Table(
    "account_monthly_summary",
    Layer.INSIGHTS,
    "one month of one account on one basis",
    "`monthly_summary` for each account; over all accounts it adds up to it",
    ("month", "account", "account_type", "basis"),
    (_MONTH, _ACCOUNT, _ACCOUNT_TYPE, _BASIS, *_SUMMED),
    partitioned=False,
)

_COMPARED: Final = (
    Column("comparison", _S, "previous_month or previous_year"),
    Column("dimension", _S, "total, category (they add up to the expenses) or kind (to income plus expenses)"),
    Column("name", _S, "income or expenses for a total, else the category or kind"),
    _IS_OPEN,
    Column("compared_month", _S, "The month compared with, YYYY-MM"),
    Column("amount_brl", _M, "Amount of the month"),
    Column("compared_brl", _M, "Amount of the compared month, of the same days if the month is open"),
    Column("difference_brl", _M, "amount_brl minus compared_brl"),
    Column("change_percent", _P, "Difference in percent of compared_brl's size; NULL when that is zero", True),
)

PERIOD_COMPARISON: Final = Table(
    "period_comparison",
    Layer.INSIGHTS,
    "one month, compared once, for one category, kind or total",
    "Each month against the month before and the same month a year before; an open month against the same days",
    ("month", "basis", "comparison", "dimension", "name"),
    (_MONTH, _BASIS, *_COMPARED),
    partitioned=False,
)

ACCOUNT_PERIOD_COMPARISON: Final = Table(
    "account_period_comparison",
    Layer.INSIGHTS,
    "one month of one account, compared once, for one category, kind or total",
    "`period_comparison` for each account, over the months that the account has",
    ("month", "account", "account_type", "basis", "comparison", "dimension", "name"),
    (_MONTH, _ACCOUNT, _ACCOUNT_TYPE, _BASIS, *_COMPARED),
    partitioned=False,
)

DAILY_BALANCES: Final = Table(
    "daily_balances",
    Layer.INSIGHTS,
    "one account on one day on which it moved or was observed",
    "Balance of an account at the end of each day: as observed, else derived from the nearest reading and movements",
    ("account", "date"),
    (
        _MONTH,
        _ACCOUNT,
        Column("date", _D, "Day (São Paulo)"),
        Column("movements_brl", _M, "What the account's lines of the day add up to"),
        Column("balance_brl", _M, "Balance in BRL; no account that was never observed is here"),
        Column("is_observed", _B, "A source or the person stated it on this day; else it is derived"),
        Column(
            "unexplained_brl",
            _M,
            "What a reading differs from the one before plus the movements between, when no movement of the two days "
            "themselves can explain it; NULL on days without a reading and for the first one",
            True,
        ),
    ),
    partitioned=False,
)

CORRECTION_OUTCOMES: Final = Table(
    "correction_outcomes",
    Layer.INSIGHTS,
    "one row of the worksheet `Correções`",
    "What became of each correction over all months: the lines it changed, or why it changed none",
    ("correction",),
    (
        _CORRECTION,
        Column("outcome", _S, "applied, waiting, unmatched, conflicting, not_an_expense or invalid"),
        Column("reason", _S, "Why an invalid row cannot be used (domain/person_sheets.py RowProblem)", True),
        Column("conflicts_with", _S, "The corrections that say another category of the same lines", True),
        Column("transaction_id", _S, "The line that is meant, by id", True),
        Column("account", _S, "Account of the lines that are meant", True),
        Column("bill", _S, "Month of their bill, of account lines their month, or a due date", True),
        Column("title", _S, "Their title, documents of other people masked", True),
        Column("category", _S, "The category they get", True),
        Column("uncorrected_categories", _S, "The categories that the changed lines would have without it", True),
        Column("matched_lines", _I, "Lines it means"),
        Column("applied_lines", _I, "Lines that have its category because of it"),
        Column("months", _S, "The months of the lines it means", True),
        Column("amount_brl", _M, "Sum of the lines that have its category because of it"),
    ),
    partitioned=False,
)

TABLES: Final[dict[str, Table]] = by_name(
    (
        RAW_LINES,
        RAW_DOCUMENTS,
        RAW_READINGS,
        CORRECTIONS,
        TRANSACTIONS,
        BILLS,
        BALANCE_READINGS,
        REJECTS,
        TRANSACTION_SOURCES,
        CATEGORIZED_TRANSACTIONS,
        CARD_TRANSACTIONS,
        EXPENSES,
        INCOME,
        INSTALLMENTS,
        ACCOUNT_BALANCES,
        CREDIT_LIMITS,
        DAILY_TOTALS,
        MONTHLY_SUMMARY,
        PERIOD_COMPARISON,
        ACCOUNT_MONTHLY_SUMMARY,
        ACCOUNT_PERIOD_COMPARISON,
        DAILY_BALANCES,
        CORRECTION_OUTCOMES,
    )
)


def tables_of(layer: Layer) -> list[Table]:
    """The tables of one layer, in the order of their declaration."""
    return [table for table in TABLES.values() if table.layer is layer]
