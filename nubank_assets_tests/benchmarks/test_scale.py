"""The lines that scale is measured with are what they are said to be, and the measuring works."""

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from benchmarks.scale.fitting import fit
from benchmarks.scale.lines import SKEW, write_lines
from benchmarks.scale.measuring import measure_command
from benchmarks.scale.page import figures
from nubank_assets.domain.catalog import TABLES
from nubank_assets.lake.publish import Lake
from nubank_assets_tests.starting import ROOT

LINES = 3600


@pytest.fixture(scope="module")
def lake(tmp_path_factory: pytest.TempPathFactory) -> Lake:
    root = tmp_path_factory.mktemp("scale")
    write_lines(root, LINES, months=3)
    return Lake(str(root))


def test_the_same_seed_makes_the_same_lines_and_another_others(lake: Lake, tmp_path: Path) -> None:
    for seed in (1, 2):
        write_lines(tmp_path / str(seed), LINES, months=3, seed=seed)
    first, again, other = (each.read(TABLES["raw_lines"]) for each in (lake, *_lakes(tmp_path)))
    assert first.equals(again)
    assert not first["centavos"].equals(other["centavos"])


def _lakes(folder: Path) -> list[Lake]:
    return [Lake(str(path)) for path in sorted(folder.iterdir())]


def test_one_account_has_its_share_and_some_lines_are_parcels_or_replaced(lake: Lake) -> None:
    rows = lake.read(TABLES["raw_lines"]).to_pylist()
    assert len(rows) == LINES
    accounts = Counter(row["account"] for row in rows).most_common()
    assert accounts[0][1] == LINES * SKEW
    assert len(accounts) > 4
    assert accounts[1][1] < LINES * SKEW / 2
    assert {row["month"] for row in rows} == {"2023-01", "2023-02", "2023-03"}
    assert {row["line_state"] for row in rows} == {"current", "superseded"}
    assert sum(" - Parcela " in row["raw_title"] for row in rows) > LINES / 50
    documents = lake.read(TABLES["raw_documents"]).to_pylist()
    assert sum(document["lines"] for document in documents) == LINES


def test_whole_steps_hold_on_a_thousand_lines_and_are_measured(tmp_path: Path) -> None:
    write_lines(tmp_path / "lake", 1000, months=2)
    cost = measure_command(sys.executable, "-m", "benchmarks.scale.work", "step", str(tmp_path / "lake"), str(tmp_path))
    lake = Lake(str(tmp_path / "lake"))
    counted = [row for row in lake.read(TABLES["raw_lines"]).to_pylist() if row["line_state"] == "current"]
    assert lake.read(TABLES["categorized_transactions"]).num_rows == len(counted)
    assert cost.peak_megabytes > 100
    assert cost.cpu_seconds > 0
    assert cost.seconds > 0


def test_growth_is_found_again() -> None:
    growth = fit({1_000: 5.0, **{lines: 1e-4 * lines**1.1 for lines in (100_000, 1_000_000, 10_000_000)}})
    assert growth is not None
    assert round(growth.exponent, 6) == 1.1
    assert round(growth.at(100_000_000) / (1e-4 * 100_000_000**1.1), 6) == 1
    assert fit({1_000: 1.0, 10_000: 2.0, 100_000: 3.0}) is None


def test_the_page_shows_what_was_measured() -> None:
    page = (ROOT / "docs" / "scaling.md").read_text(encoding="utf-8")
    assert figures(json.loads((ROOT / "benchmarks" / "scale" / "results.json").read_text(encoding="utf-8"))) in page


def test_a_size_that_cannot_be_read_is_named() -> None:
    command = [sys.executable, "-m", "benchmarks.scale", "--sizes", "many"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "many: write 1k,100k,10M" in done.stderr
