"""The account month by month: its lines in order of time, kept in credit with savings (RDB).

Each month begins with a balance that only the seed and the month decide, so a month is the same in every demo
that has it. What is left on its last day goes to savings, and what is missing comes from there.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby
from typing import Final

from nubank_assets.domain.flows import flow_of
from nubank_assets.domain.months import add_months, last_day, month_of
from nubank_assets.domain.vocabulary import AccountType, Kind
from nubank_assets.sources.demo.chance import Chance, Scene
from nubank_assets.sources.demo.events import AccountLine
from nubank_assets.sources.demo.truth import TruthLine

#: Savings come back before the balance would fall under this (centavos), in steps of `_STEP`.
_FLOOR: Final = 10_000
_STEP: Final = 10_000
_ROOM: Final = 30_000


def opening_balance(scene: Scene) -> int:
    """What the account holds at the beginning of the month, in centavos."""
    return scene.chance("balance").between(90_000, 240_000)


def account_month(scene: Scene, lines: Iterable[AccountLine]) -> list[AccountLine]:
    """The whole month in order of time, with the movements of savings it takes."""
    balance = opening_balance(scene)
    chance = scene.chance("savings")
    kept: list[AccountLine] = []
    for day, moved in groupby(sorted(lines, key=_moment), key=lambda line: line.day):
        today = list(moved)
        rescue = list(_rescue(chance, day, balance + _lowest(today)))
        kept += rescue + today
        balance += sum(line.centavos for line in rescue + today)
    after = opening_balance(Scene(scene.seed, add_months(scene.month, 1)))
    return [*kept, *_sweep(chance, last_day(scene.month), balance - after)]


def shown(line: AccountLine) -> TruthLine:
    """An account line as every export shows it."""
    return TruthLine(
        account=AccountType.ACCOUNT,
        month=month_of(line.day),
        date=line.day,
        title=line.title,
        centavos=line.centavos,
        kind=line.kind,
        flow=flow_of(line.kind, AccountType.ACCOUNT, line.centavos),
        category=line.category,
        identifier=line.identifier,
        pair=line.pair,
    )


def _moment(line: AccountLine) -> str:
    return line.identifier[:8]


def _lowest(lines: list[AccountLine]) -> int:
    lowest = balance = 0
    for line in lines:
        balance += line.centavos
        lowest = min(lowest, balance)
    return lowest


def _rescue(chance: Chance, day: date, lowest: int) -> Iterator[AccountLine]:
    if lowest < _FLOOR:
        amount = -(-(_FLOOR + _ROOM - lowest) // _STEP) * _STEP
        yield _savings("Resgate RDB", amount, Kind.INVESTMENT_IN, day, chance.identifier(day, hours=(6, 6)))


def _sweep(chance: Chance, day: date, surplus: int) -> Iterator[AccountLine]:
    identifier = chance.identifier(day, hours=(22, 22))
    if surplus > 0:
        yield _savings("Aplicação RDB", -surplus, Kind.INVESTMENT_OUT, day, identifier)
    elif surplus < 0:
        yield _savings("Resgate RDB", -surplus, Kind.INVESTMENT_IN, day, identifier)


def _savings(title: str, centavos: int, kind: Kind, day: date, identifier: str) -> AccountLine:
    return AccountLine(day, title, centavos, kind, None, identifier)
