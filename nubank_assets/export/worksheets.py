"""The worksheets, declared once for the workbook and for any other place that has worksheets.

A new worksheet is one more declaration here. How its rows are read is in ``rows.py``; how it looks is for the
destination.
"""

from dataclasses import dataclass
from decimal import Decimal
from functools import reduce
from operator import and_
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from nubank_assets.domain import catalog
from nubank_assets.domain.tables import Table
from nubank_assets.domain.vocabulary import Basis, BillState
from nubank_assets.export import columns as c
from nubank_assets.export.columns import CellType, SheetColumn


@dataclass(frozen=True)
class Order:
    """One key of a worksheet's order; with `ranks`, by the place of the value among them."""

    column: str
    is_descending: bool = False
    ranks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Worksheet:
    """One worksheet: the table it shows, its columns from left to right, which rows, in which order.

    `title` is a key of ``labels.py``. A worksheet of the original (`is_original`) has its very title and headers
    in every language and nothing above its header; any other has its title and the sentence `intro` there.
    `empty` is the sentence shown when there are no rows.
    """

    title: str
    table: Table
    columns: tuple[SheetColumn, ...]
    order: tuple[Order, ...]
    where: pc.Expression | None = None
    where_columns: tuple[str, ...] = ()
    intro: str | None = None
    empty: str = "sheet_no_data"

    @property
    def is_original(self) -> bool:
        """Whether reports built on the original read this worksheet."""
        return self.intro is None


_BY_BILL: Final = pc.field("basis") == Basis.BILL.value
_ZERO: Final = pa.scalar(Decimal(0), pa.decimal128(18, 2))
_ALL_ZERO: Final = reduce(and_, (pc.field(f"{name}_brl") == _ZERO for name in ("income", "expenses", "neutral")))
_NAMED: Final = ("dimension", "name")
_MONTH: Final = SheetColumn("column.month", CellType.MONTH, 11, ("month",), c.month_start)
_NEWEST_FIRST: Final = (Order("date", is_descending=True), Order("transaction_id"))
_NEWEST_READING: Final = (Order("date", is_descending=True), Order("account"))


def _money(label: str, source: str, *, width: int = 14) -> SheetColumn:
    return SheetColumn(label, CellType.MONEY, width, (source,))


def _spent(label: str, source: str, *, width: int = 14, says_unknown: bool = False) -> SheetColumn:
    return SheetColumn(label, CellType.MONEY, width, (source,), c.negated, says_unknown)


def _known(label: str, source: str) -> SheetColumn:
    return SheetColumn(label, CellType.MONEY, 18, (source,), says_unknown=True)


def _compared(label: str, source: str) -> SheetColumn:
    return SheetColumn(label, CellType.MONEY, 16, (*_NAMED, source), c.compared_amount)


#: Months that hold nothing but future bills are not shown: all their figures are zero.
SUMMARY: Final = Worksheet(
    "sheet.summary",
    catalog.MONTHLY_SUMMARY,
    (
        _MONTH,
        _money("column.income", "income_brl"),
        _spent("column.expenses", "expenses_brl"),
        _money("column.net", "net_brl"),
        _spent("column.card_expenses", "card_expenses_brl"),
        _spent("column.account_expenses", "account_expenses_brl"),
        _spent("column.charges", "charges_brl"),
        SheetColumn("column.month_state", CellType.WORD, 11, ("is_open",), c.month_state),
        SheetColumn("column.bill_state", CellType.WORD, 11, ("bill_state",), c.bill_state),
    ),
    (Order("month", is_descending=True),),
    where=_BY_BILL & ~(_ALL_ZERO & (pc.field("future_brl") != _ZERO)),
    where_columns=("basis", "neutral_brl", "future_brl"),
    intro="sheet_intro_summary",
)

COMPARISON: Final = Worksheet(
    "sheet.comparison",
    catalog.PERIOD_COMPARISON,
    (
        _MONTH,
        SheetColumn("column.comparison", CellType.WORD, 16, ("comparison",), c.word("comparison")),
        SheetColumn("column.compared_month", CellType.MONTH, 13, ("compared_month",), c.month_start),
        SheetColumn("column.compared_days", CellType.WORD, 13, ("is_open",), c.compared_days),
        SheetColumn("column.dimension", CellType.WORD, 11, ("dimension",), c.word("dimension")),
        SheetColumn("column.name", CellType.WORD, 26, _NAMED, "{}.{}".format),
        _compared("column.amount", "amount_brl"),
        _compared("column.compared_amount", "compared_brl"),
        _compared("column.difference", "difference_brl"),
        SheetColumn("column.change", CellType.PERCENT, 11, (*_NAMED, "change_percent"), c.compared_change),
    ),
    (
        Order("month", is_descending=True),
        Order("comparison"),
        Order("dimension", ranks=("total", "category", "kind")),
        Order("amount_brl"),
        Order("name"),
    ),
    where=_BY_BILL,
    where_columns=("basis",),
    intro="sheet_intro_comparison",
)

