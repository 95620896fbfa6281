"""Calling the system's own programs, each with an end."""

import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

_SECONDS: Final = 20.0


@dataclass(frozen=True)
class Answer:
    """What a program answered: its exit code, and its output with its errors."""

    code: int
    output: str


#: Tests put a fake in its place.
Commands = Callable[[Sequence[str]], Answer]


def call_system(command: Sequence[str]) -> Answer:
    """Run a program; one that is missing or does not end in time is an answer too, with the code 127 or 124."""
    try:
        done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, timeout=_SECONDS, check=False)
    except subprocess.TimeoutExpired:
        return Answer(124, f"{command[0]}: timeout")
    except OSError as error:
        return Answer(127, f"{command[0]}: {error.strerror}")
    return Answer(done.returncode, (done.stdout + done.stderr).decode("utf-8", "replace").strip())
