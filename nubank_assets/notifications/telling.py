"""Telling of a run that a command makes: once that it started, once how it ended, also when it broke down."""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from nubank_assets.domain.failures import PermanentError, RetryableError
from nubank_assets.messages import message
from nubank_assets.notifications.channels import check_notifications, notify
from nubank_assets.notifications.events import RunEvent, RunStatus
from nubank_assets.notifications.figures import figures_of

if TYPE_CHECKING:
    from nubank_assets.notifications.marks import Marks
    from nubank_assets.settings import Settings
    from nubank_assets.sources.credentials import Credentials


#: Set by the daily run for its command: it tells of an end that the command could not tell of, under the same id.
RUN_ID: Final = "NUBANK_RUN_ID"


def last_told(home: Path) -> int:
    """When a run of this home last told how it ended, as a number that grows; 0 if none ever did.

    The daily run tells of an end that the run itself could not tell of.
    """
    mark = _mark_of(home)
    return mark.stat().st_mtime_ns if mark.exists() else 0


class RunNews:
    """What the command found out about its run; it is told when the run ends."""

    def __init__(self) -> None:
        self._failures: list[str] = []
        self._warnings: list[str] = []
        self._succeeded: bool | None = None

    def ended(self, succeeded: bool, failures: Sequence[str] = (), warnings: Sequence[str] = ()) -> None:
        """The run ended, with these sentences."""
        self._succeeded = succeeded
        self._failures += failures
        self._warnings += warnings

    def event(self, settings: "Settings", months: Sequence[str], seconds: float) -> RunEvent:
        """The event of its end; a run that never said how it ended failed."""
        failures, warnings = tuple(self._failures), tuple(self._warnings)
        if not self._succeeded:
            # Without figures: what failed may be the very tables they come from.
            return RunEvent("failed", tuple(months), seconds, failures=failures, warnings=warnings)
        from nubank_assets.lake.publish import Lake

        rows, rejects, figures = figures_of(Lake(settings.lake_root), months)
        return RunEvent(
            "succeeded",
            tuple(months),
            seconds,
            rows=rows,
            rejects=rejects,
            figures=figures,
            failures=failures,
            warnings=warnings,
            results=results_of(settings),
        )


def results_of(settings: "Settings") -> tuple[str, ...]:
    """Where a person finds the results."""
    places = {"workbook": str(settings.workbook_path), "sheets": settings.spreadsheet_address}
    return (*(places[name] for name in settings.destinations), str(settings.dashboard_path))


@dataclass(frozen=True)
class Telling:
    """Who tells, what for and where the marks are; `say` is given a sentence for what could not be delivered.

    `run_id` is what the command and its runs are known by. Without marks nobody else tells of them.
    """

    settings: "Settings"
    credentials: "Credentials"
    say: Callable[[str], None]
    run_id: str = ""
    marks: "Marks | None" = None

    def tell(self, event: RunEvent) -> None:
        """Tell of an event of this run."""
        event = replace(event, run_id=self.run_id, link=link_to(self.settings, self.run_id))
        if self.marks is not None and event.status != "started":
            self.marks.keep(event)
        for sentence in notify(self.settings, self.credentials, event, self.marks):
            self.say(sentence)

    def tell_end(self, event: RunEvent) -> None:
        """Tell how it ended, and leave a sign that it was told."""
        if not self.settings.notifications:
            return
        self.tell(event)
        mark = _mark_of(self.settings.home)
        # It only spares a second notice, and must not fail a run on a full disk.
        with suppress(OSError):
            mark.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            mark.touch(mode=0o600)


@contextmanager
def told(telling: Telling, months: Sequence[str]) -> Iterator[RunNews]:
    """Tell that a run started, and how it ended.

    Raises InputError at once if a chosen channel lacks a setting. What the run raises is told and passed on.
    """
    check_notifications(telling.settings, telling.credentials)
    news, started = RunNews(), time.monotonic()
    telling.tell(RunEvent("started", tuple(months)))
    try:
        yield news
    except BaseException as error:
        status: RunStatus = "canceled" if isinstance(error, KeyboardInterrupt) else "failed"
        seconds = time.monotonic() - started
        telling.tell_end(RunEvent(status, tuple(months), seconds, failures=(_reason(error),)))
        raise
    if telling.settings.notifications:
        telling.tell_end(news.event(telling.settings, months, time.monotonic() - started))


def link_to(settings: "Settings", run_id: str, *, backfill: bool = False) -> str:
    """Where Dagster's page shows the run; empty where no address of a page is set."""
    if not settings.page_url or not run_id:
        return ""
    return f"{settings.page_url.rstrip('/')}/runs/{'b/' if backfill else ''}{run_id}"


def _mark_of(home: Path) -> Path:
    return home / "logs" / "told"


def _reason(error: BaseException) -> str:
    if isinstance(error, KeyboardInterrupt):
        return message("notice_interrupted")
    if isinstance(error, PermanentError | RetryableError):
        return str(error)
    return message("notice_unexpected", error=type(error).__name__)
