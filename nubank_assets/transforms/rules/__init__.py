"""Rules as data: `kinds.csv` says what a title is.

They are matched against `text.match_key` of a title, in the order of the file, the first that fits wins. No code about
any single rule belongs here; which merchant means which category is in ``merchants/``.
"""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import groupby
from typing import Final

from nubank_assets.domain.vocabulary import Kind


@dataclass(frozen=True)
class KindRule:
    """Consecutive lines of `kinds.csv` that lead to one kind, as one pattern; an empty pattern fits every title.

    `account_type` is card or account, `sign` credit (> 0), charge (< 0) or any. `of_parcels`: only lines that are
    a parcel n/N.
    """

    account_type: str
    sign: str
    kind: Kind
    of_parcels: bool
    pattern: str


def _rows(name: str) -> Iterator[dict[str, str]]:
    yield from csv.DictReader(files(__package__).joinpath(name).read_text(encoding="utf-8").splitlines())


#: How a line of `kinds.csv` says what it compares, as a regular expression.
_MATCHES: Final = {"equals": "^{}$", "prefix": "^{}", "regex": "{}", "parcel": "{}", "any": ""}


@cache
def kind_rules() -> tuple[KindRule, ...]:
    """The rules of `kinds.csv`; raises ValueError or KeyError for a kind or a match that there is not."""
    grouped = groupby(_rows("kinds.csv"), key=lambda row: (*_scope(row), row["match"] == "any"))
    return tuple(
        KindRule(account_type, sign, Kind(kind), of_parcels, "|".join(filter(None, map(_pattern, rows))))
        for (account_type, sign, kind, of_parcels, _), rows in grouped
    )


def _scope(row: dict[str, str]) -> tuple[str, str, str, bool]:
    return row["account_type"], row["sign"], row["kind"], row["match"] == "parcel"


def _pattern(row: dict[str, str]) -> str:
    is_regex = row["match"] in {"regex", "parcel"}
    # Java's and Rust's regular expressions take no escaped space, and need no escaped hyphen.
    text = row["pattern"] if is_regex else re.escape(row["pattern"]).replace("\\ ", " ").replace("\\-", "-")
    return _MATCHES[row["match"]].format(text)
