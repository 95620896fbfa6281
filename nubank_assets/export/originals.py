"""The original project's five worksheets, with its very titles, columns and order in every language.

A report built on the original keeps working on them; the columns to their right say whose each row is, and what a
person needs to correct it: its id, its bill (of a line of an account: its month), its category and who decided that.
The platform's own worksheets are in ``worksheets.py``.
"""

from typing import Final

import pyarrow.compute as pc

from nubank_assets.domain import catalog
from nubank_assets.domain.vocabulary import BillState
from nubank_assets.export import cells
from nubank_assets.export.sheet import CellType, Order, SheetColumn, Worksheet, money, spending

_NEWEST_FIRST: Final = (Order("date", is_descending=True), Order("transaction_id"))
_NEWEST_READING: Final = (Order("date", is_descending=True), Order("account"))
_ACCOUNT: Final = SheetColumn("conta", CellType.TEXT, 14, ("account",))
_ID: Final = SheetColumn("id", CellType.TEXT, 20, ("transaction_id",))
#: Why a line has its category.
_EXPLAINED: Final = (
    SheetColumn("categoria_por", CellType.WORD, 16, ("category_method",), cells.word("method")),
    SheetColumn("regra", CellType.TEXT, 22, ("category_rule",)),
    SheetColumn("confianca", CellType.INTEGER, 11, ("category_confidence",)),
)

TRANSACTIONS: Final = Worksheet(
    "Transacao",
    catalog.CARD_TRANSACTIONS,
    (
        SheetColumn("time", CellType.DATE, 12, ("date",)),
        SheetColumn("category", CellType.WORD, 15, ("category",), cells.word("category")),
        SheetColumn("description", CellType.TEXT, 36, ("merchant",)),
        SheetColumn("title", CellType.TEXT, 42, ("title",)),
        spending("amount", "amount_brl"),
        SheetColumn("qtd_parcelas", CellType.INTEGER, 13, ("installments",), cells.or_one),
        SheetColumn("parcela", CellType.INTEGER, 10, ("installment",), cells.or_one),
        _ACCOUNT,
        _ID,
        SheetColumn("fatura", CellType.TEXT, 10, ("month",)),
        *_EXPLAINED,
    ),
    _NEWEST_FIRST,
    where=pc.field("bill_state") != BillState.FUTURE.value,
    where_columns=("bill_state",),
)

INCOME: Final = Worksheet(
    "Receitas",
    catalog.INCOME,
    (
        SheetColumn("postDate", CellType.DATE, 12, ("date",)),
        SheetColumn("title", CellType.TEXT, 60, ("title",)),
        money("amount", "amount_brl"),
        _ACCOUNT,
        _ID,
    ),
    _NEWEST_FIRST,
)

EXPENSES: Final = Worksheet(
    "Despesas",
    catalog.EXPENSES,
    (
        SheetColumn("postDate", CellType.DATE, 12, ("date",)),
        SheetColumn("title", CellType.TEXT, 60, ("title",)),
        spending("amount", "amount_brl"),
        _ACCOUNT,
        _ID,
        SheetColumn("fatura_ou_mes", CellType.TEXT, 15, ("month",)),
        SheetColumn("categoria", CellType.WORD, 15, ("category",), cells.word("category")),
        *_EXPLAINED,
    ),
    _NEWEST_FIRST,
)

LIMITS: Final = Worksheet(
    "Limite",
    catalog.CREDIT_LIMITS,
    (
        SheetColumn("Data", CellType.DATE, 12, ("date",)),
        spending("Fatura_atual", "open_bill_brl", width=18, says_unknown=True),
        money("Limite_disponivel", "available_limit_brl", width=18, says_unknown=True),
        money("limite", "limit_brl", width=18, says_unknown=True),
        _ACCOUNT,
    ),
    _NEWEST_READING,
)

BALANCES: Final = Worksheet(
    "Saldo",
    catalog.ACCOUNT_BALANCES,
    (SheetColumn("Data", CellType.DATE, 12, ("date",)), money("Saldo", "balance_brl", width=18), _ACCOUNT),
    _NEWEST_READING,
)
