"""`make bench`: prints what the README and the design promise, beside what this machine does.

Arguments name the parts to run (start, month, demo, bulk); none runs all.
"""

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.bulk import write_bulk
from benchmarks.processes import BIN, best_of, measure
from benchmarks.yardstick import copy_bytes, run_yardstick
from nubank_assets.compute.sessions import open_session
from nubank_assets.compute.step import run_step
from nubank_assets.domain.catalog import TABLES
from nubank_assets.lake.publish import Lake
from nubank_assets.transforms.steps import CATEGORIZATION, CLEANING, STEPS, Parameters

_PYTHON = str(BIN / "python")
_NUBANK = str(BIN / "nubank")


def _say(what: str, found: object, aim: str) -> None:
    print(f"{what:58} {found}   aim {aim}", flush=True)


def start(folder: Path) -> None:  # noqa: ARG001
    """Loading the definitions, beside a bare import of Dagster."""
    bare = best_of(5, _PYTHON, "-c", "import dagster")
    load = "import nubank_assets.definitions as d; d.build_definitions(d.load_settings())"
    ours = best_of(5, _PYTHON, "-c", load)
    _say("definitions / import dagster", f"{ours.seconds / bare.seconds:6.2f} x", "1.8 x")


def month(folder: Path) -> None:
    """One month: the steps warm, and `nubank run` as a process."""
    home = folder / "month"
    measure(_NUBANK, "demo", "--months", "12", home=home)
    lake = Lake(str(home / "demo" / "lake"))
    months = [name for name in lake.months(TABLES["raw_lines"]) if lake.rows(TABLES["transactions"], name)][-6:-5]
    session = open_session("sail")
    totals = [
        {step.name: run_step(session, step, months, lake, Parameters()).seconds for step in STEPS.values()}
        for _ in range(5)
    ]
    monthly = min(sum(total[step.name] for step in (CLEANING, CATEGORIZATION)) for total in totals)
    _say("transforms of one month, warm, with checks and files", f"{monthly:6.2f} s", "0.3 s")
    _say("  and the insights over all months", f"{min(total['insights'] for total in totals):6.2f} s", "-")
    _say("nubank run --month", best_of(3, _NUBANK, "run", "--month", months[0], home=home / "demo"), "4 s")


def demo(folder: Path) -> None:
    """The demo of 24 months, from nothing to the workbook."""
    _say("nubank demo --months 24", best_of(2, _NUBANK, "demo", "--months", "24", home=folder / "demo"), "20 s")


def bulk(folder: Path) -> None:
    """Many lines: imported, run and summarised; and the steps beside the yardsticks."""
    for lines, aim in ((100_000, "6 s"), (1_000_000, "25 s, 1200 MB")):
        home, files = folder / f"home{lines}", folder / f"files{lines}"
        write_bulk(files, lines)
        imported = measure(_NUBANK, "import", str(files), home=home)
        ran = measure(_NUBANK, "run", home=home)
        _say(f"{lines:,} lines: nubank import", imported, "-")
        _say(f"{lines:,} lines: nubank run", ran, "-")
        _say(f"{lines:,} lines: together", f"{imported.seconds + ran.seconds:6.2f} s", aim)
        _side_by_side(folder, home, lines)


def _side_by_side(folder: Path, home: Path, lines: int) -> None:
    lake = Lake(str(home / "lake"))
    months = lake.months(TABLES["raw_lines"])
    urls = lake.urls(TABLES["raw_lines"], months)
    out = folder / f"out{lines}"
    (out / "copy").mkdir(parents=True)
    session = open_session("sail")
    steps = (CLEANING, CATEGORIZATION)
    ours = sum(run_step(session, step, months, lake, Parameters()).seconds for step in steps)
    theirs, copied = run_yardstick(urls, out), copy_bytes(urls, out / "copy")
    _say(f"{lines:,} lines: clean and categorise", f"{ours:6.2f} s", "-")
    _say("  / hand-written DuckDB SQL", f"{ours / theirs:6.2f} x ({theirs:.2f} s)", "1.5 x")
    _say("  / reading and writing the raw lines' bytes", f"{ours / copied:6.2f} x ({copied:.2f} s)", "-")


_PARTS: dict[str, Callable[[Path], None]] = {"start": start, "month": month, "demo": demo, "bulk": bulk}


def main() -> None:
    """Run the parts that are asked for."""
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        for name in sys.argv[1:] or _PARTS:
            _PARTS[name](Path(folder))
    print(f"measured in {time.monotonic() - started:.0f} s")


main()
