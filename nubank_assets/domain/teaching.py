"""The words of what a person teaches: what a correction is about, and how a rule of theirs compares names.

What becomes of a row of a worksheet is in ``person_sheets.py``; which method decided a category in ``vocabulary.py``.
"""

from enum import StrEnum
from typing import Final

#: A category that is less sure, in percent, is worth a look.
SURE: Final = 90


class AppliesTo(StrEnum):
    """What a correction is about."""

    LINE = "line"
    MERCHANT = "merchant"
    """All lines of the merchant, past and to come: it is a rule of the person's own."""


class RuleMatch(StrEnum):
    """How a person's rule compares its pattern with the name of a merchant, the most specific first."""

    MERCHANT = "merchant"
    """It is the merchant, whatever its store, city or acquirer."""
    BEGINS = "begins"
    """The name begins so."""
    WORDS = "words"
    """All these words are in the name, in any order."""
    CONTAINS = "contains"
    """The name has these letters somewhere."""
