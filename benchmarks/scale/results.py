"""What was measured, kept in ``results.json``: for each engine and number of lines the last measurement."""

import json
import os
import platform
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import psutil

from benchmarks.scale.measuring import Cost

RESULTS: Final = Path(__file__).with_name("results.json")

Record = dict[str, Any]


def read_results(path: Path = RESULTS) -> list[Record]:
    """All records, by engine and lines; none if there is no file."""
    if not path.exists():
        return []
    found: list[Record] = json.loads(path.read_text(encoding="utf-8"))
    return sorted(found, key=lambda record: (record["engine"], record["lines"]))


def keep_result(engine: str, lines: int, cost: Cost, path: Path = RESULTS) -> Record:
    """Put a measurement in the place of the last one of the same engine and lines."""
    record = {"engine": engine, "lines": lines, **cost.as_dict(), "machine": _machine(), "date": _today()}
    others = [old for old in read_results(path) if (old["engine"], old["lines"]) != (engine, lines)]
    records = sorted([*others, record], key=lambda each: (each["engine"], each["lines"]))
    path.write_text(json.dumps(records, indent=1) + "\n", encoding="utf-8")
    return record


def _machine() -> str:
    memory = psutil.virtual_memory().total / 2**30
    return f"{os.cpu_count()} cores, {memory:.0f} GB, {platform.system()}, Python {platform.python_version()}"


def _today() -> str:
    return datetime.now(tz=UTC).date().isoformat()
