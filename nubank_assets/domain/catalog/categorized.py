"""The tables of categorized_tables: what each line is."""

from typing import Final

from nubank_assets.domain.catalog.columns import (
    ACCOUNT,
    ACCOUNT_TYPE,
    AMOUNT,
    AS_OF,
    BILL,
    BILL_DUE,
    BILL_STATE,
    CATEGORY,
    DATE,
    FLOW,
    ID,
    IDENTIFIER,
    KIND,
    MERCHANT,
    MONTH,
    N_OF,
    TITLE,
    N,
    explained,
)
from nubank_assets.domain.tables import Column, ColumnType, Table
from nubank_assets.domain.vocabulary import Layer

_S, _I, _D, _M = ColumnType.STRING, ColumnType.INTEGER, ColumnType.DATE, ColumnType.MONEY

CATEGORIZED_TRANSACTIONS: Final = Table(
    "categorized_transactions",
    Layer.CATEGORIZED,
    "one line that counts",
    "Every line of `transactions` with what it is, what it does to the month, and its category",
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
        KIND,
        FLOW,
        CATEGORY,
        *explained(always=False),
        Column("correction", _S, "The row of `corrections` that decided, the first if several say the same", True),
        Column("uncorrected_category", _S, "The category without that correction; NULL where there is none", True),
        Column("own_rule", _S, "The row of `rules` that decided; NULL where none did", True),
        N,
        N_OF,
        IDENTIFIER,
        BILL,
        BILL_DUE,
        BILL_STATE,
        AS_OF,
    ),
)

CARD_TRANSACTIONS: Final = Table(
    "card_transactions",
    Layer.CATEGORIZED,
    "one purchase or one parcel on a card",
    "Purchases, parcels and Pix on credit, those of future bills included; answers the original's `transacoes`",
    ("transaction_id",),
    (
        ID,
        MONTH,
        ACCOUNT,
        DATE,
        TITLE,
        MERCHANT,
        AMOUNT,
        KIND,
        Column("category", _S, "One of Nubank's twelve categories, or encargos"),
        *explained(always=True),
        N,
        N_OF,
        BILL_DUE,
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
        ID,
        MONTH,
        ACCOUNT,
        ACCOUNT_TYPE,
        DATE,
        TITLE,
        MERCHANT,
        AMOUNT,
        KIND,
        FLOW,
        Column("category", _S, "One of Nubank's twelve categories, or encargos"),
        *explained(always=True),
    ),
)

INCOME: Final = Table(
    "income",
    Layer.CATEGORIZED,
    "one line that is income",
    "Money earned or given, without redemptions, own transfers and loans; answers the original's `receitas`",
    ("transaction_id",),
    (ID, MONTH, ACCOUNT, DATE, TITLE, MERCHANT, AMOUNT, KIND),
)

INSTALLMENTS: Final = Table(
    "installments",
    Layer.CATEGORIZED,
    "one parcel of one plan",
    "Parcels as their bills have them, those of future bills included; the plan of each is in `plan_lines`",
    ("transaction_id",),
    (
        ID,
        MONTH,
        ACCOUNT,
        DATE,
        MERCHANT,
        CATEGORY,
        Column("plan_kind", _S, "purchase, financed (split up by the bank) or pix_on_credit"),
        Column("installment", _I, "Which parcel this is"),
        Column("installments", _I, "Of how many parcels"),
        AMOUNT,
        Column("is_early", ColumnType.BOOLEAN, "Paid before its own bill (`Antecipada`)"),
        Column("purchased_on", _D, "Day of the purchase, where the line tells it", True),
        Column("first_month", _S, "Month of the first parcel, YYYY-MM; NULL for one paid early", True),
        Column("last_month", _S, "Month of the last parcel, YYYY-MM; NULL for one paid early", True),
        Column("remaining_installments", _I, "Parcels after this one"),
        Column("bill_state", _S, "closed, open or future"),
        AS_OF,
    ),
)

ACCOUNT_BALANCES: Final = Table(
    "account_balances",
    Layer.CATEGORIZED,
    "one account on one day it was observed",
    "Balance of an account on the days it is known; answers the original's `saldo`",
    ("account", "date"),
    (
        MONTH,
        ACCOUNT,
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
        MONTH,
        ACCOUNT,
        Column("date", _D, "Day of the observation (São Paulo)"),
        Column("open_bill_brl", _M, "Amount of the open bill; negative is owed", True),
        Column("available_limit_brl", _M, "Limit still available", True),
        Column("limit_brl", _M, "Total limit", True),
    ),
)

#: In the order of the documentation.
TABLES: Final = (
    CATEGORIZED_TRANSACTIONS,
    CARD_TRANSACTIONS,
    EXPENSES,
    INCOME,
    INSTALLMENTS,
    ACCOUNT_BALANCES,
    CREDIT_LIMITS,
)
