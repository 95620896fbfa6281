"""Movements that two families date differently, where one family's days end and the other's begin.

An export to 30 June has a Pix of that evening; Pluggy dates it 1 July, which no export covers. It is one movement.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from nubank_assets.domain.documents import DocumentFacts
from nubank_assets.sources.judged import MoneyLines

#: How far apart two families date one movement of an account.
DAYS_OFF: Final = 3


@dataclass(frozen=True)
class _Place:
    """One line: its document, its place among the document's lines of money, its day."""

    document: str
    at: int
    day: date


def find_twins(
    facts: Mapping[str, DocumentFacts], lines: Mapping[str, MoneyLines], chosen: Mapping[date, str]
) -> dict[str, dict[int, str]]:
    """By document, the lines that would count beside a greater family's line of the same movement, with its document.

    Lines are paired one to one by money, those of equal days first, so that equal movements of several days stay
    several.
    """
    twins: dict[str, dict[int, str]] = defaultdict(dict)
    for family in sorted({fact.format.family for fact in facts.values()}):
        lesser = [name for name, fact in facts.items() if fact.format.family is family]
        greater = [name for name, fact in facts.items() if fact.format.family > family]
        if greater:
            for own, other in _pairs(lesser, greater, lines, chosen):
                if own.day != other.day and chosen.get(own.day, own.document) == own.document:
                    twins[own.document][own.at] = other.document
    return twins


def _pairs(
    lesser: Iterable[str], greater: Iterable[str], lines: Mapping[str, MoneyLines], chosen: Mapping[date, str]
) -> Iterable[tuple[_Place, _Place]]:
    """Lines of the lesser documents with lines of the greater that count, nearest days first."""
    free, sought = _by_money(greater, lines, chosen), _by_money(lesser, lines, {})
    for centavos, places in sought.items():
        for off in range(DAYS_OFF + 1):
            for own in list(places):
                near = [other for other in free.get(centavos, []) if abs((other.day - own.day).days) == off]
                if near:
                    places.remove(own)
                    free[centavos].remove(near[0])
                    yield own, near[0]


def _by_money(
    names: Iterable[str], lines: Mapping[str, MoneyLines], chosen: Mapping[date, str]
) -> dict[int, list[_Place]]:
    """The lines of these documents that count on their days, by centavos, in order of days."""
    found: dict[int, list[_Place]] = defaultdict(list)
    for name in sorted(names):
        for at, (day, centavos) in enumerate(zip(lines[name].days, lines[name].centavos, strict=True)):
            if chosen.get(day, name) == name:
                found[centavos].append(_Place(name, at, day))
    return {centavos: sorted(places, key=lambda place: place.day) for centavos, places in found.items()}
