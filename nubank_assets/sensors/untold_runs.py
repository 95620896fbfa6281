"""Nothing stays untold: what a channel could not deliver, or nobody was there to tell of, is told later.

Of each channel only what happened since it was first seen to be chosen, and no longer ago than a week: a new
installation does not tell of years of runs. The order is that of the events; a channel that fails is left alone for
a while, longer each time.
"""

import json
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

import dagster as dg

from nubank_assets.credentials import open_credentials
from nubank_assets.domain.failures import RetryableError
from nubank_assets.notifications.channels import CHANNELS, tell
from nubank_assets.notifications.events import ENDS, RunEvent, RunStatus
from nubank_assets.notifications.marks import end_marks, mark_of
from nubank_assets.resources import NotificationsResource
from nubank_assets.sensors.marks import InstanceMarks
from nubank_assets.sensors.run_groups import event_of, groups_since, is_going_on
from nubank_assets.settings import NotificationChannel, Settings

_SECONDS: Final = 60
#: Those who tell as it happens are given this long.
_GRACE_SECONDS: Final = 120
_OLDEST_SECONDS: Final = 7 * 24 * 3600
_MOST_RUNS: Final = 1000
#: A tick has a minute, and a channel that does not answer takes a third of it.
_MOST_NOTICES: Final = 5
_SHORTEST_PAUSE: Final = 60
_LONGEST_PAUSE: Final = 3600


@dg.sensor(
    minimum_interval_seconds=_SECONDS,
    default_status=dg.DefaultSensorStatus.RUNNING,
    description="Tells of runs that nobody could be told of before, and of backfills that are over",
)
def untold_runs_sensor(context: dg.SensorEvaluationContext, notifications: NotificationsResource) -> dg.SkipReason:
    """Tell what is untold; raises RetryableError, for the page to show, if a channel still fails."""
    outcome = tell_untold(context.instance, notifications.load(), time.time())
    for sentence in outcome.undelivered:
        context.log.warning(sentence)
    if outcome.undelivered:
        raise RetryableError(" ".join(outcome.undelivered))
    return dg.SkipReason(f"told of {len(outcome.told)} runs: {', '.join(outcome.told) or 'nothing was untold'}")


@dataclass(frozen=True)
class Outcome:
    """The notices that were delivered now, and sentences about those that were not."""

    told: Sequence[str]
    undelivered: Sequence[str]


def tell_untold(instance: dg.DagsterInstance, settings: Settings, now: float, grace: float = _GRACE_SECONDS) -> Outcome:
    """Tell of what happened at least `grace` seconds ago and has no mark, oldest first, a few at a time."""
    ledger = _Ledger(InstanceMarks(instance), now)
    ready = ledger.ready(settings.notifications)
    told: list[str] = []
    undelivered: dict[NotificationChannel, str] = {}
    for happening, channels in _untold(instance, settings, ledger, ready, grace):
        asked = [name for name in channels if name not in undelivered]
        if asked and len(told) < _MOST_NOTICES:
            failed = tell(settings, open_credentials(settings), happening.event(), asked, ledger.marks)
            undelivered |= failed
            told += [happening.id] if len(failed) < len(asked) else []
    ledger.note(ready, undelivered)
    return Outcome(told, list(undelivered.values()))


@dataclass(frozen=True)
class _Happening:
    """A notice that there could be; its event costs a look at the run's history."""

    run_id: str
    status: RunStatus
    moment: float
    event: Callable[[], RunEvent]

    @property
    def id(self) -> str:
        return f"{self.run_id}:{self.status}"

    def marks(self, channel: NotificationChannel) -> set[str]:
        """Those of which any says that the channel told of it."""
        return end_marks(channel, self.run_id) if self.status in ENDS else {mark_of(channel, self.id)}


def _untold(
    instance: dg.DagsterInstance,
    settings: Settings,
    ledger: "_Ledger",
    ready: dict[NotificationChannel, float],
    grace: float,
) -> Iterator[tuple[_Happening, list[NotificationChannel]]]:
    """What happened that a channel has not told of, oldest first, with these channels."""
    if not ready:
        return
    oldest = max(min(ready.values()), ledger.now - _OLDEST_SECONDS)
    all_of_them = sorted(_happenings(instance, settings, oldest), key=lambda happening: happening.moment)
    due = [happening for happening in all_of_them if oldest <= happening.moment <= ledger.now - grace]
    known = ledger.marks.known({mark for happening in due for name in ready for mark in happening.marks(name)})
    for happening in due:
        yield (
            happening,
            [name for name, since in ready.items() if happening.moment >= since and not happening.marks(name) & known],
        )


def _happenings(instance: dg.DagsterInstance, settings: Settings, oldest: float) -> Iterator[_Happening]:
    """How commands said that they ended, and what became of all other runs since then."""
    ended = {event.run_id: (moment, event) for moment, event in InstanceMarks(instance).kept()}
    for moment, event in ended.values():
        yield _Happening(event.run_id, event.status, moment, partial(_same, event))
    for group in groups_since(instance, oldest, _MOST_RUNS):
        if group.status is not None and group.id not in ended and not is_going_on(instance, group):
            build = partial(event_of, instance, group, group.status, settings)
            yield _Happening(group.id, group.status, group.moment, build)


def _same(event: RunEvent) -> RunEvent:
    return event


@dataclass(frozen=True)
class _Ledger:
    """What is kept of each channel beside the marks: since when it is chosen, and how long it is left alone."""

    marks: InstanceMarks
    now: float

    def ready(self, chosen: Collection[NotificationChannel]) -> dict[NotificationChannel, float]:
        """The chosen channels that may be asked now, with the time from which on they tell."""
        kept = self.marks.read([key(name) for name in CHANNELS for key in (_since, _pause)])
        for name in CHANNELS:
            since = kept.get(_since(name))
            if name in chosen and not since:
                self.marks.write(_since(name), str(self.now))
            elif name not in chosen and since:
                self.marks.write(_since(name), "")
        resting = {name for name in chosen if json.loads(kept.get(_pause(name)) or "{}").get("until", 0) > self.now}
        return {name: float(kept.get(_since(name)) or self.now) for name in chosen if name not in resting}

    def note(self, asked: Collection[NotificationChannel], undelivered: Collection[NotificationChannel]) -> None:
        """Of the channels that were asked, leave those alone that failed, and the others no more."""
        kept = self.marks.read([_pause(name) for name in asked])
        for name in asked:
            before = json.loads(kept.get(_pause(name)) or "{}")
            if name in undelivered:
                seconds = min(2 * before.get("seconds", _SHORTEST_PAUSE / 2), _LONGEST_PAUSE)
                self.marks.write(_pause(name), json.dumps({"seconds": seconds, "until": self.now + seconds}))
            elif before:
                self.marks.write(_pause(name), "")


_since: Callable[[str], str] = "{}/since".format
_pause: Callable[[str], str] = "{}/pause".format
