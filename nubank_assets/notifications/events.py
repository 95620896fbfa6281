"""What is told about a run: plain data, without words, formats or channels."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Literal

RunStatus = Literal["started", "succeeded", "failed", "canceled", "alert"]
ENDS: Final[tuple[RunStatus, ...]] = ("succeeded", "failed", "canceled")


@dataclass(frozen=True)
class MonthFigures:
    """What came in and went out in a month, by bill; `expenses` is positive."""

    month: str
    is_open: bool
    income: Decimal
    expenses: Decimal


@dataclass(frozen=True)
class RunCounts:
    """How many runs a digest is about, and how many of them failed or were canceled."""

    total: int
    failed: int


@dataclass(frozen=True)
class RunEvent:
    """A run over these months started or ended; failures and warnings are sentences, results are places.

    An alert is of something that went wrong beside the runs, such as a crawl, and has an id of its own kind.

    `run_id` is of the run, of the backfill or of the command that made the runs: what is told once together.
    """

    status: RunStatus
    months: tuple[str, ...] = ()
    seconds: float | None = None
    rows: int | None = None
    figures: tuple[MonthFigures, ...] = ()
    failures: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    results: tuple[str, ...] = ()
    rejects: int | None = None
    runs: RunCounts | None = None
    run_id: str = ""
    link: str = ""

    @property
    def id(self) -> str:
        """What a notice is known by, however often it is sent; empty for an event of no run."""
        return f"{self.run_id}:{self.status}" if self.run_id else ""


@dataclass(frozen=True)
class Notice:
    """An event in words, ready to be sent: the subject is one line, the html shows the same as the text."""

    subject: str
    text: str
    html: str | None = None
    status: RunStatus | None = None
    run_id: str = ""

    @property
    def id(self) -> str:
        """The event's."""
        return f"{self.run_id}:{self.status}" if self.run_id else ""


class UndeliveredError(Exception):
    """A channel could not deliver; the message is a sentence without any secret."""


class PartlyDeliveredError(UndeliveredError):
    """Some have it and others never will: sending it again would only be a second one for the first."""
