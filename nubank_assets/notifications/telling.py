"""Telling of a run that a command makes: once that it started, once how it ended, also when it broke down."""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from nubank_assets.domain.failures import PermanentError, RetryableError
from nubank_assets.messages import message
from nubank_assets.notifications.channels import check_notifications, notify
from nubank_assets.notifications.events import RunEvent
from nubank_assets.notifications.figures import count_rows, newest_figures

if TYPE_CHECKING:
    from nubank_assets.settings import Settings
    from nubank_assets.sources.credentials import Credentials


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

        lake = Lake(settings.lake_root)
        return RunEvent(
            "succeeded",
            tuple(months),
            seconds,
            rows=count_rows(lake, months),
            figures=newest_figures(lake),
            failures=failures,
            warnings=warnings,
            results=results_of(settings),
        )


def results_of(settings: "Settings") -> tuple[str, ...]:
    """Where a person finds the results."""
    return tuple(str(settings.workbook_path) for name in settings.destinations if name == "workbook")


@contextmanager
def told(
    settings: "Settings", credentials: "Credentials", months: Sequence[str], say: Callable[[str], None]
) -> Iterator[RunNews]:
    """Tell that a run started, and how it ended; `say` is given a sentence for what could not be delivered.

    Raises InputError at once if a chosen channel lacks a setting. What the run raises is told and passed on.
    """
    check_notifications(settings, credentials)
    news, started = RunNews(), time.monotonic()
    _tell(settings, credentials, RunEvent("started", tuple(months)), say)
    try:
        yield news
    except BaseException as error:
        failed = RunEvent("failed", tuple(months), time.monotonic() - started, failures=(_reason(error),))
        if settings.notifications:
            _tell_end(settings, credentials, failed, say)
        raise
    if settings.notifications:
        _tell_end(settings, credentials, news.event(settings, months, time.monotonic() - started), say)


def _tell_end(settings: "Settings", credentials: "Credentials", event: RunEvent, say: Callable[[str], None]) -> None:
    _tell(settings, credentials, event, say)
    mark = _mark_of(settings.home)
    # It only spares a second notice, and must not fail a run on a full disk.
    with suppress(OSError):
        mark.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        mark.touch(mode=0o600)


def _tell(settings: "Settings", credentials: "Credentials", event: RunEvent, say: Callable[[str], None]) -> None:
    for sentence in notify(settings, credentials, event):
        say(sentence)


def _mark_of(home: Path) -> Path:
    return home / "logs" / "told"


def _reason(error: BaseException) -> str:
    if isinstance(error, KeyboardInterrupt):
        return message("notice_interrupted")
    if isinstance(error, PermanentError | RetryableError):
        return str(error)
    return message("notice_unexpected", error=type(error).__name__)
