"""The same again: byte-equal files, and nothing lost whenever a run dies."""

import random
import shutil
import signal
import subprocess
import time
from pathlib import Path

import dagster as dg
import pyarrow.parquet as pq
import pytest

from nubank_assets.settings import Settings
from nubank_assets_tests.fakes.homes import DemoHome, command, demo_home, digests, run, run_process


def test_the_same_run_twice_gives_byte_equal_files(demo: DemoHome) -> None:
    before = digests(demo.settings)
    assert run(demo.settings)[0].succeeded
    assert digests(demo.settings) == before


def test_one_month_alone_gives_the_same_bytes(demo: DemoHome) -> None:
    before = digests(demo.settings)
    assert run(demo.settings, ["2026-03"])[0].succeeded
    assert digests(demo.settings) == before


@pytest.mark.long
def test_another_home_from_the_same_files_gives_the_same_tables(demo: DemoHome, tmp_path: Path) -> None:
    """Collected at another moment: all but `collected_at` is equal, ids above all."""
    other = demo_home(tmp_path / "other", months=24)
    assert run(other.settings)[0].succeeded
    from nubank_assets.domain.catalog import TABLES

    for name, table in TABLES.items():
        columns = [column for column in table.column_names if column != "collected_at"]
        assert demo.lake.read(table, columns=columns).equals(other.lake.read(table, columns=columns)), name


@pytest.mark.parametrize("seed", [0, *(pytest.param(seed, marks=pytest.mark.long) for seed in range(1, 6))])
def test_killed_at_any_moment_and_run_again(demo: DemoHome, tmp_path: Path, seed: int) -> None:
    """kill -9 leaves each partition whole; the next run makes it right, and the dead run is marked as failed."""
    settings = Settings(home=tmp_path / "home", holder_names=demo.settings.holder_names)
    shutil.copytree(demo.settings.inbox_root, settings.inbox_root)
    moments = random.Random(seed)
    for _ in range(2):
        arguments, environment = command(settings)
        process = subprocess.Popen(arguments, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(moments.uniform(2.0, 11.0))
        process.send_signal(signal.SIGKILL)
        process.wait()
        for file in Path(settings.lake_root).rglob("data.parquet"):
            pq.read_table(file)
    finished = run_process(settings)
    assert finished.returncode == 0, finished.stderr
    assert digests(settings) == digests(demo.settings)
    with dg.DagsterInstance.from_config(str(settings.dagster_home)) as instance:
        statuses = [run.status for run in instance.get_runs()]
    assert statuses[0] is dg.DagsterRunStatus.SUCCESS
    assert dg.DagsterRunStatus.STARTED not in statuses
