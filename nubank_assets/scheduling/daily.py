"""What a system's scheduler starts: `nubank run` as a process with an end, its output in a log, its result on record.

python -P -m nubank_assets.scheduling.daily HOME
"""

import os
import signal
import subprocess
import sys
import uuid
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from types import FrameType
from typing import IO, Final

from filelock import FileLock, Timeout

from nubank_assets.domain.failures import InputError
from nubank_assets.messages import message
from nubank_assets.notifications.telling import RUN_ID, last_told
from nubank_assets.scheduling.plan import Plan, read_plan
from nubank_assets.scheduling.records import (
    DailyRun,
    is_due,
    log_of,
    read_last_lines,
    read_record,
    rotate,
    write_record,
)

#: A run takes a minute; two hours are for a source that dawdles.
LONGEST_RUN: Final = 2 * 3600
#: Seconds that a run has to end by itself once it is told to.
_GRACE: Final = 30
_TIMED_OUT: Final = 124


def main(arguments: Sequence[str]) -> int:
    """Run if the day's run is due; the exit code is that of `nubank run`."""
    (home,) = map(Path, arguments)
    plan = read_plan(home)
    if plan is None:
        raise InputError(message("schedule_no_plan", home=home))
    os.environ.update(plan.environment)
    (home / "logs").mkdir(mode=0o700, exist_ok=True)
    try:
        with FileLock(home / "logs" / "daily.lock", timeout=0):
            if not is_due(plan, read_record(home), _now()):
                return 0
            return run_daily(plan)
    except Timeout:
        # Another start of the same day's run is at it.
        return 0


def run_daily(plan: Plan, longest: float = LONGEST_RUN) -> int:
    """Run, write down what came of it, and tell of an end that the run could not tell of itself."""
    home = Path(plan.home)
    log, told = log_of(home), last_told(home)
    rotate(log)
    started = _now().isoformat(timespec="seconds")
    write_record(home, DailyRun(started))
    with log.open("ab") as output:
        output.write(f"== {started}\n".encode())
        output.flush()
        start = output.tell()
        run_id = str(uuid.uuid4())
        code = _run(plan, run_id, output, longest)
    last_lines = read_last_lines(log, start)
    ended = _now().isoformat(timespec="seconds")
    write_record(home, DailyRun(started, ended, code, code == _TIMED_OUT, last_lines))
    if code and last_told(home) == told:
        _tell(log, run_id, last_lines, code)
    return code


def _run(plan: Plan, run_id: str, output: IO[bytes], longest: float) -> int:
    process = subprocess.Popen(
        [plan.python, "-P", "-m", "nubank_assets", "run"],
        cwd=plan.home,
        env={**os.environ, "PYTHONUTF8": "1", "NO_COLOR": "1", RUN_ID: run_id},
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT,
        start_new_session=True,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )
    try:
        return process.wait(longest)
    except subprocess.TimeoutExpired:
        output.write(f"{message('schedule_took_too_long', hours=longest / 3600)}\n".encode())
        return _TIMED_OUT
    finally:
        _stop(process)


def _stop(process: "subprocess.Popen[bytes]") -> None:
    """End the run with all that it started, such as a JVM, if it did not end by itself."""
    if process.poll() is not None:
        return
    _signal(process, signal.SIGTERM)
    try:
        process.wait(_GRACE)
    except subprocess.TimeoutExpired:
        _signal(process, getattr(signal, "SIGKILL", signal.SIGTERM))
        process.wait()


def _signal(process: "subprocess.Popen[bytes]", number: signal.Signals) -> None:
    if sys.platform == "win32":
        process.terminate()
    else:
        os.killpg(process.pid, number)


def _tell(log: Path, run_id: str, last_lines: Sequence[str], code: int) -> None:
    """A setting is wrong, the run was too slow, something killed it, or it broke down before it began."""
    from nubank_assets.credentials import open_credentials
    from nubank_assets.notifications.events import RunEvent
    from nubank_assets.notifications.telling import Telling
    from nubank_assets.sensors.marks import marks_of_home
    from nubank_assets.settings import load_settings

    reason = next((line for line in reversed(last_lines) if line.strip()), message("schedule_exit", code=code))
    undelivered: list[str] = []
    try:
        settings = load_settings()
        with marks_of_home(settings) as marks:
            telling = Telling(settings, open_credentials(settings), undelivered.append, run_id, marks)
            telling.tell_end(RunEvent("failed", failures=(reason,), results=(str(log),)))
    except InputError as error:
        # The very settings are wrong.
        undelivered = [str(error)]
    with log.open("a", encoding="utf-8") as output:
        output.writelines(f"{sentence}\n" for sentence in undelivered)


def _now() -> datetime:
    return datetime.now().astimezone()


def _end(number: int, frame: FrameType | None) -> None:  # noqa: ARG001
    # The run is stopped on the way out.
    sys.exit(128 + number)


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, _end)
    try:
        sys.exit(main(sys.argv[1:]))
    except InputError as failure:
        sys.stderr.write(f"{failure}\n")
        sys.exit(2)
