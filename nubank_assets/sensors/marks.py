"""The marks of what was told, in the instance's own storage beside its runs, whatever database that is.

Not as tags of the runs: Dagster adds a tag by reading a run and writing it whole, and so does the run's own process
with its status; of two at once, one is lost. A key has one writer and one value.
"""

import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import Final

import dagster as dg
from pydantic import TypeAdapter

from nubank_assets.notifications.events import RunEvent
from nubank_assets.settings import Settings

_PREFIX: Final = "nubank/told/"
_KEPT: Final = "kept"
_KEPT_SECONDS: Final = 7 * 24 * 3600
_MOST_KEPT: Final = 50
_EVENTS: Final = TypeAdapter(list[tuple[float, RunEvent]])


class InstanceMarks:
    """The marks of the runs of an instance."""

    def __init__(self, instance: dg.DagsterInstance) -> None:
        self._storage = instance.daemon_cursor_storage

    def known(self, marks: Collection[str]) -> set[str]:
        """Those of these marks that were put."""
        values = self.read(marks)
        return {mark for mark in marks if values.get(mark)}

    def put(self, mark: str) -> None:
        """Put a mark."""
        self.write(mark, "1")

    def keep(self, event: RunEvent) -> None:
        """Keep an event; one command at a time holds the home, and only commands keep events."""
        now = time.time()
        recent = [(moment, kept) for moment, kept in self.kept() if moment > now - _KEPT_SECONDS][-_MOST_KEPT + 1 :]
        self.write(_KEPT, _EVENTS.dump_json([*recent, (now, event)]).decode())

    def kept(self) -> list[tuple[float, RunEvent]]:
        """The events that were kept, with their time, oldest first."""
        return _EVENTS.validate_json(self.read([_KEPT]).get(_KEPT) or "[]")

    def read(self, names: Collection[str]) -> dict[str, str]:
        """What else is kept beside the marks, by name."""
        values = self._storage.get_cursor_values({_PREFIX + name for name in names}) if names else {}
        return {key.removeprefix(_PREFIX): value for key, value in values.items()}

    def write(self, name: str, value: str) -> None:
        """Keep a word beside the marks."""
        # One at a time: Dagster forgets new keys that come together with a known one.
        self._storage.set_cursor_values({_PREFIX + name: value})


@contextmanager
def marks_of_home(settings: Settings) -> Iterator[InstanceMarks | None]:
    """The marks of a home; None where nothing can be told, or no run has ever been prepared."""
    if not settings.notifications or not (settings.dagster_home / "dagster.yaml").exists():
        yield None
        return
    with instance_of_home(settings) as instance:
        yield InstanceMarks(instance)


@contextmanager
def instance_of_home(settings: Settings) -> Iterator[dg.DagsterInstance]:
    """The instance that the page and the daemon of this home have."""
    with dg.DagsterInstance.from_config(str(settings.dagster_home)) as instance:
        yield instance
