"""Labelled titles, and the two ways to part them: by time, and by merchant; never at random."""

import csv
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Final

from nubank_assets.domain.vocabulary import Category
from nubank_assets.merchants.normalising import tidy

_FOLDS: Final = 5


@dataclass(frozen=True)
class Labelled:
    """A title with the category that its issuer printed beside it, in a bill; `key` names its merchant."""

    bill: int
    title: str
    category: Category

    @property
    def key(self) -> str:
        """What names of the merchant have in common."""
        return tidy(self.title).key


@dataclass(frozen=True)
class Split:
    """What may be learnt from, and what is asked."""

    known: list[Labelled]
    asked: list[Labelled]


def read_labelled(path: Path) -> list[Labelled]:
    """The rows of a CSV file with columns `bill_index`, `title` and `category`, in the order of the bills."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = [
            Labelled(int(row["bill_index"]), row["title"], Category(row["category"])) for row in csv.DictReader(file)
        ]
    return sorted(rows, key=lambda row: row.bill)


def by_time(rows: Sequence[Labelled]) -> Iterator[Split]:
    """Each bill, asked of one who saw the bills before it."""
    known: list[Labelled] = []
    for _, bill in groupby(rows, key=lambda row: row.bill):
        asked = list(bill)
        yield Split(list(known), asked)
        known += asked


def by_merchant(rows: Sequence[Labelled]) -> Iterator[Split]:
    """Each fifth of the merchants, asked of one who saw the others; every merchant is asked once, as it was first."""
    first = {row.key: row for row in reversed(rows)}
    for fold in range(_FOLDS):
        held = {key for key in first if int(hashlib.sha256(key.encode()).hexdigest(), 16) % _FOLDS == fold}
        yield Split([row for row in rows if row.key not in held], [row for key, row in first.items() if key in held])
