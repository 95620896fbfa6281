"""The documents a person exports from the app, before they are bytes: which bill or month, seen when.

When and under which name they are exported is in ``exports.py``; their formats are in the writers.
"""

from dataclasses import dataclass
from datetime import date, datetime

from nubank_assets.sources.demo.truth import TruthLine


@dataclass(frozen=True)
class CardDocument:
    """One bill as it was at a moment."""

    bill: str
    exported_at: datetime
    lines: tuple[TruthLine, ...]


@dataclass(frozen=True)
class AccountDocument:
    """One month of the account up to `last`, with its balance at the end of that day in centavos."""

    first: date
    last: date
    exported_at: datetime
    lines: tuple[TruthLine, ...]
    balance: int
