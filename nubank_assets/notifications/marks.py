"""Which notices were delivered: one mark for each channel and notice, shared by all who tell of the same runs."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, Protocol

from filelock import FileLock, Timeout

from nubank_assets.messages import message
from nubank_assets.notifications.events import ENDS, RunEvent, UndeliveredError

#: A channel gives up long before.
_SECONDS: Final = 50


class Marks(Protocol):
    """What keeps the marks, as long as it keeps the runs."""

    def known(self, marks: Collection[str]) -> set[str]:
        """Those of these marks that were put."""

    def put(self, mark: str) -> None:
        """Put a mark; it stays."""

    def keep(self, event: RunEvent) -> None:
        """Keep an event that is in no run's history, such as that nothing could be collected, until it is told."""


def mark_of(channel: str, notice: str) -> str:
    """The mark of a notice (`run_id:status`) that a channel delivered."""
    return f"{channel}/{notice}"


def end_marks(channel: str, run_id: str) -> set[str]:
    """The marks of whatever end a channel told of: a command may have seen more of it than Dagster did."""
    return {mark_of(channel, f"{run_id}:{status}") for status in ENDS}


@contextmanager
def one_at_a_time(home: Path) -> Iterator[None]:
    """Nobody else on this machine looks for marks, sends and marks meanwhile; raises UndeliveredError.

    Two who find no mark would both send.
    """
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    lock = FileLock(home / "notices.lock", timeout=_SECONDS)
    try:
        lock.acquire()
    except Timeout:
        raise UndeliveredError(message("notice_busy")) from None
    try:
        yield
    finally:
        lock.release()
