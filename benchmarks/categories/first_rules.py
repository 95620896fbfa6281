"""The keyword rules that the platform shipped first, kept to compare with.

`first_rules.csv` has a category and a regular expression a line; the first that fits at the start of a word wins.
"""

import csv
import re
from functools import cache
from itertools import groupby
from pathlib import Path

from nubank_assets.domain.vocabulary import Category


@cache
def first_rules() -> tuple[tuple[Category, str], ...]:
    """Consecutive rules of one category as one pattern."""
    rows = csv.DictReader(Path(__file__).with_name("first_rules.csv").read_text(encoding="utf-8").splitlines())
    return tuple(
        (Category(name), f"(^|[^a-z0-9])({'|'.join(row['pattern'] for row in group)})")
        for name, group in groupby(rows, key=lambda row: row["category"])
    )


def categorize_by_first_rules(key: str) -> Category | None:
    """What they say of a plain, lower-case title; None if nothing."""
    return next((category for category, pattern in first_rules() if re.search(pattern, key)), None)
