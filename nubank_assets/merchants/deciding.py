"""What category a merchant's name means, by what is shipped and by what is remembered, and how sure that is.

Which of these counts for a line, and what counts before them, is for ``transforms/categorization.py``.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Final

from nubank_assets.domain.vocabulary import Category, CategoryMethod
from nubank_assets.merchants.knowledge import match
from nubank_assets.merchants.normalising import tidy

#: Of a hundred first-seen merchants that were found this way, about so many are right (docs/categories.md).
CONFIDENCE: Final[Mapping[str, int]] = {
    "whole": 96,
    "sure": 96,
    "chain": 93,
    "word": 93,
    "stem": 92,
    "inside": 90,
    "weak": 85,
    "shortened": 80,
}
#: Of those that nothing is known of.
FALLBACK_CONFIDENCE: Final = 30
#: What a person or Nubank says, and what a charge is.
SAID: Final = 100
#: Whoever said several categories of one merchant says none, unless so many in a hundred agree.
_AGREED: Final = 66
#: Counts up when the code decides otherwise on the same data.
_RULES: Final = 1
_DATA: Final = ("knowledge.csv", "acquirers.csv", "endings.csv")


@dataclass(frozen=True)
class Decision:
    """A category with who decided it, the rule or the remembered neighbour, and how sure it is, in percent."""

    category: Category
    method: CategoryMethod
    rule: str
    confidence: int
    subcategory: str = ""


#: What is said where nothing is known.
FALLBACK: Final = Decision(Category.OUTROS, CategoryMethod.FALLBACK, "", FALLBACK_CONFIDENCE)


@dataclass(frozen=True)
class Said:
    """A category of a merchant in a month, by so many corrections (`is_corrected`) or lines of a source."""

    merchant: str
    category: Category
    is_corrected: bool
    month: str
    times: int


@cache
def version() -> str:
    """Which rules and data decide; another text means that a merchant may get another category."""
    data = b"".join(files(__package__).joinpath(name).read_bytes() for name in _DATA)
    return f"{_RULES}-{hashlib.sha256(data).hexdigest()[:8]}"


@lru_cache(maxsize=200_000)
def decide_by_rules(merchant: str) -> Decision | None:
    """What the shipped knowledge says of a name; None if it says nothing."""
    found = match(tidy(merchant))
    if found is None:
        return None
    known = found.known
    rule = known.name if found.words == known.name else f"{found.words}: {known.name}"
    return Decision(known.category, CategoryMethod.RULE, rule, CONFIDENCE[found.way], known.subcategory)


class Memory:
    """What was said of merchants, by the key that names of one merchant have in common.

    A month remembers the months before it, so that a month that was made stays as it is, whatever comes later. What was
    said less than `least` times is not remembered.
    """

    def __init__(self, said: Iterable[Said], least: int = 1) -> None:
        self._least = least
        self._said: dict[str, list[Said]] = defaultdict(list)
        for one in said:
            if key := tidy(one.merchant).key:
                self._said[key].append(one)

    def decide(self, merchant: str, month: str) -> Decision | None:
        """What a month remembers of the merchant; None if nothing, or if it is contradictory."""
        if not self._said:
            return None
        before = [one for one in self._said.get(tidy(merchant).key, ()) if one.month < month]
        return _agreed(before) if sum(one.times for one in before) >= self._least else None


def _agreed(said: list[Said]) -> Decision | None:
    times: dict[Category, int] = defaultdict(int)
    for one in said:
        times[one.category] += one.times
    category = max(times, key=lambda name: (times[name], name))
    share = 100 * times[category] // sum(times.values())
    if share < _AGREED:
        return None
    neighbour = max((one for one in said if one.category == category), key=lambda one: (one.month, one.merchant))
    return Decision(category, CategoryMethod.MEMORY, neighbour.merchant, share)
