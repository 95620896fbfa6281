"""Dagster's history stays small, and what the page shows of every month stays."""

from pathlib import Path

import dagster as dg
import pytest

from nubank_assets import run_history
from nubank_assets.assets.declared import key_of
from nubank_assets_tests.fakes.homes import DemoHome, demo_home, months_in, run


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> DemoHome:
    monkeypatch.setattr(run_history, "KEPT_RUNS", 2)
    return demo_home(tmp_path, months=1)


def history(home: DemoHome) -> tuple[list[str], set[str]]:
    """The ids of the runs, newest first, and the files of the runs."""
    folder = home.settings.dagster_home / "history" / "runs"
    with dg.DagsterInstance.from_config(str(home.settings.dagster_home)) as instance:
        runs = [record.run_id for record in instance.get_runs()]
    files = {path.name.split(".")[0] for path in folder.glob("*.db*") if path.name.split(".")[0] != "index"}
    return runs, files


def test_runs_that_a_later_one_covers_go_with_their_files(home: DemoHome) -> None:
    for _ in range(3):
        assert all(outcome.succeeded for outcome in run(home.settings))
    runs, files = history(home)
    assert len(runs) == 2
    assert files == set(runs)
    with dg.DagsterInstance.from_config(str(home.settings.dagster_home)) as instance:
        made = instance.get_materialized_partitions(key_of("transactions"))
    assert made == set(months_in(home.settings))


@pytest.mark.long
def test_a_run_of_other_months_stays(home: DemoHome) -> None:
    months = months_in(home.settings)
    run(home.settings)
    first = history(home)[0]
    for _ in range(3):
        run(home.settings, months[:1])
    assert set(first) <= set(history(home)[0])


def test_nothing_is_left_beside_a_runs_database(home: DemoHome) -> None:
    run(home.settings)
    folder = home.settings.dagster_home / "history" / "runs"
    beside = [path for path in folder.glob("*.db-wal") if not path.name.startswith("index")]
    assert sum(path.stat().st_size for path in beside) == 0
