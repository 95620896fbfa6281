"""What the page shows of learning: how much of each month was corrected by hand, and how much is still uncertain."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc

from nubank_assets.dashboard import columns
from nubank_assets.dashboard.ledger import Ledger
from nubank_assets.dashboard.wording import money
from nubank_assets.domain import catalog
from nubank_assets.domain.months import first_day
from nubank_assets.domain.teaching import SURE
from nubank_assets.domain.vocabulary import BillState
from nubank_assets.export.overview import month_name
from nubank_assets.lake.publish import Lake

#: The newest months that are shown.
_MONTHS: Final = 12
_COUNTS: Final = pc.field("bill_state").is_null() | (pc.field("bill_state") != BillState.FUTURE.value)

#: Of each month its uncertain lines: what they come to in centavos, how many there are, where they are on the page.
Uncertain = Mapping[str, dict[str, Any]]


def read_progress(lake: Lake) -> list[dict[str, Any]]:
    """The rows of `learning_progress` that are shown, the newest first."""
    rows: list[dict[str, Any]] = lake.read(catalog.LEARNING_PROGRESS).sort_by([("month", "descending")]).to_pylist()
    return rows[:_MONTHS]


def read_uncertain(lake: Lake, ledger: Ledger) -> Uncertain:
    """The uncertain lines of the months that are shown."""
    months = [row["month"] for row in read_progress(lake)]
    names = ["month", "transaction_id", "amount_brl", "category_confidence", "bill_state"]
    lines = columns.read(lake, catalog.CATEGORIZED_TRANSACTIONS, names)
    lines = lines.filter(_COUNTS & (pc.field("category_confidence") < SURE))
    return {month: _of_month(lines.filter(pc.field("month") == month), ledger) for month in months}


def _of_month(lines: pa.Table, ledger: Ledger) -> dict[str, Any]:
    amounts = columns.centavos(lines["amount_brl"])
    places = sorted(ledger.places_of(lines["transaction_id"]))
    return {"total": -sum(amounts), "count": len(amounts), "lines": places}


def learning_months(lake: Lake, uncertain: Uncertain, locale: str) -> list[tuple[str, ...]]:
    """For each month: its key, its name, corrections, uncertain lines, and what these come to, as texts."""
    return [
        (
            row["month"],
            month_name(first_day(row["month"]), locale),
            str(row["corrections"]),
            str(row["uncertain_lines"]),
            money(Decimal(uncertain[row["month"]]["total"]).scaleb(-2), locale),
        )
        for row in read_progress(lake)
    ]
