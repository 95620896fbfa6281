"""The worksheets about purchases in parcels: what each bill ahead will charge, and the parcels it is made of."""

from typing import Final

import pyarrow.compute as pc

from nubank_assets.domain import catalog
from nubank_assets.domain.months import add_months
from nubank_assets.domain.plans import ParcelState
from nubank_assets.export import cells
from nubank_assets.export.sheet import Cell, CellType, Order, SheetColumn, Worksheet, money, spending

_MONTH: Final = SheetColumn("column.month", CellType.MONTH, 11, ("month",), cells.month_start)
_CARD: Final = SheetColumn("column.card", CellType.TEXT, 14, ("account",))


def _last_parcel(first_month: str | None, installments: int) -> Cell:
    """The first day of the month of a plan's last parcel; empty if nobody knows when it began."""
    return cells.month_start(add_months(first_month, installments - 1)) if first_month else None


def _origin(transaction_id: str | None) -> str:
    """Whether a bill shows the parcel already."""
    return "parcel.exported" if transaction_id else "parcel.projected"


COMMITMENTS: Final = Worksheet(
    "sheet.commitments",
    catalog.COMMITMENT_MONTHS,
    (
        _MONTH,
        _CARD,
        spending("column.committed", "committed_brl"),
        SheetColumn("column.parcels", CellType.INTEGER, 10, ("parcels",)),
        spending("column.in_bills", "exported_brl", width=16),
        spending("column.projected", "projected_brl"),
        SheetColumn("column.ending_plans", CellType.INTEGER, 11, ("ending_plans",)),
        spending("column.relief", "ending_brl", width=20),
        money("column.limit_freed", "limit_freed_brl", width=16),
        spending("column.committed_after", "committed_after_brl", width=16),
    ),
    (Order("month"), Order("account")),
    intro="sheet_intro_commitments",
    empty="sheet_no_installments",
)

INSTALLMENTS: Final = Worksheet(
    "sheet.installments",
    catalog.PLAN_PARCELS,
    (
        _MONTH,
        SheetColumn("column.merchant", CellType.TEXT, 40, ("merchant",)),
        SheetColumn("column.parcel", CellType.TEXT, 10, ("installment", "installments"), cells.parcel_of),
        spending("column.amount", "amount_brl"),
        SheetColumn("column.last_month", CellType.MONTH, 14, ("first_month", "installments"), _last_parcel),
        _CARD,
        SheetColumn("column.origin", CellType.WORD, 16, ("transaction_id",), _origin),
        SheetColumn("column.purchased_on", CellType.DATE, 14, ("purchased_on",), says_unknown=True),
    ),
    (Order("month"), Order("merchant"), Order("plan_id"), Order("installment")),
    where=pc.field("parcel_state") == ParcelState.TO_COME.value,
    where_columns=("parcel_state",),
    intro="sheet_intro_installments",
    empty="sheet_no_installments",
)
