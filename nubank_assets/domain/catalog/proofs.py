"""The tables of insights that prove: bills, their payments, accounts, and what documents cover."""

from typing import Final

from nubank_assets.domain.catalog.columns import ACCOUNT, ACCOUNT_TYPE, AS_OF, BILL_DUE, DOCUMENT, MONTH
from nubank_assets.domain.tables import Column, ColumnType, Table
from nubank_assets.domain.vocabulary import Layer

_S, _I, _D, _T, _M = (
    ColumnType.STRING,
    ColumnType.INTEGER,
    ColumnType.DATE,
    ColumnType.TIMESTAMP,
    ColumnType.MONEY,
)

_BILL: Final = Column("bill", _S, "The bill within its account: its month, or its due date if two are due in a month")

_STATED: Final = (
    Column("stated_brl", _M, "The total as it is stated; NULL when nobody states it", True),
    Column("stated_by", _S, "Who does: ofx, pynubank, pluggy, or the person", True),
)

BILL_DUES: Final = Table(
    "bill_dues",
    Layer.INSIGHTS,
    "one bill of one card",
    "What each bill charges by itself, what is stated of it, and which follows it: what proofs and payments stand on",
    ("account", "bill"),
    (
        MONTH,
        ACCOUNT,
        _BILL,
        BILL_DUE,
        Column("bill_state", _S, "closed, open or future"),
        AS_OF,
        DOCUMENT,
        Column("total_brl", _M, "Its lines without payments received; negative is owed"),
        Column("received_brl", _M, "Payments received in its cycle, those taken back subtracted"),
        Column("carried_brl", _M, "Its lines that carry what earlier bills charged; often 0, for they come in pairs"),
        Column("carried_credit_brl", _M, "The credits among them"),
        *_STATED,
        Column("stated_in", _S, "The document that states it; NULL when it was observed, or nobody does", True),
        Column("stated_lines_brl", _M, "What that document's own lines come to, without payments", True),
        Column("due_brl", _M, "What it charges by itself, without what it carries from bills that are here too"),
        Column("owed_brl", _M, "What is to be settled of it, positive: its dues, and payments that were taken back"),
        Column("owed_before_brl", _M, "What it says was owed of bills that are not here, positive"),
        Column("pay_until", _D, "The last day to pay: the Monday after a weekend; of an unknown day its month's last"),
        Column("place", _I, "Its place among the bills of the card, from 1"),
        Column("chain", _I, "Bills of months without a gap between them have the same"),
        Column("next_bill", _S, "The bill that follows in the chain", True),
        Column("next_bill_state", _S, "Its state", True),
        Column("next_as_of", _T, "The moment its document describes, UTC", True),
    ),
    partitioned=False,
)

BILL_PAYMENTS: Final = Table(
    "bill_payments",
    Layer.INSIGHTS,
    "one payment and one bill that it settles",
    "Which payment settles which bill, and how much of it: the oldest that is still owed first",
    ("account", "paid_in", "settled_by", "transaction_id", "bill"),
    (
        MONTH,
        ACCOUNT,
        Column("bill", _S, "The bill that is settled; NULL when no document has it, or nothing is owed yet", True),
        Column("paid_in", _S, "The bill whose document has the payment, or that gives money back"),
        Column("settled_by", _S, "payment, or credit: a bill that gives money back"),
        Column("transaction_id", _S, "The line of the payment; NULL for a credit", True),
        Column("date", _D, "Day of the payment; NULL for a credit", True),
        Column("amount_brl", _M, "The part of it that settles the bill; negative when a payment was taken back"),
        Column(
            "timing",
            _S,
            "early, on_time, late, due_unknown, from_credit, unknown_bill, unused or returned (docs/proofs.md)",
        ),
    ),
    partitioned=False,
)

BILL_DIFFERENCES: Final = Table(
    "bill_differences",
    Layer.INSIGHTS,
    "one cause of one bill's difference",
    "What lies between the total that is stated of a bill and what its lines add up to; the parts add up to it",
    ("account", "bill", "cause"),
    (
        MONTH,
        ACCOUNT,
        _BILL,
        Column("cause", _S, "What it is (domain/proof_words.py DifferenceCause); unexplained is what is left"),
        Column("amount_brl", _M, "Its part of difference_brl"),
    ),
    partitioned=False,
)

