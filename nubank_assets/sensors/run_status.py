"""What tells a person of the runs that Dagster's page, schedule and other sensors start.

A run of `nubank run` is told of by the command itself, once for all its blocks of months.
"""

from collections.abc import Callable, Sequence
from typing import Final

import dagster as dg

from nubank_assets.domain.failures import RetryableError
from nubank_assets.domain.months import months_between
from nubank_assets.jobs import COMMAND_TAG
from nubank_assets.notifications.events import RunEvent
from nubank_assets.notifications.figures import count_rows, newest_figures
from nubank_assets.resources import LakeResource, NotificationsResource
from nubank_assets.run_failures import reason_of

_SECONDS: Final = 30
_RANGE_TAGS: Final = ("dagster/asset_partition_range_start", "dagster/asset_partition_range_end")


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
    return _tell(context, notifications, lambda: RunEvent("started", months_of(context.dagster_run)))


@dg.run_status_sensor(
    run_status=dg.DagsterRunStatus.SUCCESS,
    monitor_all_code_locations=True,
    minimum_interval_seconds=_SECONDS,
    default_status=dg.DefaultSensorStatus.RUNNING,
    description="Tells that a run succeeded, with the figures of the newest months",
)
def run_succeeded_sensor(
    context: dg.RunStatusSensorContext, notifications: NotificationsResource, lake: LakeResource
) -> dg.SkipReason | None:
    """Tell of a run that succeeded, with what it came to."""

    def event() -> RunEvent:
        months, opened = months_of(context.dagster_run), lake.open()
        return RunEvent(
            "succeeded",
            months,
            seconds=_seconds(context),
            rows=count_rows(opened, months) if months else None,
            figures=newest_figures(opened),
            warnings=_checks(context, dg.AssetCheckSeverity.WARN),
            results=tuple(notifications.results),
        )

    return _tell(context, notifications, event)


@dg.run_status_sensor(
    run_status=dg.DagsterRunStatus.FAILURE,
    monitor_all_code_locations=True,
    minimum_interval_seconds=_SECONDS,
    default_status=dg.DefaultSensorStatus.RUNNING,
    description="Tells that a run failed, and why",
)
def run_failed_sensor(context: dg.RunStatusSensorContext, notifications: NotificationsResource) -> dg.SkipReason | None:
    """Tell of a run that failed: its failed checks, else the errors of its steps, else that of the run."""

    def event() -> RunEvent:
        return RunEvent(
            "failed",
            months_of(context.dagster_run),
            seconds=_seconds(context),
            failures=_checks(context, dg.AssetCheckSeverity.ERROR) or _errors(context),
            warnings=_checks(context, dg.AssetCheckSeverity.WARN),
        )

    return _tell(context, notifications, event)


def months_of(run: dg.DagsterRun) -> tuple[str, ...]:
    """The months that a run was asked for; none for a run over what has no months."""
    first, last = (run.tags.get(tag) for tag in _RANGE_TAGS)
    if first and last:
        return tuple(months_between(first, last))
    month = run.tags.get("dagster/partition")
    return (month,) if month else ()


def _tell(
    context: dg.RunStatusSensorContext, notifications: NotificationsResource, event: Callable[[], RunEvent]
) -> dg.SkipReason | None:
    if not notifications.settings["notifications"]:
        return dg.SkipReason("no channel is chosen: set NUBANK_NOTIFICATIONS")
    if context.dagster_run.tags.get(COMMAND_TAG) == "run":
        return dg.SkipReason("`nubank run` tells of its runs itself")
    undelivered = notifications.tell(event())
    for sentence in undelivered:
        context.log.warning(sentence)
    if undelivered:
        # The page shows the tick as failed; the run stays what it is.
        raise RetryableError(" ".join(undelivered))
    return None


def _seconds(context: dg.RunStatusSensorContext) -> float | None:
    record = context.instance.get_run_record_by_id(context.dagster_run.run_id)
    return record.end_time - record.start_time if record and record.start_time and record.end_time else None


def _checks(context: dg.RunStatusSensorContext, severity: dg.AssetCheckSeverity) -> tuple[str, ...]:
    entries = _entries(context, dg.DagsterEventType.ASSET_CHECK_EVALUATION)
    checks = [entry.asset_check_evaluation_data for entry in entries]
    return tuple(
        f"{check.check_name}: {check.description or ''}"
        for check in checks
        if not check.passed and check.severity is severity
    )


def _errors(context: dg.RunStatusSensorContext) -> tuple[str, ...]:
    failed = _entries(context, dg.DagsterEventType.STEP_FAILURE)
    return tuple(reason_of(event) for event in failed) or ((context.dagster_event.message or ""),)


def _entries(context: dg.RunStatusSensorContext, kind: dg.DagsterEventType) -> Sequence[dg.DagsterEvent]:
    entries = context.instance.all_logs(context.dagster_run.run_id, of_type=kind)
    return [entry.dagster_event for entry in entries if entry.dagster_event]
