"""What happens to the household's purchases in parcels: paid early, bought twice on a day, given back.

Ordinary ones are in ``card_habits.py``; what the bank splits up itself is in ``card_episodes.py``.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from typing import Final

from nubank_assets.domain.months import add_months
from nubank_assets.domain.vocabulary import Category, Kind
from nubank_assets.sources.demo import cast
from nubank_assets.sources.demo.card_habits import buy_planned
from nubank_assets.sources.demo.chance import Chance, Scene
from nubank_assets.sources.demo.cycle import bill_of
from nubank_assets.sources.demo.events import CardLine, Parcel, Suffix, in_parcels, purchase, refund

#: How many months after its purchase the rest of a plan is paid.
_MONTHS_TO_SETTLEMENT: Final = 5
_MONTHS_OF_A_TWIN: Final = 2


def paid_early(scene: Scene) -> Iterator[CardLine]:
    """A plan whose last parcels are paid at once, with a discount, on one bill."""
    if scene.is_in(cast.PAID_EARLY.month):
        settling = Scene(scene.seed, add_months(scene.month, _MONTHS_TO_SETTLEMENT)).chance("paid early")
        yield from _settle(list(buy_planned(scene, cast.PAID_EARLY)), settling, settling.day(14, 26), "early")


def twins(scene: Scene) -> Iterator[CardLine]:
    """Two purchases of a day at one shop in as many parcels: equal ones in February; in August one is soon paid."""
    if scene.is_in(2):
        for plan in _bought_twice(scene, cast.TWINS_AT[0], 3):
            yield from plan
    if scene.is_in(8):
        dear, cheap = _bought_twice(scene, cast.TWINS_AT[1], 6)
        settling = Scene(scene.seed, add_months(scene.month, _MONTHS_OF_A_TWIN)).chance("twin paid early")
        yield from dear
        yield from _settle(cheap, settling, settling.day(14, 26), "twin early")


def given_back(scene: Scene) -> Iterator[CardLine]:
    """Purchases in parcels that go back, in the ways in which shops do it.

    In April all that was charged is credited and no more is charged; in June a part is credited; in October all of it
    at once, and the parcels go on.
    """
    if scene.is_in(4):
        yield from _given_back(scene, cast.GIVEN_BACK_AT[0], months=1, is_over=True)
    if scene.is_in(6):
        yield from _given_back(scene, cast.GIVEN_BACK_AT[1], months=1, part=3)
    if scene.is_in(10):
        yield from _given_back(scene, cast.GIVEN_BACK_AT[2], months=0, at_once=True)


EPISODES: Final[tuple[Callable[[Scene], Iterator[CardLine]], ...]] = (paid_early, twins, given_back)


def _bought_twice(scene: Scene, merchant: tuple[str, Category], parcels: int) -> tuple[list[CardLine], list[CardLine]]:
    chance = scene.chance("twins")
    day, amount = chance.day(6, 20), chance.centavos(150, 260)
    dear, cheap = (
        list(in_parcels(purchase(chance, day, merchant, centavos), f"twin/{name}/{scene.month}", parcels))
        for name, centavos in (("dear", amount), ("cheap", amount if scene.is_in(2) else amount // 2))
    )
    return dear, cheap


def _given_back(
    scene: Scene,
    merchant: tuple[str, Category],
    months: int,
    *,
    part: int = 1,
    at_once: bool = False,
    is_over: bool = False,
) -> Iterator[CardLine]:
    """A plan of six parcels, and months later a credit: a part of what was charged so far, or of all `at_once`.

    If it `is_over`, no more is charged.
    """
    chance, later = scene.chance("given back"), Scene(scene.seed, add_months(scene.month, months)).chance("back")
    whole = purchase(chance, chance.day(6, 14), merchant, chance.centavos(240, 420))
    parcels = list(in_parcels(whole, f"given back/{scene.month}", 6))
    day = later.day(16, 26)
    rest = [line for line in parcels if line.bill > bill_of(day)]
    charged = -sum(line.centavos for line in parcels if line not in rest)
    yield from (replace(line, settled_on=day) if is_over and line in rest else line for line in parcels)
    back = refund(
        later, replace(whole, pair=f"plan refund/{scene.month}"), day, (-whole.centavos if at_once else charged) // part
    )
    yield replace(back, of_plan=f"given back/{scene.month}")


def _settle(parcels: list[CardLine], chance: Chance, day: date, pair: str) -> Iterator[CardLine]:
    """A plan whose parcels of later bills are paid on a day, with a discount."""
    rest = [line for line in parcels if line.bill > bill_of(day)]
    yield from (replace(line, settled_on=day) if line in rest else line for line in parcels)
    yield from (_early(line, day, pair) for line in rest)
    yield _discount(chance, rest, day, pair)


def _early(line: CardLine, day: date, pair: str) -> CardLine:
    assert line.parcel
    parcel = Parcel(line.parcel.plan, line.parcel.number, line.parcel.of, Suffix.EARLY)
    return replace(line, day=day, title=f"Antecipada - {line.title}", parcel=parcel, pair=f"{pair}/{parcel.plan}")


def _discount(chance: Chance, rest: list[CardLine], day: date, pair: str) -> CardLine:
    first = rest[0]
    assert first.parcel
    discount = -sum(line.centavos for line in rest) * chance.between(30, 45) // 1000
    return CardLine(
        day,
        f"Desconto Antecipação {first.title}",
        discount,
        Kind.EARLY_DISCOUNT,
        first.category,
        chance.identifier(day),
        pair=f"{pair}/{first.parcel.plan}",
        of_plan=first.parcel.plan,
    )
