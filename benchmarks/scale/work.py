"""What is measured: one engine cleans and classifies a lake's raw lines, in a process of its own.

`sail`, `spark`: the transforms, and files by the engine itself, as on a cluster. `step`: the whole steps of the product
on Sail, with all tables, audits and published files. `duckdb`: the hand-written yardstick.
"""

import sys
from pathlib import Path

from benchmarks.yardstick import run_yardstick
from nubank_assets.compute.frames import read_frame
from nubank_assets.compute.sessions import EmbeddedEngine, open_session
from nubank_assets.compute.step import _batches, run_step
from nubank_assets.domain.catalog import TABLES
from nubank_assets.lake.publish import Lake
from nubank_assets.transforms.steps import CATEGORIZATION, CLEANING, Parameters

ENGINES = ("sail", "step", "spark", "duckdb")
#: What cleaning and classification come to; the other tables are parts of these.
_MADE = ((CLEANING, "transaction_sources"), (CLEANING, "transactions"), (CATEGORIZATION, "categorized_transactions"))


def transform(engine: EmbeddedEngine, lake: Lake, out: Path) -> None:
    """Clean and classify some months after the other; the engine reads and writes the files."""
    session = open_session(engine)
    for batch in _batches(CLEANING, lake.months(TABLES["raw_lines"]), lake):
        urls = lake.urls(TABLES["raw_lines"], batch)
        frames = {
            "raw_lines": read_frame(session, TABLES["raw_lines"], urls),
            **{
                name: read_frame(session, TABLES[name], lake.urls(TABLES[name], None))
                for name in ("corrections", "rules")
            },
        }
        for step, name in _MADE:
            path = (out / name / f"from={batch[0] if batch else None}").as_posix()
            step.transforms()[name](frames, Parameters()).write.parquet(path)
            frames[name] = frames[f"all_{name}"] = session.read.parquet(path)


def run_steps(lake: Lake) -> None:
    """Run both steps as the product does; raises ValueError when an audit fails."""
    session = open_session("sail")
    for step in (CLEANING, CATEGORIZATION):
        report = run_step(session, step, lake.months(TABLES["raw_lines"]), lake, Parameters())
        if report.withheld:
            raise ValueError(f"{step.name} withheld {report.withheld}")


def work(engine: str, root: Path, out: Path) -> None:
    """Do one engine's work; raises ValueError for an engine that there is not."""
    lake = Lake(str(root))
    match engine:
        case "sail" | "spark":
            transform(engine, lake, out)
        case "step":
            run_steps(lake)
        case "duckdb":
            run_yardstick(lake.urls(TABLES["raw_lines"], None), out)
        case _:
            raise ValueError(f"no engine {engine}: {', '.join(ENGINES)}")


if __name__ == "__main__":
    work(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