BILL_PROOFS: Final = Table(
    "bill_proofs",
    Layer.INSIGHTS,
    "one bill of one card",
    "Each bill: its lines against the issuer's total, and how it was paid",
    ("account", "bill"),
    (
        MONTH,
        ACCOUNT,
        _BILL,
        BILL_DUE,
        Column("bill_state", _S, "closed, open or future"),
        Column("total_brl", _M, "Its lines without payments received; negative is owed"),
        Column("received_brl", _M, "Payments received in its cycle, which settle what is owed by then"),
        *_STATED,
        Column("difference_brl", _M, "stated_brl minus total_brl; NULL when no total is stated", True),
        Column("unexplained_brl", _M, "The part of it that nothing explains; NULL when no total is stated", True),
        Column("causes", _S, "What explains the rest, as in `bill_differences`; NULL when nothing differs", True),
        Column("proof", _S, "proven, differs, unstated or not_closed"),
        Column("due_brl", _M, "What it charges by itself, without what it carries from bills that are here too"),
        Column("paid_brl", _M, "What settled it"),
        Column("first_paid_on", _D, "Day of the first payment that settled any of it", True),
        Column("last_paid_on", _D, "Day of the last one", True),
        Column("carried_brl", _M, "What was open of it when the next bill closed; NULL when that is not known", True),
        Column("open_brl", _M, "What is open of it as far as is known, 0 or below; NULL when that is not known", True),
        Column("settlement", _S, "How it was paid (domain/proof_words.py BillSettlement)"),
    ),
    partitioned=False,
)

ACCOUNT_PROOFS: Final = Table(
    "account_proofs",
    Layer.INSIGHTS,
    "one account in one month, or between two stated balances",
    "Opening balance, what came in, what went out, closing balance, and what is missing between them",
    ("account", "span", "first_day"),
    (
        ACCOUNT,
        Column("span", _S, "month, or readings: the days between two balances that were stated"),
        MONTH,
        Column("first_day", _D, "First day of the span"),
        Column("last_day", _D, "Last day of the span"),
        Column("opening_brl", _M, "Balance before the first day; NULL when none was ever stated", True),
        Column("came_in_brl", _M, "What came in"),
        Column("went_out_brl", _M, "What went out, negative"),
        Column("closing_brl", _M, "Balance after the last day; NULL when none was ever stated", True),
        Column("difference_brl", _M, "closing_brl minus all before it; NULL when no balance is known", True),
        Column(
            "unexplained_brl",
            _M,
            "The part of it that no movement of a day can explain that still ran when its balance was stated",
            True,
        ),
        Column("proof", _S, "proven, differs, running_day, half_stated, unstated or running (docs/proofs.md)"),
    ),
    partitioned=False,
)

STATEMENT_COVERAGE: Final = Table(
    "statement_coverage",
    Layer.INSIGHTS,
    "one stretch of days of an account, or one or more months of a card's bills",
    "What documents tell of, what several do, and what none does though others tell of before and after",
    ("account", "account_type", "first_month", "first_day"),
    (
        ACCOUNT,
        ACCOUNT_TYPE,
        Column("first_month", _S, "Month of the first day, or of the first bill"),
        Column("last_month", _S, "Month of the last day, or of the last bill"),
        Column("first_day", _D, "First day; NULL for bills", True),
        Column("last_day", _D, "Last day; NULL for bills", True),
        Column("coverage", _S, "covered, overlap or gap"),
        Column("documents", _I, "Documents that tell of it"),
        Column("repeated_lines", _I, "Lines of theirs that do not count, because another document's do"),
        Column("period_by", _S, "document: it says which days it covers; lines: from its first to its last line", True),
    ),
    partitioned=False,
)

#: In the order of the documentation.
TABLES: Final = (BILL_PROOFS, BILL_PAYMENTS, BILL_DIFFERENCES, BILL_DUES, ACCOUNT_PROOFS, STATEMENT_COVERAGE)
