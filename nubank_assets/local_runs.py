"""Runs in this process on Dagster's instance in the home, and runs that died.

What `nubank run` does beside printing. What runs is defined in ``definitions.py``, the home is made in
``local_home.py``.
"""

import os
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import dagster as dg

from nubank_assets.definitions import build_definitions
from nubank_assets.deployments import DEPLOYMENTS
from nubank_assets.domain.failures import PermanentError, RetryableError
from nubank_assets.domain.months import contiguous_blocks
from nubank_assets.jobs import COMMAND_TAG, MONTHLY_JOB, MONTHLY_LAYERS_JOB, NOTICE_TAG, made_by_command, range_tags
from nubank_assets.lake.files import clear_staging
from nubank_assets.messages import message
from nubank_assets.run_failures import may_pass_later, reason_of
from nubank_assets.run_history import prune_history, shrink_log
from nubank_assets.settings import Settings

_UNFINISHED: Final = [dg.DagsterRunStatus.STARTED, dg.DagsterRunStatus.STARTING, dg.DagsterRunStatus.CANCELING]
#: raw_transactions and its check, cleaned_parquet, categorized_tables; then insights, its check, and three for people.
_MONTHLY_STEPS: Final = 4
_STEPS_AFTER: Final = 5


@dataclass(frozen=True)
class RunOutcome:
    """What one run over a block of months came to: `failures` and `warnings` are sentences.

    `may_pass_later` is of a run that failed by nothing but what trying again may mend.
    """

    months: tuple[str, str]
    succeeded: bool
    failures: tuple[str, ...]
    warnings: tuple[str, ...]
    may_pass_later: bool = False


def run_months(
    settings: Settings, months: Sequence[str], on_step: Callable[[str], None], run_id: str = ""
) -> list[RunOutcome]:
    """Materialise these months in this process: one run for each unbroken block, the last with all that follows.

    `on_step` is told the name of each step that ends. The caller holds the home's lock. `run_id` is of the first run,
    and what all of them are told of under.
    """
    os.environ["DAGSTER_HOME"] = str(settings.dagster_home)
    # Dagster stores the months' events of an asset together: fewer, larger writes.
    os.environ.setdefault("DAGSTER_EVENT_BATCH_SIZE", "100")
    clear_staging(settings.lake_root)
    definitions = build_definitions(settings)
    blocks = list(contiguous_blocks(months))
    with dg.DagsterInstance.from_config(str(settings.dagster_home)) as instance:
        fail_dead_runs(instance)
        jobs = [MONTHLY_LAYERS_JOB.name] * (len(blocks) - 1) + [MONTHLY_JOB.name]
        run_id = run_id or str(uuid.uuid4())
        ids = [run_id, *(str(uuid.uuid4()) for _ in blocks[1:])]
        outcomes = [
            _run_block(instance, definitions.resolve_job_def(job), (own_id, run_id), block, on_step)
            for job, own_id, block in zip(jobs, ids, blocks, strict=True)
        ]
        if settings.deployment == "aws":
            outcomes[-1] = follow_in_catalog(settings, instance, ids, outcomes[-1])
        prune_history(instance, history := settings.dagster_home / "history" / "runs")
    for own_id in ids:
        shrink_log(history, own_id)
    return outcomes


def follow_in_catalog(
    settings: Settings, instance: dg.DagsterInstance, ids: Sequence[str], outcome: RunOutcome
) -> RunOutcome:
    """Let the Glue catalog show what these runs published, where no sensor ticks; what it cannot is a failure."""
    glue = DEPLOYMENTS[settings.deployment](settings)["glue"]
    try:
        glue.publish()
        for run_id in ids:
            glue.publish_run(instance, run_id)
    except (PermanentError, RetryableError) as error:
        return replace(outcome, succeeded=False, failures=(*outcome.failures, str(error)))
    return outcome


def count_steps(settings: Settings, months: Sequence[str]) -> int:
    """How many steps `run_months` will tell of: the monthly layers for each block, and what follows once."""
    of_catalog = int(settings.deployment == "aws")
    return len(list(contiguous_blocks(months))) * _MONTHLY_STEPS + _STEPS_AFTER + of_catalog


def _run_block(
    instance: dg.DagsterInstance,
    job: dg.JobDefinition,
    ids: tuple[str, str],
    block: tuple[str, str],
    on_step: Callable[[str], None],
) -> RunOutcome:
    run_id, notice = ids
    instance.add_event_listener(run_id, lambda entry: _tell_of_step(entry, on_step))
    return run_job(instance, job, {**range_tags(*block), COMMAND_TAG: "run", NOTICE_TAG: notice}, block, run_id)


def run_job(
    instance: dg.DagsterInstance,
    job: dg.JobDefinition,
    tags: Mapping[str, str],
    block: tuple[str, str],
    run_id: str | None = None,
) -> RunOutcome:
    """One run of a job in this process; raises KeyboardInterrupt if it was interrupted."""
    result = job.execute_in_process(
        instance=instance,
        run_id=run_id,
        tags=dict(tags),
        run_config={"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}},
        raise_on_error=False,
    )
    failed = result.get_step_failure_events()
    if any(_was_interrupted(event) for event in result.all_events):
        raise KeyboardInterrupt
    checks = [check for check in result.get_asset_check_evaluations() if not check.passed]
    warnings = [_say(check) for check in checks if check.severity is dg.AssetCheckSeverity.WARN]
    failures = [_say(check) for check in checks if check.severity is dg.AssetCheckSeverity.ERROR]
    errors = [reason_of(event) for event in failed]
    passes = bool(failed) and not failures and all(map(may_pass_later, failed))
    return RunOutcome(block, result.success, tuple(failures or errors), tuple(warnings), passes)


def _was_interrupted(event: dg.DagsterEvent) -> bool:
    """Ctrl-C in a step, or between two."""
    if event.event_type is dg.DagsterEventType.STEP_FAILURE:
        return "DagsterExecutionInterruptedError" in str(event.step_failure_data.error)
    is_failure = event.event_type is dg.DagsterEventType.RUN_FAILURE
    return is_failure and "DagsterExecutionInterruptedError" in str(event.job_failure_data.error)


def _tell_of_step(entry: dg.EventLogEntry, on_step: Callable[[str], None]) -> None:
    event = entry.dagster_event
    if (
        event
        and event.step_key
        and event.event_type in {dg.DagsterEventType.STEP_SUCCESS, dg.DagsterEventType.STEP_FAILURE}
    ):
        on_step(event.step_key)


def _say(check: dg.AssetCheckEvaluation) -> str:
    return f"{check.check_name}: {check.description or ''}"


def fail_dead_runs(instance: dg.DagsterInstance) -> None:
    """Mark unfinished runs of `nubank run` as failed: kill -9 leaves them started for ever.

    The caller holds the home's lock, so none of them can be alive.
    """
    unfinished = instance.get_runs(dg.RunsFilter(statuses=_UNFINISHED, tags={COMMAND_TAG: "run"}))
    for run in filter(lambda run: made_by_command(run.tags), unfinished):
        instance.report_run_failed(run, message("run_died"))
