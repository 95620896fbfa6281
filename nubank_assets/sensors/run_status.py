"""What tells a person of the runs that Dagster's page, schedule and other sensors start.

A run of `nubank run` is told of by the command itself, once for all its blocks of months; those of a backfill are
told of together. What could not be delivered, and what these sensors never saw, is told by ``untold_runs.py``.
"""

import time
from typing import Final

import dagster as dg

from nubank_assets.domain.failures import RetryableError
from nubank_assets.jobs import made_by_command
from nubank_assets.notifications.events import RunStatus
from nubank_assets.notifications.marks import end_marks
from nubank_assets.resources import NotificationsResource
from nubank_assets.sensors.marks import InstanceMarks
from nubank_assets.sensors.run_groups import BACKFILL_TAG, RunGroup, event_of, group_of

_SECONDS: Final = 30
#: A run that ended longer ago is told of by its end alone.
_STALE_SECONDS: Final = 300


@dg.run_status_sensor(
    run_status=dg.DagsterRunStatus.STARTED,
    monitor_all_code_locations=True,
    minimum_interval_seconds=_SECONDS,
    default_status=dg.DefaultSensorStatus.RUNNING,
    description="Tells that a run started",
)
def run_started_sensor(
    context: dg.RunStatusSensorContext, notifications: NotificationsResource
) -> dg.SkipReason | None:
    """Tell of a run as soon as it starts."""
    return _tell(context, notifications, "started")


@dg.run_status_sensor(
    run_status=dg.DagsterRunStatus.SUCCESS,
    monitor_all_code_locations=True,
    minimum_interval_seconds=_SECONDS,
    default_status=dg.DefaultSensorStatus.RUNNING,
    description="Tells that a run succeeded, with the figures of the newest months",
)
def run_succeeded_sensor(
    context: dg.RunStatusSensorContext, notifications: NotificationsResource
) -> dg.SkipReason | None:
    """Tell of a run that succeeded, with what it came to."""
    return _tell(context, notifications, "succeeded")


@dg.run_status_sensor(
    run_status=dg.DagsterRunStatus.FAILURE,
    monitor_all_code_locations=True,
    minimum_interval_seconds=_SECONDS,
    default_status=dg.DefaultSensorStatus.RUNNING,
    description="Tells that a run failed, and why",
)
def run_failed_sensor(context: dg.RunStatusSensorContext, notifications: NotificationsResource) -> dg.SkipReason | None:
    """Tell of a run that failed: its failed checks, else the errors of its steps, else that of the run."""
    return _tell(context, notifications, "failed")


@dg.run_status_sensor(
    run_status=dg.DagsterRunStatus.CANCELED,
    monitor_all_code_locations=True,
    minimum_interval_seconds=_SECONDS,
    default_status=dg.DefaultSensorStatus.RUNNING,
    description="Tells that a run was canceled",
)
def run_canceled_sensor(
    context: dg.RunStatusSensorContext, notifications: NotificationsResource
) -> dg.SkipReason | None:
    """Tell of a run that somebody ended."""
    return _tell(context, notifications, "canceled")


def _tell(
    context: dg.RunStatusSensorContext, notifications: NotificationsResource, status: RunStatus
) -> dg.SkipReason | None:
    settings, run = notifications.load(), context.dagster_run
    if not settings.notifications:
        return dg.SkipReason("no channel is chosen: set NUBANK_NOTIFICATIONS")
    if BACKFILL_TAG in run.tags:
        return dg.SkipReason("the runs of a backfill are told of together, when it is over")
    if made_by_command(run.tags):
        return dg.SkipReason("`nubank run` tells of its runs itself")
    marks, group = InstanceMarks(context.instance), group_of(context.instance, run)
    if status == "started" and _is_stale(group, marks, settings.notifications):
        return dg.SkipReason("it started long ago, and ended")
    undelivered = notifications.tell(event_of(context.instance, group, status, settings), marks)
    for sentence in undelivered:
        context.log.warning(sentence)
    if undelivered:
        # The page shows the tick as failed; the run stays what it is, and is told of later.
        raise RetryableError(" ".join(undelivered))
    return None


def _is_stale(group: RunGroup, marks: InstanceMarks, channels: tuple[str, ...]) -> bool:
    """Whether the run ended so long ago, or its end was told of: its start is no news."""
    if group.status in {None, "started"}:
        return False
    ends = {mark for channel in channels for mark in end_marks(channel, group.id)}
    return bool(marks.known(ends)) or time.time() - group.moment > _STALE_SECONDS
