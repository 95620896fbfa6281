"""Seeded chance: every behaviour draws its days, amounts and identifiers of a month from a stream of its own.

So one behaviour never moves another, and a month is the same month however many months a demo has. What the
draws mean is the behaviours' matter.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final, TypeVar

from nubank_assets.domain.months import SAO_PAULO, first_day, last_day

_T = TypeVar("_T")

#: Prices in the cast are of this year; they grow by four permille of that a month.
_PRICES_OF: Final = 2026
_LOWEST_PERMILLE: Final = 350


def at_prices_of(month: str, reais: int) -> int:
    """What costs `reais` in 2026, in centavos of a month: made-up but steady inflation."""
    year, number = (int(part) for part in month.split("-"))
    permille = 1000 + 4 * ((year - _PRICES_OF) * 12 + number - 1)
    return reais * max(permille, _LOWEST_PERMILLE) // 10


@dataclass(frozen=True)
class Scene:
    """One month of the household of a seed: what a behaviour is given."""

    seed: int
    month: str

    def is_in(self, *months_of_year: int) -> bool:
        """Whether the month is one of those of the year (1–12)."""
        return int(self.month[5:]) in months_of_year

    def chance(self, behaviour: str) -> "Chance":
        """The stream of a behaviour in this month."""
        return Chance(self, behaviour)


class Chance:
    """The draws of one behaviour in one month."""

    def __init__(self, scene: Scene, behaviour: str) -> None:
        self.month = scene.month
        self._random = random.Random(f"{scene.seed}/{behaviour}/{scene.month}")  # noqa: S311 (no secret is drawn)

    def between(self, low: int, high: int) -> int:
        """A number, both ends included."""
        return self._random.randint(low, high)

    def centavos(self, low: int, high: int) -> int:
        """An amount in centavos between two amounts in reais of 2026."""
        return self._random.randint(at_prices_of(self.month, low), at_prices_of(self.month, high))

    def day(self, first: int = 1, last: int = 31) -> date:
        """A day of the month between two, the month's last at most."""
        end = last_day(self.month)
        return end.replace(day=self._random.randint(min(first, end.day), min(last, end.day)))

    def weekday(self, weekdays: str) -> date:
        """A day of the month on one of the weekdays, ``"1"`` (Monday) to ``"7"``."""
        start, days = first_day(self.month), last_day(self.month).day
        month = [start + timedelta(days=offset) for offset in range(days)]
        return self.pick([day for day in month if str(day.isoweekday()) in weekdays])

    def pick(self, options: Sequence[_T]) -> _T:
        """One of the options."""
        return self._random.choice(options)

    def identifier(self, day: date, hours: tuple[int, int] = (7, 21)) -> str:
        """A uuid as Nubank makes them: its first 8 digits are a moment of the São Paulo day, as Unix time."""
        midnight = datetime(day.year, day.month, day.day, tzinfo=SAO_PAULO)
        moment = midnight.replace(hour=self.between(*hours), minute=self.between(0, 59), second=self.between(0, 59))
        rest = f"{self._random.getrandbits(96):024x}"
        return f"{int(moment.timestamp()):08x}-{rest[:4]}-4{rest[5:8]}-8{rest[9:12]}-{rest[12:]}"
