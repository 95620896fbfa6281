"""The truth about purchases in parcels: what became of every parcel of each plan that the demo's exports show.

The household's books know it; nothing here looks at how the tables of plans are made.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Final

from nubank_assets.domain.plans import ParcelState
from nubank_assets.domain.vocabulary import BillState, Kind
from nubank_assets.sources.demo.bills import Bills
from nubank_assets.sources.demo.cycle import state_of
from nubank_assets.sources.demo.events import CardLine, Suffix
from nubank_assets.sources.demo.truth import TruthLine
from nubank_assets.sources.demo.truth_plans import TruthParcel, TruthPlan

_PREFIXES: Final = ("Antecipada - ", "Parcelamento de Compra - ")
#: Centavos that came back, by plan and kind of line.
Credits = Counter[tuple[str, Kind]]


def true_plans(bills: Bills, shown: Iterable[TruthLine], first_month: str, today: date) -> tuple[TruthPlan, ...]:
    """The plans of which the exports, whose lines are `shown`, have any parcel."""
    plans: dict[str, list[CardLine]] = {}
    for line in (line for bill in bills.values() for line in bill if line.parcel):
        assert line.parcel
        plans.setdefault(line.parcel.plan, []).append(line)
    names = {line.plan for line in shown if line.plan}
    given = _credits(bills, first_month, today)
    return tuple(_plan(name, plans[name], given, first_month, today) for name in sorted(names))


def _plan(name: str, lines: list[CardLine], given: Credits, first_month: str, today: date) -> TruthPlan:
    early = {line.parcel.number: line for line in lines if line.parcel and _is_early(line) and line.day <= today}
    charged = sorted((line for line in lines if not _is_early(line)), key=lambda line: line.bill)
    parcels = tuple(_parcel(line, early.get(line.parcel.number), first_month, today) for line in charged if line.parcel)
    merchant = charged[0].title
    for prefix in _PREFIXES:
        merchant = merchant.removeprefix(prefix)
    discount, refunded = (given[name, kind] for kind in (Kind.EARLY_DISCOUNT, Kind.REFUND))
    return TruthPlan(name, merchant, charged[0].day, parcels, discount, refunded)


def _is_early(line: CardLine) -> bool:
    return line.parcel is not None and line.parcel.suffix is Suffix.EARLY


def _parcel(line: CardLine, early: CardLine | None, first_month: str, today: date) -> TruthParcel:
    assert line.parcel
    number, amount = line.parcel.number, line.centavos
    if early is not None:
        return TruthParcel(number, early.bill, early.centavos, ParcelState.SETTLED_EARLY)
    if line.settled_on is not None and line.settled_on <= today:
        return TruthParcel(number, line.bill, amount, ParcelState.CANCELLED)
    if state_of(line.bill, today) is not BillState.CLOSED:
        return TruthParcel(number, line.bill, amount, ParcelState.TO_COME)
    state = ParcelState.BILLED if line.bill >= first_month else ParcelState.UNSEEN
    return TruthParcel(number, line.bill, amount, state)


def _credits(bills: Bills, first_month: str, today: date) -> Credits:
    """Discounts and refunds of plans that the exports show."""
    found: Credits = Counter()
    for bill, lines in bills.items():
        for line in lines:
            if bill >= first_month and line.day <= today and line.of_plan:
                found[line.of_plan, line.kind] += line.centavos
    return found
