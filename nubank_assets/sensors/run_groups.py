"""What is told together: a run alone, the runs of a backfill, the runs of one command; and what became of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

import dagster as dg

from nubank_assets.domain.months import months_between
from nubank_assets.jobs import NOTICE_TAG, made_by_command
from nubank_assets.notifications.events import RunCounts, RunEvent, RunStatus
from nubank_assets.notifications.figures import figures_of
from nubank_assets.notifications.telling import link_to, results_of
from nubank_assets.run_failures import reason_of
from nubank_assets.settings import Settings

BACKFILL_TAG: Final = "dagster/backfill"
_RANGE_TAGS: Final = ("dagster/asset_partition_range_start", "dagster/asset_partition_range_end")
_ENDS: Final[dict[dg.DagsterRunStatus, RunStatus]] = {
    dg.DagsterRunStatus.SUCCESS: "succeeded",
    dg.DagsterRunStatus.FAILURE: "failed",
    dg.DagsterRunStatus.CANCELED: "canceled",
}
_OPEN_BACKFILLS: Final = {"REQUESTED", "CANCELING", "FAILING"}


@dataclass(frozen=True)
class RunGroup:
    """Runs that are told of together; `id` is the run's, the backfill's or the command's."""

    id: str
    is_backfill: bool
    records: tuple[dg.RunRecord, ...]

    @property
    def status(self) -> RunStatus | None:
        """What is to be told of it now; None of a backfill that goes on, and of what has not started."""
        ends = [_ENDS.get(record.dagster_run.status) for record in self.records]
        if None in ends:
            started = any(record.start_time for record in self.records)
            return "started" if started and not self.is_backfill else None
        return next((status for status in ("failed", "canceled") if status in ends), "succeeded")

    @property
    def moment(self) -> float:
        """When it came to that."""
        times = [record.start_time if self.status == "started" else record.end_time for record in self.records]
        known = [time for time in times if time]
        if self.status == "started":
            return min(known)
        return max(known, default=max(record.update_timestamp.timestamp() for record in self.records))

    @property
    def months(self) -> tuple[str, ...]:
        """The months of its runs; none where they have none."""
        return tuple(sorted({month for record in self.records for month in months_of(record.dagster_run)}))


def group_of(instance: dg.DagsterInstance, run: dg.DagsterRun) -> RunGroup:
    """The run with those that are told of together with it."""
    tag = _tag_of(run)
    chosen = dg.RunsFilter(tags={tag: run.tags[tag]}) if tag else dg.RunsFilter(run_ids=[run.run_id])
    return RunGroup(_id_of(run), tag == BACKFILL_TAG, tuple(instance.get_run_records(chosen)))


def groups_since(instance: dg.DagsterInstance, moment: float, most: int) -> Iterator[RunGroup]:
    """The groups of the runs that changed since then; of very many runs those that changed last."""
    changed = dg.RunsFilter(updated_after=datetime.fromtimestamp(moment, UTC))
    records = instance.get_run_records(changed, limit=most, order_by="update_timestamp")
    for name, record in {_id_of(record.dagster_run): record for record in records}.items():
        if _tag_of(record.dagster_run):
            yield group_of(instance, record.dagster_run)
        else:
            yield RunGroup(name, is_backfill=False, records=(record,))


def _tag_of(run: dg.DagsterRun) -> str | None:
    tags = (BACKFILL_TAG, NOTICE_TAG) if made_by_command(run.tags) else (BACKFILL_TAG,)
    return next((tag for tag in tags if tag in run.tags), None)


def _id_of(run: dg.DagsterRun) -> str:
    tag = _tag_of(run)
    return run.tags[tag] if tag else run.run_id


def is_going_on(instance: dg.DagsterInstance, group: RunGroup) -> bool:
    """Whether more runs of the group may come: a backfill that Dagster has not finished."""
    backfill = instance.get_backfill(group.id) if group.is_backfill else None
    return backfill is not None and backfill.status.value in _OPEN_BACKFILLS


def event_of(instance: dg.DagsterInstance, group: RunGroup, status: RunStatus, settings: Settings) -> RunEvent:
    """The event of a group that came to this."""
    # Loading the definitions must not load pyarrow.
    from nubank_assets.lake.publish import Lake

    months, link = group.months, link_to(settings, group.id, backfill=group.is_backfill)
    if status == "started":
        return RunEvent(status, months, run_id=group.id, link=link)
    runs = [record.dagster_run for record in group.records]
    bad = [run for run in runs if run.status is not dg.DagsterRunStatus.SUCCESS]
    succeeded = status == "succeeded"
    rows, rejects, figures = figures_of(Lake(settings.lake_root), months) if succeeded else (None, None, ())
    return RunEvent(
        status,
        months,
        seconds=_seconds(group),
        rows=rows,
        rejects=rejects,
        figures=figures,
        failures=tuple(reason for run in bad for reason in _reasons(instance, run)),
        warnings=tuple(line for run in runs for line in _checks(instance, run, dg.AssetCheckSeverity.WARN)),
        results=results_of(settings) if succeeded else (),
        runs=RunCounts(len(runs), len(bad)) if group.is_backfill else None,
        run_id=group.id,
        link=link,
    )


def months_of(run: dg.DagsterRun) -> tuple[str, ...]:
    """The months that a run was asked for; none for a run over what has no months."""
    first, last = (run.tags.get(tag) for tag in _RANGE_TAGS)
    if first and last:
        return tuple(months_between(first, last))
    month = run.tags.get("dagster/partition")
    return (month,) if month else ()


def _seconds(group: RunGroup) -> float | None:
    starts = [record.start_time for record in group.records if record.start_time]
    ends = [record.end_time for record in group.records if record.end_time]
    return max(ends) - min(starts) if starts and ends else None


def _reasons(instance: dg.DagsterInstance, run: dg.DagsterRun) -> Sequence[str]:
    """Its failed checks, else the errors of its steps, else what the run itself said."""
    return _checks(instance, run, dg.AssetCheckSeverity.ERROR) or _errors(instance, run)


def _checks(instance: dg.DagsterInstance, run: dg.DagsterRun, severity: dg.AssetCheckSeverity) -> Sequence[str]:
    events = _events(instance, run, dg.DagsterEventType.ASSET_CHECK_EVALUATION)
    checks = [event.asset_check_evaluation_data for event in events]
    return [
        f"{check.check_name}: {check.description or ''}"
        for check in checks
        if not check.passed and check.severity is severity
    ]


def _errors(instance: dg.DagsterInstance, run: dg.DagsterRun) -> Sequence[str]:
    failed = _events(instance, run, dg.DagsterEventType.STEP_FAILURE)
    if failed:
        return [reason_of(event) for event in failed]
    ends = _events(instance, run, dg.DagsterEventType.RUN_FAILURE)
    return [event.message for event in ends if event.message]


def _events(instance: dg.DagsterInstance, run: dg.DagsterRun, kind: dg.DagsterEventType) -> Sequence[dg.DagsterEvent]:
    entries = instance.all_logs(run.run_id, of_type=kind)
    return [entry.dagster_event for entry in entries if entry.dagster_event]
