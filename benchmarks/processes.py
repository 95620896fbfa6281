"""Commands as a person starts them: wall-clock seconds and peak memory of a process of its own."""

import os
import resource
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

BIN = Path(sys.executable).parent


@dataclass(frozen=True)
class Measurement:
    """Seconds and peak resident megabytes of one process."""

    seconds: float
    megabytes: int

    def __str__(self) -> str:
        return f"{self.seconds:6.2f} s {self.megabytes:5d} MB"


def measure(*arguments: str, home: Path | None = None) -> Measurement:
    """Run a command to its end; raises CalledProcessError with what it printed when it fails."""
    environment = {**os.environ, **({"NUBANK_HOME": str(home)} if home else {})}
    started = time.monotonic()
    process = subprocess.Popen(arguments, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    output = process.stdout.read() if process.stdout else ""
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.monotonic() - started
    if status:
        raise subprocess.CalledProcessError(os.waitstatus_to_exitcode(status), arguments, output)
    return Measurement(seconds, _megabytes(usage))


def _megabytes(usage: resource.struct_rusage) -> int:
    kilobytes = usage.ru_maxrss // 1024 if sys.platform == "darwin" else usage.ru_maxrss
    return kilobytes // 1024


def best_of(count: int, *arguments: str, home: Path | None = None) -> Measurement:
    """The quickest of several runs: what the machine's other work disturbs least."""
    return min((measure(*arguments, home=home) for _ in range(count)), key=lambda found: found.seconds)
