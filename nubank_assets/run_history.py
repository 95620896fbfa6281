"""Dagster's history of a home, kept small: a daily run of years of months would fill a disk in years.

Runs of `nubank run` whose months a later one made again are let go of; the page shows every month by its newest run.
"""

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Final

import dagster as dg

from nubank_assets.jobs import COMMAND_TAG

#: So many runs stay however old they are.
KEPT_RUNS: Final = 10
_ENDED: Final = [dg.DagsterRunStatus.SUCCESS, dg.DagsterRunStatus.FAILURE, dg.DagsterRunStatus.CANCELED]


def prune_history(instance: dg.DagsterInstance, folder: Path) -> None:
    """Delete old runs of the command that the newest successful one covers, and let their files shrink.

    `folder` is where Dagster keeps a database for each run.
    """
    runs = list(instance.get_runs(dg.RunsFilter(statuses=_ENDED, tags={COMMAND_TAG: "run"})))
    newest = next((run for run in runs if run.status is dg.DagsterRunStatus.SUCCESS), None)
    covered = _range_of(newest.tags) if newest else None
    for run in runs[KEPT_RUNS:]:
        months = _range_of(run.tags)
        if covered and months and covered[0] <= months[0] and months[1] <= covered[1]:
            instance.delete_run(run.run_id)
            for file in folder.glob(f"{run.run_id}.db*"):
                file.unlink(missing_ok=True)


def shrink_log(folder: Path, run_id: str) -> None:
    """Write a run's log into its database: SQLite leaves megabytes beside it."""
    database = folder / f"{run_id}.db"
    if database.exists():
        with closing(sqlite3.connect(database, timeout=5)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _range_of(tags: Mapping[str, str]) -> tuple[str, str] | None:
    first, last = (tags.get(f"dagster/asset_partition_range_{end}") for end in ("start", "end"))
    return (first, last) if first and last else None
