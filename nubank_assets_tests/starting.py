"""A person's machine for tests that start what a person starts: a home folder, the commands, nothing that opens."""

import os
import sys
import time
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from shutil import copy2, copytree

from nubank_assets.sources.demo.generator import write_demo

ROOT = Path(__file__).parents[1]
_BIN = Path(sys.executable).parent
#: What a desktop opens a file with; here they write down what they were told to open.
_OPENERS = ("xdg-open", "open")


@dataclass(frozen=True)
class Machine:
    """A folder with a person's home in it."""

    folder: Path

    @property
    def home(self) -> Path:
        """The person's home folder."""
        return self.folder / "person"

    def opened(self, patience: float = 0) -> list[str]:
        """What a desktop was told to open, waiting up to `patience` seconds for something."""
        log, until = self.folder / "opened", time.monotonic() + patience
        while not (log.exists() and log.read_text().endswith("\n")) and time.monotonic() < until:
            time.sleep(0.05)
        return log.read_text().splitlines() if log.exists() else []

    @property
    def environment(self) -> dict[str, str]:
        """The environment of a terminal in which .venv is active."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("NUBANK_")}
        return {
            **kept,
            "HOME": str(self.home),
            "NUBANK_HOME": str(self.folder / "nubank"),
            "PATH": os.pathsep.join([str(self.folder / "openers"), str(_BIN), os.environ["PATH"]]),
        }


def prepare_machine(folder: Path) -> Machine:
    """A machine whose person exported two months of a made-up account into Downloads."""
    machine = Machine(folder)
    openers = folder / "openers"
    openers.mkdir(parents=True)
    for name in _OPENERS:
        (openers / name).write_text(f'#!/bin/sh\necho "$@" >> "{folder}/opened"\n')
        (openers / name).chmod(0o755)
    write_demo(folder / "made-up", months=2, seed=1, today=date(2026, 11, 23))
    copytree(folder / "made-up/exports", machine.home / "Downloads", copy_function=copy2)
    unnamed = machine.home / "Documents" / "fatura.csv"
    unnamed.parent.mkdir()
    unnamed.write_text("date,title,amount\n2026-08-20,Mercado Azul,45.90\n")
    saved = datetime(2026, 9, 12, tzinfo=UTC).timestamp()
    os.utime(unnamed, (saved, saved))
    return machine
