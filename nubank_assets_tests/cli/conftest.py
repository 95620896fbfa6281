"""The `nubank` command as a process, with a home of its own."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Nubank = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def nubank(tmp_path: Path) -> Nubank:
    """Run `nubank` with these arguments; environment variables as keywords."""

    def run(*arguments: object, **environment: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [str(Path(sys.executable).parent / "nubank"), *map(str, arguments)],
            env={**os.environ, "NUBANK_HOME": str(tmp_path / "home"), **environment},
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )

    return run


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An empty folder for exports."""
    made = tmp_path / "Downloads"
    made.mkdir()
    return made