TRANSACTIONS: Final = Worksheet(
    "Transacao",
    catalog.CARD_TRANSACTIONS,
    (
        SheetColumn("time", CellType.DATE, 12, ("date",)),
        SheetColumn("category", CellType.WORD, 15, ("category",), c.word("category")),
        SheetColumn("description", CellType.TEXT, 36, ("merchant",)),
        SheetColumn("title", CellType.TEXT, 42, ("title",)),
        _spent("amount", "amount_brl"),
        SheetColumn("qtd_parcelas", CellType.INTEGER, 13, ("installments",), c.or_one),
        SheetColumn("parcela", CellType.INTEGER, 10, ("installment",), c.or_one),
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
        _money("amount", "amount_brl"),
    ),
    _NEWEST_FIRST,
)

EXPENSES: Final = Worksheet(
    "Despesas",
    catalog.EXPENSES,
    (
        SheetColumn("postDate", CellType.DATE, 12, ("date",)),
        SheetColumn("title", CellType.TEXT, 60, ("title",)),
        _spent("amount", "amount_brl"),
    ),
    _NEWEST_FIRST,
)

LIMITS: Final = Worksheet(
    "Limite",
    catalog.CREDIT_LIMITS,
    (
        SheetColumn("Data", CellType.DATE, 12, ("date",)),
        _spent("Fatura_atual", "open_bill_brl", width=18, says_unknown=True),
        _known("Limite_disponivel", "available_limit_brl"),
        _known("limite", "limit_brl"),
    ),
    _NEWEST_READING,
)

BALANCES: Final = Worksheet(
    "Saldo",
    catalog.ACCOUNT_BALANCES,
    (SheetColumn("Data", CellType.DATE, 12, ("date",)), _money("Saldo", "balance_brl", width=18)),
    _NEWEST_READING,
)

INSTALLMENTS: Final = Worksheet(
    "sheet.installments",
    catalog.INSTALLMENTS,
    (
        _MONTH,
        SheetColumn("column.merchant", CellType.TEXT, 40, ("merchant",)),
        SheetColumn("column.parcel", CellType.TEXT, 10, ("installment", "installments"), c.parcel_of),
        _spent("column.amount", "amount_brl"),
        SheetColumn("column.last_month", CellType.MONTH, 14, ("last_month",), c.month_start),
    ),
    (Order("month"), Order("merchant"), Order("plan_id"), Order("transaction_id")),
    where=pc.field("bill_state").isin([BillState.OPEN.value, BillState.FUTURE.value]),
    where_columns=("bill_state",),
    intro="sheet_intro_installments",
    empty="sheet_no_installments",
)

BILLS: Final = Worksheet(
    "sheet.bills",
    catalog.BILLS,
    (
        _MONTH,
        SheetColumn("column.card", CellType.TEXT, 14, ("account",)),
        SheetColumn("column.due", CellType.DATE, 14, ("bill_due",), says_unknown=True),
        SheetColumn("column.month_state", CellType.WORD, 11, ("bill_state",), c.bill_state),
        _spent("column.total", "total_brl"),
        _money("column.payments", "payments_brl"),
        _spent("column.ledger", "ledger_brl", width=16, says_unknown=True),
        _spent("column.difference", "ledger_difference_brl"),
        SheetColumn("column.proof", CellType.WORD, 14, ("ledger_difference_brl",), c.bill_proof),
    ),
    (Order("month", is_descending=True), Order("account"), Order("bill")),
    intro="sheet_intro_bills",
)

REJECTS: Final = Worksheet(
    "sheet.rejects",
    catalog.REJECTS,
    (
        SheetColumn("column.document", CellType.TEXT, 34, ("document_name",)),
        SheetColumn("column.line", CellType.INTEGER, 8, ("line_number",)),
        SheetColumn("column.reason", CellType.WORD, 48, ("reason",), c.word("reason")),
        SheetColumn("column.text", CellType.TEXT, 60, ("text",)),
        _MONTH,
    ),
    (Order("month", is_descending=True), Order("document_name"), Order("document"), Order("line_number")),
    intro="sheet_intro_rejects",
    empty="sheet_no_rejects",
)

#: In the order of their tabs.
WORKSHEETS: Final = (
    SUMMARY,
    COMPARISON,
    TRANSACTIONS,
    INCOME,
    EXPENSES,
    LIMITS,
    BALANCES,
    INSTALLMENTS,
    BILLS,
    REJECTS,
)
