"""What there is to say about the schedule of a home: for `nubank schedule status` and `nubank doctor`."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from nubank_assets.domain.failures import InputError
from nubank_assets.messages import message
from nubank_assets.scheduling.plan import Plan, read_plan
from nubank_assets.scheduling.records import DailyRun, log_of, read_record
from nubank_assets.scheduling.schedulers import Scheduler, this_scheduler

if TYPE_CHECKING:
    from nubank_assets.settings import Settings

#: A sentence, and whether what it says is all right (None: worth knowing).
Diagnosis = tuple[bool | None, str]


def look_at_schedule(settings: "Settings", scheduler: Scheduler | None = None) -> Iterator[Diagnosis]:
    """Whether the daily run is installed and would start, and how the last one ended."""
    try:
        plan = read_plan(settings.home)
    except InputError as error:
        yield False, str(error)
        return
    if plan is None:
        yield None, message("schedule_absent")
    else:
        yield _look_at_plan(plan, scheduler or this_scheduler())
    run = read_record(settings.home)
    if run is not None:
        yield _look_at_run(run, log_of(settings.home))
    elif plan is not None:
        yield None, message("schedule_never_ran")


def _look_at_plan(plan: Plan, scheduler: Scheduler) -> Diagnosis:
    if not Path(plan.python).exists():
        return False, message("schedule_python_gone", python=plan.python)
    registered = scheduler.look(Path(plan.home))
    if registered is None and not scheduler.is_there():
        return None, message("schedule_by_crontab", at=plan.at)
    if registered is None or not registered.is_active:
        return False, message("schedule_inactive", at=plan.at)
    if registered.next_run:
        return True, message("schedule_active_next", at=plan.at, next=registered.next_run)
    return True, message("schedule_active", at=plan.at)


def _look_at_run(run: DailyRun, log: Path) -> Diagnosis:
    values = {"started": _moment(run.started), "ended": _moment(run.ended), "log": log, "code": run.exit_code}
    if run.ended is None:
        return None, message("schedule_run_open", **values)
    if run.exit_code == 0:
        return True, message("schedule_run_succeeded", **values)
    return False, message("schedule_run_timed_out" if run.timed_out else "schedule_run_failed", **values)


def _moment(text: str | None) -> str:
    return datetime.fromisoformat(text).strftime("%Y-%m-%d %H:%M:%S") if text else ""
