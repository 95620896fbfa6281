"""What is told about a run: plain data, without words, formats or channels."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

RunStatus = Literal["started", "succeeded", "failed"]


@dataclass(frozen=True)
class MonthFigures:
    """What came in and went out in a month, by bill; `expenses` is positive."""

    month: str
    is_open: bool
    income: Decimal
    expenses: Decimal


@dataclass(frozen=True)
class RunEvent:
    """A run over these months started or ended; failures and warnings are sentences, results are places."""

    status: RunStatus
    months: tuple[str, ...] = ()
    seconds: float | None = None
    rows: int | None = None
    figures: tuple[MonthFigures, ...] = ()
    failures: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    results: tuple[str, ...] = ()


@dataclass(frozen=True)
class Notice:
    """An event in words, ready to be sent: the subject is one line, the html shows the same as the text."""

    subject: str
    text: str
    html: str | None = None


class UndeliveredError(Exception):
    """A channel could not deliver; the message is a sentence without any secret."""
