"""The tables of insights that sum up and compare months, tell balances and what became of corrections."""

from typing import Final

from nubank_assets.domain.catalog.columns import (
    ACCOUNT,
    ACCOUNT_TYPE,
    AMOUNT,
    BASIS,
    BILL_STATE,
    CATEGORY,
    CORRECTION,
    DATE,
    FLOW,
    IS_OPEN,
    KIND,
    MONTH,
)
from nubank_assets.domain.tables import Column, ColumnType, Table
from nubank_assets.domain.vocabulary import Layer

_S, _I, _D, _M, _P, _B = (
    ColumnType.STRING,
    ColumnType.INTEGER,
    ColumnType.DATE,
    ColumnType.MONEY,
    ColumnType.PERCENT,
    ColumnType.BOOLEAN,
)

DAILY_TOTALS: Final = Table(
    "daily_totals",
    Layer.INSIGHTS,
    "one day of one account, by basis, state of bill, flow, category and kind",
    "What every day adds to its month; summaries and comparisons are sums of these",
    ("month", "basis", "account", "date", "bill_state", "flow", "category", "kind"),
    (
        MONTH,
        BASIS,
        ACCOUNT,
        ACCOUNT_TYPE,
        DATE,
        BILL_STATE,
        FLOW,
        CATEGORY,
        KIND,
        Column("seen", _D, "The last day that any document describes the account"),
        Column("position", _I, "Day of the month; of a card line by bill, days until the bill is due, negative"),
        IS_OPEN,
        Column("known_until", _I, "The position up to which the month is known; NULL when it is over", True),
        AMOUNT,
        Column("transactions", _I, "Number of lines"),
    ),
    partitioned=False,
)

_SUMMED: Final = (
    IS_OPEN,
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
    (MONTH, BASIS, *_SUMMED),
    partitioned=False,
)

ACCOUNT_MONTHLY_SUMMARY: Final = Table(
    "account_monthly_summary",
    Layer.INSIGHTS,
    "one month of one account on one basis",
    "`monthly_summary` for each account; over all accounts it adds up to it",
    ("month", "account", "account_type", "basis"),
    (MONTH, ACCOUNT, ACCOUNT_TYPE, BASIS, *_SUMMED),
    partitioned=False,
)

_COMPARED: Final = (
    Column("comparison", _S, "previous_month or previous_year"),
    Column("dimension", _S, "total, category (they add up to the expenses) or kind (to income plus expenses)"),
    Column("name", _S, "income or expenses for a total, else the category or kind"),
    IS_OPEN,
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
    (MONTH, BASIS, *_COMPARED),
    partitioned=False,
)

ACCOUNT_PERIOD_COMPARISON: Final = Table(
    "account_period_comparison",
    Layer.INSIGHTS,
    "one month of one account, compared once, for one category, kind or total",
    "`period_comparison` for each account, over the months that the account has",
    ("month", "account", "account_type", "basis", "comparison", "dimension", "name"),
    (MONTH, ACCOUNT, ACCOUNT_TYPE, BASIS, *_COMPARED),
    partitioned=False,
)

DAILY_BALANCES: Final = Table(
    "daily_balances",
    Layer.INSIGHTS,
    "one account on one day on which it moved or was observed",
    "Balance of an account at the end of each day: as observed, else derived from the nearest reading and movements",
    ("account", "date"),
    (
        MONTH,
        ACCOUNT,
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
    "one row of `corrections`",
    "What became of each correction over all months: the lines it changed, or why it changed none",
    ("correction",),
    (
        CORRECTION,
        Column("outcome", _S, "applied, waiting, unmatched, conflicting, replaced, not_an_expense or invalid"),
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

#: In the order of the documentation.
TABLES: Final = (
    DAILY_TOTALS,
    MONTHLY_SUMMARY,
    PERIOD_COMPARISON,
    ACCOUNT_MONTHLY_SUMMARY,
    ACCOUNT_PERIOD_COMPARISON,
    DAILY_BALANCES,
    CORRECTION_OUTCOMES,
)
