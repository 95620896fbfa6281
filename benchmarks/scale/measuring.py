"""A process and all that it starts, watched while it works: time, processor time, memory, bytes."""

import os
import subprocess
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

import psutil

_ROOT: Final = Path(__file__).parents[2]
_LOOK_EVERY: Final = 0.05
_MEGABYTE: Final = 1_000_000


@dataclass(frozen=True)
class Cost:
    """Seconds by the clock and of the processor, megabytes at the peak, and read from and written to files.

    `load` is what else the machine did when it began: over 1, the seconds are an upper bound.
    """

    seconds: float
    cpu_seconds: float
    peak_megabytes: int
    read_megabytes: int
    written_megabytes: int
    load: float

    def as_dict(self) -> dict[str, Any]:
        """For a file."""
        return asdict(self)


@dataclass
class _Seen:
    """What one process had used when it was last looked at."""

    cpu: float = 0
    read: int = 0
    written: int = 0


def measure_command(*command: str) -> Cost:
    """Run a command to its end; raises CalledProcessError when it fails."""
    load = os.getloadavg()[0]
    started = time.monotonic()
    process = subprocess.Popen(command, cwd=_ROOT)
    seen: dict[int, _Seen] = {}
    peak = 0
    while process.poll() is None:
        peak = max(peak, _look(psutil.Process(process.pid), seen))
        time.sleep(_LOOK_EVERY)
    seconds = time.monotonic() - started
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return Cost(
        round(seconds, 2),
        round(sum(one.cpu for one in seen.values()), 2),
        peak // _MEGABYTE,
        sum(one.read for one in seen.values()) // _MEGABYTE,
        sum(one.written for one in seen.values()) // _MEGABYTE,
        round(load, 1),
    )


def _look(root: psutil.Process, seen: dict[int, _Seen]) -> int:
    """Resident bytes of a process and its descendants now; notes what each has used so far."""
    resident = 0
    try:
        family = [root, *root.children(recursive=True)]
    except psutil.NoSuchProcess:
        return 0
    for process in family:
        try:
            resident += process.memory_info().rss
            cpu = process.cpu_times()
            seen[process.pid] = _Seen(cpu.user + cpu.system, *_bytes(process))
        except (psutil.NoSuchProcess, psutil.AccessDenied, psutil.ZombieProcess):
            continue  # It ended since it was listed.
    return resident


def _bytes(process: psutil.Process) -> tuple[int, int]:
    """Bytes asked of files and given to them, the system's cache included; only Linux tells."""
    counters = process.io_counters()
    return getattr(counters, "read_chars", 0), getattr(counters, "write_chars", 0)
