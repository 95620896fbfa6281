"""How much a person has to correct, bill after bill, who corrects each wrong merchant once and for all its lines."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from benchmarks.categories.titles import Labelled
from nubank_assets.domain.teaching import RuleMatch
from nubank_assets.merchants.deciding import FALLBACK, decide_by_rules
from nubank_assets.merchants.own_rules import OwnRule, OwnRules

_PARTS: Final = 3


@dataclass(frozen=True)
class Taught:
    """Of some bills how many lines there are, how many are wrong if nothing is taught, and how many corrections are."""

    lines: int
    wrong: int
    corrections: int

    def row(self, name: str) -> str:
        """A row of the table: the figures of each hundred lines in percent."""
        wrong, corrections = (f"{part / self.lines:.1%}" for part in (self.wrong, self.corrections))
        return f"| {name} | {self.lines} | {self.wrong} ({wrong}) | {self.corrections} ({corrections}) |"


def teach(rows: Sequence[Labelled]) -> list[Taught]:
    """The bills one after the other; a line whose merchant was corrected on the same bill needs no other correction."""
    rules: list[OwnRule] = []
    found = []
    for _, group in groupby(rows, key=lambda row: row.bill):
        bill = list(group)
        own = OwnRules(rules)
        shipped = [(decide_by_rules(row.title) or FALLBACK).category for row in bill]
        said = [rule.category if (rule := own.find(row.title)) else was for row, was in zip(bill, shipped, strict=True)]
        corrected = {row.key: row for row, now in zip(bill, said, strict=True) if now != row.category}
        wrong = sum(was != row.category for row, was in zip(bill, shipped, strict=True))
        found.append(Taught(len(bill), wrong, len(corrected)))
        rules += [
            OwnRule(str(len(rules) + place), RuleMatch.MERCHANT, row.title, row.category, len(rules) + place)
            for place, row in enumerate(corrected.values())
        ]
    return found


def table(rows: Sequence[Labelled]) -> Iterator[str]:
    """The figures of each third of the bills as a table in Markdown."""
    bills = teach(rows)
    yield "| Bills | lines | wrong, if nothing is taught | corrections of a merchant |"
    yield "|---|---|---|---|"
    size = -(-len(bills) // _PARTS)
    for start in range(0, len(bills), size):
        part = bills[start : start + size]
        yield _sum(part).row(f"{start + 1}–{start + len(part)}")
    yield _sum(bills).row("all")


def _sum(bills: Sequence[Taught]) -> Taught:
    return Taught(
        sum(bill.lines for bill in bills),
        sum(bill.wrong for bill in bills),
        sum(bill.corrections for bill in bills),
    )
