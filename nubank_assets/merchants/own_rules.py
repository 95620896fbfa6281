"""What a person's own rules say of a merchant's name: the most specific that fits counts, then the newest.

Names and patterns are tidied alike. How a rule is stored is for ``sources/own_rules.py``.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from nubank_assets.domain.teaching import RuleMatch
from nubank_assets.domain.vocabulary import Category
from nubank_assets.merchants.normalising import Tidied, tidy

_MOST_SPECIFIC_FIRST: Final = tuple(RuleMatch)


@dataclass(frozen=True)
class OwnRule:
    """One rule: names that compare so with `pattern` get the category.

    `number` is its place by time. `is_command`: it replaces what an earlier command says of the same; rows of a
    worksheet have no order, so one that contradicts another rule lets neither count.
    """

    name: str
    match: RuleMatch
    pattern: str
    category: Category
    number: int = 0
    is_command: bool = True

    @cached_property
    def tidied(self) -> Tidied:
        """The pattern as names are compared."""
        return tidy(self.pattern)

    @property
    def compared(self) -> str:
        """The letters of a name that it looks for."""
        if self.match is RuleMatch.MERCHANT:
            return self.tidied.key
        words = self.tidied.words
        return " ".join(sorted(set(words)) if self.match is RuleMatch.WORDS else words)

    @property
    def rank(self) -> tuple[int, int]:
        """The less, the more specific: how it compares, then how many letters."""
        return _MOST_SPECIFIC_FIRST.index(self.match), -len(self.compared)

    def fits(self, merchant: Tidied) -> bool:
        """Whether a name is meant."""
        if not self.compared:
            return False
        if self.match is RuleMatch.MERCHANT:
            return merchant.key == self.compared
        if self.match is RuleMatch.WORDS:
            return set(self.tidied.words) <= set(merchant.words)
        text = " ".join(merchant.words)
        return text.startswith(self.compared) if self.match is RuleMatch.BEGINS else self.compared in text


@dataclass
class OwnRules:
    """All rules of a person."""

    rules: Iterable[OwnRule] = ()
    _merchants: dict[str, list[OwnRule]] = field(default_factory=lambda: defaultdict(list), init=False)
    _others: list[OwnRule] = field(default_factory=list, init=False)
    _found: dict[str, list[OwnRule]] = field(default_factory=dict, init=False)

    def __post_init__(self) -> None:
        for rule in self.rules:
            its_place = self._merchants[rule.compared] if rule.match is RuleMatch.MERCHANT else self._others
            its_place.append(rule)

    def __bool__(self) -> bool:
        return bool(self._merchants or self._others)

    def find(self, merchant: str) -> OwnRule | None:
        """The rule that counts for a name; None if none fits, or those that do contradict each other."""
        return next(iter(self.agreeing(merchant)), None)

    def agreeing(self, merchant: str) -> list[OwnRule]:
        """The rule that counts for a name, and those that say the same of it as well; none if `find` has none."""
        if merchant not in self._found:
            self._found[merchant] = self._decide(tidy(merchant))
        return self._found[merchant]

    def _decide(self, merchant: Tidied) -> list[OwnRule]:
        fitting = [rule for rule in self._merchants.get(merchant.key, ()) if rule.fits(merchant)]
        fitting = fitting or [rule for rule in self._others if rule.fits(merchant)]
        standing = _standing(fitting)
        return standing if len({rule.category for rule in standing}) == 1 else []

    def contradictions(self) -> dict[str, list[str]]:
        """Of each rule of a worksheet, and of whoever says something else of the very same, the others' names."""
        same: dict[tuple[RuleMatch, str], list[OwnRule]] = defaultdict(list)
        for rule in [*self._others, *(rule for rules in self._merchants.values() for rule in rules)]:
            same[rule.match, rule.compared].append(rule)
        standing = [_standing(rules) for rules in same.values()]
        return {
            rule.name: others
            for rules in standing
            for rule in rules
            if (others := sorted(other.name for other in rules if other.category != rule.category))
        }


def _standing(fitting: list[OwnRule]) -> list[OwnRule]:
    """Of rules that fit a name the most specific: the newest command, and every row of a worksheet."""
    if not fitting:
        return []
    best = min(rule.rank for rule in fitting)
    equal = sorted((rule for rule in fitting if rule.rank == best), key=lambda rule: (-rule.number, rule.name))
    newest = next((rule for rule in equal if rule.is_command), None)
    return [rule for rule in equal if rule is newest or not rule.is_command]
