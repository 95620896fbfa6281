"""Rules as data: `kinds.csv` says what a title is, `categories.csv` which words mean which category.

Both are matched against `text.match_key` of a title, in the order of the file, the first that fits wins. No
code about any single rule belongs here.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import groupby
from typing import Final

from nubank_assets.domain.vocabulary import Category, Kind

#: A pattern counts only where a word starts.
WORD_START: Final = "(^|[^a-z0-9])"


@dataclass(frozen=True)
class KindRule:
    """`account_type` card or account; `sign` credit (> 0), charge (< 0) or any; `match` how `pattern` is compared."""

    account_type: str
    sign: str
    match: str
    pattern: str
    kind: Kind


@dataclass(frozen=True)
class CategoryRule:
    """Consecutive patterns of one category as one alternation; group 2 is the words that matched."""

    category: Category
    pattern: str


def _rows(name: str) -> Iterator[dict[str, str]]:
    with files(__package__).joinpath(name).open(encoding="utf-8", newline="") as stream:
        yield from csv.DictReader(stream)


@cache
def kind_rules() -> tuple[KindRule, ...]:
    """The rules of `kinds.csv`; raises ValueError for a kind that the vocabulary does not have."""
    return tuple(
        KindRule(row["account_type"], row["sign"], row["match"], row["pattern"], Kind(row["kind"]))
        for row in _rows("kinds.csv")
    )


@cache
def category_rules() -> tuple[CategoryRule, ...]:
    """The rules of `categories.csv`; raises ValueError for a category that the vocabulary does not have."""
    return tuple(
        CategoryRule(Category(name), f"{WORD_START}({'|'.join(row['pattern'] for row in group)})")
        for name, group in groupby(_rows("categories.csv"), key=lambda row: row["category"])
    )
