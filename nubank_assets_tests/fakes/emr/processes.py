"""One command on the machine: a real process whose output goes to S3 as EMR lays out the logs of steps."""

import gzip
import os
import signal
import subprocess
import threading
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psutil


class StepProcess:
    """Runs a command to its end in a thread of its caller."""

    def __init__(self, command: list[str], environment: dict[str, str], folder: Path) -> None:
        self._command, self._environment, self._folder = command, environment, folder
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()
        self._ended = False

    def run(self) -> int:
        """Its exit code; negative if a signal ended it."""
        self._folder.mkdir(parents=True)
        with (self._folder / "stdout").open("wb") as out, (self._folder / "stderr").open("wb") as err:
            with self._lock:
                if self._ended:
                    return -signal.SIGTERM
                self._process = subprocess.Popen(
                    self._command,
                    env=self._environment,
                    cwd=self._folder,
                    stdout=out,
                    stderr=err,
                    start_new_session=True,
                )
            return self._process.wait()

    def end(self, number: signal.Signals) -> None:
        """Send a signal to all of its processes, or keep it from starting."""
        with self._lock:
            self._ended = True
            if self._process and self._process.poll() is None:
                os.killpg(self._process.pid, number)

    @property
    def alive(self) -> list[int]:
        """Its processes that are there still."""
        if not self._process:
            return []
        found = []
        for process in psutil.process_iter():
            try:
                if os.getpgid(process.pid) == self._process.pid and process.status() != psutil.STATUS_ZOMBIE:
                    found.append(process.pid)
            except (ProcessLookupError, psutil.NoSuchProcess):
                continue
        return found

    def put_logs(self, s3: Any, uri: str) -> None:
        """`stdout.gz` and `stderr.gz` below an S3 URL."""
        place = urlsplit(uri)
        for name in ("stdout", "stderr"):
            data = gzip.compress((self._folder / name).read_bytes() if (self._folder / name).exists() else b"")
            key = f"{place.path.strip('/')}/{name}.gz"
            s3.put_object(Bucket=place.netloc, Key=key, Body=data)
