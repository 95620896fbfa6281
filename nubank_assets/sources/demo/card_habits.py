"""What the household does with its card every month or at its time of the year.

Rare things that go wrong or need the bank are in ``card_episodes.py``.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from nubank_assets.domain.vocabulary import Category, Kind
from nubank_assets.sources.demo import cast
from nubank_assets.sources.demo.chance import Chance, Scene
from nubank_assets.sources.demo.events import CardLine, Draft, in_parcels, purchase, refund

_FIRST_STEP_PRICE: Final = 990
_YEARLY_STEP: Final = 300


def everyday(scene: Scene) -> Iterator[CardLine]:
    """Food, transport, clothes: each merchant on its weekdays, in its months."""
    for habit in cast.EVERYDAY:
        if not scene.is_in(*habit.months):
            continue
        chance = scene.chance(habit.merchant[0])
        for _ in range(chance.between(habit.least, habit.most)):
            day = chance.weekday(habit.weekdays)
            yield purchase(chance, day, habit.merchant, chance.centavos(habit.low, habit.high))


def subscriptions(scene: Scene) -> Iterator[CardLine]:
    """The same amount on the same day; an open bill shows it a day before the closed one does."""
    for subscription in cast.SUBSCRIPTIONS:
        chance = scene.chance(subscription.merchant[0])
        day = chance.day(subscription.day, subscription.day)
        line = purchase(chance, day, subscription.merchant, _price(subscription, scene.month))
        yield replace(line, draft=Draft(day=day - timedelta(days=1)))


def planned_purchases(scene: Scene) -> Iterator[CardLine]:
    """What is bought in parcels at its time of the year, except the one that is paid early."""
    for planned in cast.PLANNED:
        if scene.is_in(planned.month) and planned is not cast.PAID_EARLY:
            yield from buy_planned(scene, planned)


def buy_planned(scene: Scene, planned: cast.PlannedPurchase) -> Iterator[CardLine]:
    """All parcels of one planned purchase of this month."""
    name = planned.merchant[0]
    chance = scene.chance(name)
    whole = purchase(chance, chance.day(6, 24), planned.merchant, chance.centavos(planned.low, planned.high))
    yield from in_parcels(whole, f"plan/{name}/{scene.month}", planned.parcels)


def same_again(scene: Scene) -> Iterator[CardLine]:
    """Two equal lines on one day: the bakery twice, and the tolls of a trip, there and back."""
    chance = scene.chance("same again")
    day, amount = chance.day(4, 27), chance.centavos(8, 14)
    yield from (purchase(chance, day, cast.BAKERY, amount) for _ in range(2))
    if scene.is_in(1, 4, 7, 10):
        day = chance.weekday("67")
        yield from (purchase(chance, day, cast.TOLL, 910) for _ in range(2))


def abroad(scene: Scene) -> Iterator[CardLine]:
    """A foreign subscription every month and a hotel in July, each with its IOF.

    The dollar is settled later: an open bill shows other amounts, and another name for the tax.
    """
    chance = scene.chance("abroad")
    yield from _foreign(chance, chance.day(16, 20), cast.ABROAD_MONTHLY, chance.centavos(55, 62))
    if scene.is_in(7):
        yield from _foreign(chance, chance.day(9, 25), cast.ABROAD_TRIP, chance.centavos(420, 780))


def refunds(scene: Scene) -> Iterator[CardLine]:
    """A purchase that goes back whole, and one of which a part does, each at its time of the year."""
    chance = scene.chance("refunds")
    if scene.is_in(2, 5, 9):
        yield from _bought_and_refunded(chance, cast.REFUNDED_AT, part=100)
    if scene.is_in(4, 11):
        yield from _bought_and_refunded(chance, cast.PARTLY_REFUNDED_AT, part=40)


def rewards(scene: Scene) -> Iterator[CardLine]:
    """The price of the points programme every quarter, and once a year a purchase its points pay for."""
    chance = scene.chance("rewards")
    day = chance.day(12, 22)
    if scene.is_in(3, 6, 9, 12):
        yield CardLine(day, "Rewards - Assinatura", -1900, Kind.FEE, Category.ENCARGOS, chance.identifier(day))
    if scene.is_in(12):
        title, credit = "Rewards - Crédito de compra apagada", chance.centavos(20, 45)
        yield CardLine(day, title, credit, Kind.REWARD, Category.OUTROS, chance.identifier(day))


HABITS: Final[tuple[Callable[[Scene], Iterator[CardLine]], ...]] = (
    everyday,
    subscriptions,
    planned_purchases,
    same_again,
    abroad,
    refunds,
    rewards,
)


def iof_permyriad(day: date) -> int:
    """The tax on purchases abroad in hundredths of a percent, as it was on a day."""
    if day >= date(2025, 5, 23):
        return 350
    since = {2025: 338, 2024: 438, 2023: 538}
    return since.get(day.year, 638)


def _price(subscription: cast.Subscription, month: str) -> int:
    if subscription.dearer_in is None:
        return subscription.centavos
    years = int(month[:4]) - 2026 - (int(month[5:]) < subscription.dearer_in)
    return max(subscription.centavos + years * _YEARLY_STEP, _FIRST_STEP_PRICE)


def _foreign(chance: Chance, day: date, merchant: tuple[str, Category], amount: int) -> Iterator[CardLine]:
    pair = f"abroad/{merchant[0]}/{day}"
    estimate = amount + chance.between(5, 90)
    bought = purchase(chance, day, merchant, amount)
    yield replace(bought, pair=pair, draft=Draft(centavos=-estimate))
    yield CardLine(
        day,
        f'IOF de "{bought.title}"',
        -_iof(amount, day),
        Kind.IOF,
        Category.ENCARGOS,
        bought.identifier,
        pair=pair,
        draft=Draft(title="IOF de compra internacional", centavos=-_iof(estimate, day)),
    )


def _iof(amount: int, day: date) -> int:
    return (amount * iof_permyriad(day) + 5000) // 10000


def _bought_and_refunded(chance: Chance, merchant: tuple[str, Category], part: int) -> Iterator[CardLine]:
    day, amount = chance.day(5, 18), chance.centavos(90, 240)
    bought = replace(purchase(chance, day, merchant, amount), pair=f"refund/{merchant[0]}/{day}")
    back_on = day + timedelta(days=chance.between(4, 21))
    yield bought
    yield refund(chance, bought, back_on, amount * part // 100)
