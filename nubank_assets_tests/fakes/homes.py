"""Homes for tests: filled with exports, run through Dagster, looked at as bytes."""

import hashlib
import os
import subprocess
import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from nubank_assets.domain.catalog import RAW_LINES
from nubank_assets.lake.inbox import Inbox
from nubank_assets.lake.publish import Lake
from nubank_assets.local_home import lock_home
from nubank_assets.local_runs import RunOutcome, run_months
from nubank_assets.settings import Settings
from nubank_assets.sources.demo.cast import HOLDER_NAME
from nubank_assets.sources.demo.generator import write_demo
from nubank_assets.sources.demo.truth import Truth
from nubank_assets.sources.exports.collection import CollectedFile, CollectionOptions, collect_files

#: The day on which the demo of the tests is made.
TODAY = date(2026, 11, 23)


@dataclass(frozen=True)
class DemoHome:
    """A home into which a demo was imported, and the truth about it."""

    settings: Settings
    truth: Truth

    @property
    def lake(self) -> Lake:
        return Lake(self.settings.lake_root)


def demo_home(home: Path, *, months: int, seed: int = 1) -> DemoHome:
    """A home with an imported demo, not run yet."""
    settings = Settings(home=home, holder_names=(HOLDER_NAME,))
    with lock_home(settings):
        truth = write_demo(home / "files", months=months, seed=seed, today=TODAY)
        import_files(settings, [home / "files" / "exports"], source="demo")
    return DemoHome(settings, truth)


def import_files(settings: Settings, paths: list[Path], source: str = "exports") -> list[CollectedFile]:
    """Import files of which none may be refused."""
    collected = list(collect_files(Inbox(settings.inbox_root), paths, CollectionOptions(source=source)))
    assert all(isinstance(file, CollectedFile) for file in collected), collected
    return [file for file in collected if isinstance(file, CollectedFile)]


def months_in(settings: Settings) -> list[str]:
    """All months the inbox or the lake has."""
    receipts = Inbox(settings.inbox_root).receipts()
    made = set(Lake(settings.lake_root).months(RAW_LINES))
    return sorted(made | {month for receipt in receipts for month in receipt.months})


def run(settings: Settings, months: list[str] | None = None) -> list[RunOutcome]:
    """Run these months, or all, in this process."""
    with lock_home(settings):
        return run_months(settings, months or months_in(settings), lambda step: None)


def digests(settings: Settings) -> dict[str, str]:
    """sha256 of every published table file, of the workbook and of the page."""
    files = [*Path(settings.lake_root).rglob("*.parquet"), settings.workbook_path, settings.dashboard_path]
    return {
        str(file.relative_to(settings.home)): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in files
        if file.exists() and "_staging" not in file.parts
    }


def command(settings: Settings, **environment: str) -> "tuple[list[str], dict[str, str]]":
    """`nubank run` as a process: its command and its environment."""
    return [str(Path(sys.executable).parent / "nubank"), "run"], {
        **os.environ,
        **settings.environment(),
        **environment,
    }


def run_process(settings: Settings, **environment: str) -> "subprocess.CompletedProcess[str]":
    """`nubank run` in a process of its own."""
    arguments, variables = command(settings, **environment)
    return subprocess.run(arguments, env=variables, capture_output=True, text=True, timeout=300, check=False)
