"""What happens in the household, as the bank knows it: lines of the card and of the account.

A behaviour yields them. On which bill, with which date and under which title they are shown at a moment is
for ``bills.py``.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Final

from nubank_assets.domain.months import add_months
from nubank_assets.domain.vocabulary import Category, Kind
from nubank_assets.sources.demo.chance import Chance
from nubank_assets.sources.demo.cycle import bill_of

#: Bills show this much of a merchant's name.
MERCHANT_LENGTH: Final = 22


class Suffix(StrEnum):
    """How a bill writes which parcel a line is."""

    PARCELA = "Parcela"
    """`` 2/10`` until 2024, `` - Parcela 2/10`` since."""
    PLAIN = "plain"
    """`` - 2/10``, of Pix on credit and financed purchases."""
    EARLY = "early"
    """`` - Parcela 7/10`` of a parcel paid before its time, dated by its payment."""


@dataclass(frozen=True)
class Parcel:
    """Which parcel of which plan a line is."""

    plan: str
    number: int
    of: int
    suffix: Suffix = Suffix.PARCELA


@dataclass(frozen=True)
class Draft:
    """What an open bill shows of a line instead of what the closed one will."""

    day: date | None = None
    title: str | None = None
    centavos: int | None = None


@dataclass(frozen=True)
class CardLine:
    """A line of the card. `day` is the day it happened: for every parcel, the day of the purchase.

    `title` has no parcel suffix; `centavos` has our sign (a purchase is negative). From `settled_on` on, the
    parcel is on no bill any more, because it was paid early or given back. A payment `settles` so many centavos of
    each of these bills; `of_plan` names the plan of a discount or a refund.
    """

    day: date
    title: str
    centavos: int
    kind: Kind
    category: Category | None
    identifier: str
    pair: str | None = None
    parcel: Parcel | None = None
    draft: Draft = Draft()
    settled_on: date | None = None
    settles: tuple[tuple[str, int], ...] = ()
    of_plan: str | None = None

    @property
    def bill(self) -> str:
        """The bill the line is on."""
        later = self.parcel.number - 1 if self.parcel and self.parcel.suffix is not Suffix.EARLY else 0
        return add_months(bill_of(self.day), later)


@dataclass(frozen=True)
class AccountLine:
    """A line of the account; `centavos` has our sign, which is the account's own."""

    day: date
    title: str
    centavos: int
    kind: Kind
    category: Category | None
    identifier: str
    pair: str | None = None


Event = CardLine | AccountLine


def purchase(chance: Chance, day: date, merchant: tuple[str, Category], centavos: int) -> CardLine:
    """A purchase of `centavos` (positive) at a merchant, whose name the bill cuts."""
    name, category = merchant
    return CardLine(day, name[:MERCHANT_LENGTH].rstrip(), -centavos, Kind.PURCHASE, category, chance.identifier(day))


def in_parcels(whole: CardLine, plan: str, of: int, suffix: Suffix = Suffix.PARCELA) -> Iterator[CardLine]:
    """A purchase in parcels; the first one takes the centavos that cannot be shared out."""
    size = abs(whole.centavos) // of
    first = abs(whole.centavos) - size * (of - 1)
    kind = Kind.INSTALLMENT if whole.kind is Kind.PURCHASE else whole.kind
    for number in range(1, of + 1):
        amount = first if number == 1 else size
        parcel = Parcel(plan, number, of, suffix)
        yield replace(whole, centavos=-amount, kind=kind, parcel=parcel)


def refund(chance: Chance, bought: CardLine, day: date, centavos: int) -> CardLine:
    """`centavos` (positive) of a purchase given back on a later day."""
    return CardLine(
        day,
        f'Estorno de "{bought.title}"',
        centavos,
        Kind.REFUND,
        bought.category,
        chance.identifier(day),
        pair=bought.pair,
    )
