"""What parcels will take of the bills ahead: values for the scripts, and the texts that the page shows without them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc

from nubank_assets.dashboard import columns
from nubank_assets.dashboard.ledger import Ledger
from nubank_assets.dashboard.sentences import text
from nubank_assets.dashboard.wording import money
from nubank_assets.domain import catalog
from nubank_assets.domain.months import first_day
from nubank_assets.domain.plans import PlanState
from nubank_assets.export.overview import month_name
from nubank_assets.lake.publish import Lake

#: Sums have more digits than what is summed.
_MONEY: Final = pa.decimal128(18, 2)
_PLAN: Final = ("plan_id", "account", "merchant", "installments", "to_come_installments", "to_come_brl", "ends_month")
_PARCEL: Final = ("plan_id", "month", "installment", "amount_brl", "parcel_state", "transaction_id")


@dataclass(frozen=True)
class MonthAhead:
    """One month's bills, as texts: what plans take of them, how many end, what is left after."""

    month: str
    title: str
    committed: str
    ending: int
    after: str


@dataclass(frozen=True)
class OpenPlan:
    """One plan with parcels to come, as texts; `number` is its place, by which the scripts find its parcels."""

    number: int
    merchant: str
    card: str
    left: str
    amount: str
    last: str


def read_commitments(lake: Lake, ledger: Ledger) -> dict[str, list[Mapping[str, Any]]]:
    """The months ahead, the plans that take part of them, the largest first, and every parcel of these plans.

    Amounts are in centavos with our sign; a parcel knows the place of its plan and of its line, -1 if none shows it.
    """
    plans = columns.read(lake, catalog.INSTALLMENT_PLANS, [*_PLAN, "plan_state"])
    plans = plans.filter(pc.field("plan_state") == PlanState.ACTIVE.value)
    plans = plans.sort_by([(name, "ascending") for name in ("to_come_brl", "merchant", "plan_id")])
    months = columns.read(lake, catalog.COMMITMENT_MONTHS, ["month", "committed_brl", "ending_plans"])
    sums = months.group_by("month").aggregate([("committed_brl", "sum"), ("ending_plans", "sum")]).sort_by("month")
    found: dict[str, list[Mapping[str, Any]]] = {
        "months": _in_centavos(sums, {"month": "month", "committed_brl_sum": "amount", "ending_plans_sum": "ending"}),
        "plans": _in_centavos(plans, {**{name: name for name in _PLAN}, "to_come_brl": "amount"}),
        "parcels": list(_parcels(lake, ledger, plans["plan_id"].combine_chunks())),
    }
    return {name: [{key: row[key] for key in row if key != "plan_id"} for row in rows] for name, rows in found.items()}


def _in_centavos(table: pa.Table, names: Mapping[str, str]) -> list[Mapping[str, Any]]:
    values = [
        columns.centavos(table[name].cast(_MONEY)) if pa.types.is_decimal(table[name].type) else table[name].to_pylist()
        for name in names
    ]
    return [dict(zip(names.values(), row, strict=True)) for row in zip(*values, strict=True)]


def _parcels(lake: Lake, ledger: Ledger, plans: pa.Array) -> Iterator[dict[str, Any]]:
    rows = columns.read(lake, catalog.PLAN_PARCELS, _PARCEL)
    rows = rows.filter(pc.field("plan_id").isin(plans)).sort_by([(n, "ascending") for n in ("plan_id", "installment")])
    places, lines = pc.index_in(rows["plan_id"], plans).to_pylist(), ledger.places_of(rows["transaction_id"])
    said = _in_centavos(
        rows, {**{name: name for name in _PARCEL[1:5]}, "amount_brl": "amount", "parcel_state": "state"}
    )
    for place, line, parcel in zip(places, lines, said, strict=True):
        yield {"plan": place, "line": line, **parcel}


def months_ahead(months: Sequence[Mapping[str, Any]], locale: str) -> tuple[MonthAhead, ...]:
    """The months of `read_commitments` as the page shows them."""
    after = sum(row["amount"] for row in months)
    shown = []
    for row in months:
        after -= row["amount"]
        title = month_name(first_day(row["month"]), locale)
        shown.append(MonthAhead(row["month"], title, _brl(row["amount"], locale), row["ending"], _brl(after, locale)))
    return tuple(shown)


def open_plans(plans: Sequence[Mapping[str, Any]], locale: str) -> tuple[OpenPlan, ...]:
    """The plans of `read_commitments` as the page shows them; the card where there are several."""
    has_several = len({plan["account"] for plan in plans}) > 1
    return tuple(
        OpenPlan(
            number,
            plan["merchant"],
            plan["account"] if has_several else "",
            text("parcels.left", locale, left=plan["to_come_installments"], all=plan["installments"]),
            _brl(plan["amount"], locale),
            month_name(first_day(plan["ends_month"]), locale),
        )
        for number, plan in enumerate(plans)
    )


def _brl(centavos: int, locale: str) -> str:
    """Spending as a positive amount."""
    return money(Decimal(-centavos or 0).scaleb(-2), locale)
