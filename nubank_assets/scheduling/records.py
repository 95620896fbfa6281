"""What is written down of the daily runs: a log with an end, the record of the last run, and whether one is due."""

import json
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from nubank_assets.scheduling.plan import Plan, write_private

#: The log before is kept once: together they stay below twice this and one run.
_LARGEST_LOG: Final = 1_000_000
_LAST_LINES: Final = 20
_LONGEST_TAIL: Final = 16_384
#: A timer may fire a moment before its time.
_EARLY: Final = timedelta(minutes=1)


@dataclass(frozen=True)
class DailyRun:
    """A daily run: without an end it is running, or was cut off with the machine."""

    started: str
    ended: str | None = None
    exit_code: int | None = None
    timed_out: bool = False
    last_lines: tuple[str, ...] = ()


def log_of(home: Path) -> Path:
    """Where the output of the daily runs is."""
    return home / "logs" / "daily.log"


def rotate(log: Path) -> None:
    """Make room for another run: a log that is large enough becomes the old one."""
    log.parent.mkdir(mode=0o700, exist_ok=True)
    if log.exists() and log.stat().st_size >= _LARGEST_LOG:
        log.replace(log.with_name(f"{log.name}.1"))
    log.touch(mode=0o600)


def read_last_lines(log: Path, start: int) -> tuple[str, ...]:
    """The last lines of what was written after `start`."""
    with log.open("rb") as file:
        size = file.seek(0, 2)
        file.seek(max(start, size - _LONGEST_TAIL))
        return tuple(file.read().decode("utf-8", "replace").splitlines()[-_LAST_LINES:])


def write_record(home: Path, run: DailyRun) -> None:
    """Keep the record of the last run."""
    write_private(_record_of(home), json.dumps(asdict(run), indent=2, ensure_ascii=False))


def read_record(home: Path) -> DailyRun | None:
    """The last run, or None; a record that a person damaged is as none: the next run writes another."""
    try:
        record = json.loads(_record_of(home).read_text(encoding="utf-8"))
        datetime.fromisoformat(record["started"])
        return DailyRun(**{**record, "last_lines": tuple(record["last_lines"])})
    except (OSError, ValueError, TypeError, KeyError):
        return None


def is_due(plan: Plan, last: DailyRun | None, now: datetime) -> bool:
    """Whether the daily run is still to be made: systems start it at its time, at login, and after sleep.

    Due is the last time of day of the plan, if it was planned by then. One success since then, or today, is enough.
    """
    today = now.replace(hour=plan.hour, minute=plan.minute, second=0, microsecond=0)
    due = today if today <= now + _EARLY else today - timedelta(days=1)
    if due + _EARLY < datetime.fromisoformat(plan.installed):
        return False
    if last is None or last.exit_code != 0:
        return True
    started = datetime.fromisoformat(last.started)
    return started < due - _EARLY and started.astimezone(now.tzinfo).date() != now.date()


def _record_of(home: Path) -> Path:
    return home / "logs" / "daily.json"
