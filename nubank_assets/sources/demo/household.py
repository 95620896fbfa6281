"""The household's life over a demo's months, as the bank's books have it: all bills and all account months.

The year before the demo is lived too, so that its first bills have the parcels of earlier purchases. What of
all this is exported is in ``exports.py``.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from nubank_assets.domain.months import add_months, first_day, last_day, month_of, months_between
from nubank_assets.sources.demo import account_habits, card_episodes, card_habits, plan_episodes
from nubank_assets.sources.demo.balance import account_month, opening_balance, shown
from nubank_assets.sources.demo.bills import Bills, by_bill, pay_bills, snapshot
from nubank_assets.sources.demo.chance import Scene
from nubank_assets.sources.demo.events import AccountLine, CardLine, Event
from nubank_assets.sources.demo.truth import TruthLine

#: Plans have twelve parcels at most, and what a bill owes late is on the bill two months after its purchases.
_MONTHS_BEFORE: Final = 15


@dataclass(frozen=True)
class Books:
    """What the bank knows in the end; ask it for a bill or a month as of a day."""

    seed: int
    bills: Bills
    account: dict[str, list[AccountLine]]

    def bill(self, bill: str, as_of: date) -> tuple[TruthLine, ...]:
        """A bill as it was at the end of a day."""
        return snapshot(self.bills, bill, as_of)

    def account_month(self, month: str, as_of: date) -> tuple[TruthLine, ...]:
        """The account's lines of a month up to a day."""
        return tuple(shown(line) for line in self.account[month] if line.day <= as_of)

    def balance(self, month: str, as_of: date) -> int:
        """The account's balance at the end of the month, or of the day if that is earlier, in centavos."""
        opening = opening_balance(Scene(self.seed, month))
        return opening + sum(line.centavos for line in self.account[month] if line.day <= as_of)


def live(seed: int, first_month: str, today: date) -> Books:
    """The books of a household from a month to the month of `today`, which is lived to its end."""
    months = months_between(add_months(first_month, -_MONTHS_BEFORE), month_of(today))
    events = [event for month in months for event in _events(Scene(seed, month))]
    bills = by_bill(event for event in events if isinstance(event, CardLine))
    moved = [event for event in events if isinstance(event, AccountLine)]
    moved += pay_bills(seed, bills, months)
    account = {
        month: account_month(Scene(seed, month), _within(moved, month))
        for month in months_between(first_month, month_of(today))
    }
    return Books(seed, bills, account)


_BEHAVIOURS: Final = (
    *card_habits.HABITS,
    *plan_episodes.EPISODES,
    *card_episodes.EPISODES,
    *account_habits.HABITS,
)


def _events(scene: Scene) -> Iterator[Event]:
    for behaviour in _BEHAVIOURS:
        yield from behaviour(scene)


def _within(lines: list[AccountLine], month: str) -> list[AccountLine]:
    return [line for line in lines if first_day(month) <= line.day <= last_day(month)]
