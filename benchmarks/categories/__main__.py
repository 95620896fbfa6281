"""`python -m benchmarks.categories LABELLED.csv`: prints how often each way is right, on the same splits.

The file has columns `bill_index`, `title` and `category`; what it is and where it may come from is in
docs/categories.md. It stays where it is: nothing of it is kept.
"""

import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from benchmarks.categories import teaching, ways
from benchmarks.categories.titles import Labelled, Split, by_merchant, by_time, read_labelled
from benchmarks.categories.ways import Way
from nubank_assets.domain.vocabulary import Category

#: How sure the model of names must be to answer.
_THRESHOLD: Final = 0.7


@dataclass
class Score:
    """Of how many titles how many were answered, and how many of each were right; a title without answer is outros."""

    asked: int = 0
    right: int = 0
    answered: int = 0
    answered_right: int = 0

    def add(self, said: Category | None, true: Category) -> None:
        """Count one title."""
        self.asked += 1
        self.right += (said or Category.OUTROS) == true
        self.answered += said is not None
        self.answered_right += said == true

    def shares(self) -> str:
        """Right of all; answered of all; right of the answered: in percent."""
        precision = f"{self.answered_right / self.answered:.1%}" if self.answered else "–"
        return f"{self.right / self.asked:.1%} | {self.answered / self.asked:.1%} | {precision}"


def all_ways() -> dict[str, Way]:
    """Every way by its name, baselines first."""
    names = ways.characters_of_knowledge(_THRESHOLD)
    return {
        "the most frequent category": ways.majority,
        "a dozen words": ways.tiny_rules,
        "keyword rules as first shipped": ways.first_rules,
        "memory alone": ways.memory,
        "memory, then keyword rules": ways.first_of(ways.memory, ways.first_rules),
        "memory, then a character SVM": ways.first_of(ways.memory, ways.characters),
        "shipped knowledge alone": ways.shipped,
        "**memory, then shipped knowledge** (the platform)": ways.first_of(ways.memory, ways.shipped),
        "… then a model of the shipped names": ways.first_of(ways.memory, ways.shipped, names),
        "… then a character SVM of the person's titles": ways.first_of(ways.memory, ways.shipped, ways.characters),
    }


def score(way: Way, splits: Iterable[Split]) -> tuple[Score, Score]:
    """How a way does on all that is asked, and on the first line of each merchant that it never saw."""
    every, first = Score(), Score()
    for split in splits:
        answer = way(split.known)
        seen = {row.key for row in split.known}
        for row in split.asked:
            said = answer(row.title)
            every.add(said, row.category)
            if row.key not in seen:
                seen.add(row.key)
                first.add(said, row.category)
    return every, first


def table(rows: Sequence[Labelled]) -> Iterable[str]:
    """The figures as a table in Markdown."""
    yield f"{len(rows)} lines of {len({row.bill for row in rows})} bills, {len({row.key for row in rows})} merchants."
    for title, parts, which in (
        ("All lines, bill by bill", list(by_time(rows)), 0),
        ("Merchants never seen, bill by bill", list(by_time(rows)), 1),
        ("Merchants never seen, by merchant", list(by_merchant(rows)), 1),
    ):
        yield f"\n| {title} | right | answered | right of those |\n|---|---|---|---|"
        for name, way in all_ways().items():
            yield f"| {name} | {score(way, parts)[which].shares()} |"
    yield ""
    yield from teaching.table(rows)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python -m benchmarks.categories LABELLED.csv")
    for line in table(read_labelled(Path(sys.argv[1]))):
        print(line, flush=True)
