"""The server as compose.yaml starts it, on a real PostgreSQL: the queue, one run at a time, a crash, a backup."""

import json
import re
import shlex
from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from nubank_assets.domain.catalog import TRANSACTIONS
from nubank_assets.jobs import MONTHLY_JOB, range_tags
from nubank_assets.lake.publish import Lake
from nubank_assets.sources.demo.generator import write_demo
from nubank_assets_tests.fakes.homes import TODAY
from nubank_assets_tests.fakes.ministack import environment
from nubank_assets_tests.server.composed import FOLDER, ROOT, Services
from nubank_assets_tests.server.page import Page, wait_for
from nubank_assets_tests.server.postgres import Cluster

MONTHS = ["2026-10", "2026-11"]
_SERVICES = ("code", "webserver", "daemon")


def _overlapping(runs: Mapping[str, Mapping[str, Any]]) -> list[tuple[str, str]]:
    """Pairs of runs of which the later one began before the earlier one had ended."""
    began = sorted((run["startTime"], run["endTime"] or 1e12, name) for name, run in runs.items() if run["startTime"])
    return [(one[2], other[2]) for one, other in pairwise(began) if other[0] < one[1]]


def _stored(postgres: Cluster) -> dict[str, str]:
    return dict(postgres.rows("select run_id, status from runs"))


def test_runs_wait_for_each_other_and_a_crash_of_everything_is_made_up_for(
    services: Services, postgres: Cluster, tmp_path: Path
) -> None:
    shipped = {path: path.stat().st_mtime_ns for path in FOLDER.rglob("*") if path.is_file()}
    write_demo(tmp_path / "made-up", months=2, seed=1, today=TODAY)
    assert "New documents: 13" in services.run("code", "nubank", "import", str(tmp_path / "made-up/exports"))
    services.start(*_SERVICES)
    page = Page(f"http://127.0.0.1:{services.changes['DAGSTER_WEBSERVER_PORT']}")

    killed = page.launch(MONTHS[0], MONTHS[1])
    backfill = page.backfill("raw_transactions", MONTHS)
    wait_for(lambda: page.runs()[killed]["status"] == "STARTED", page.runs)
    services.kill(*_SERVICES)
    postgres.stop()
    postgres.start()
    assert _stored(postgres)[killed] == "STARTED"
    services.start(*_SERVICES)

    def repeated() -> dict[str, str]:
        return {name: run["status"] for name, run in page.runs().items() if run["parentRunId"] == killed}

    wait_for(lambda: [*repeated().values()] == ["SUCCESS"], page.runs)
    wait_for(lambda: page.backfills() == {backfill: "COMPLETED_SUCCESS"}, page.backfills)
    wait_for(lambda: services.is_healthy("daemon"), lambda: "no heartbeat of the daemon")
    runs = page.runs()
    assert runs[killed]["status"] == "FAILURE"
    assert "the code server does not have it" in page.messages(killed)
    assert _overlapping(runs) == []

    lake = Lake(services.changes["NUBANK_HOME"] + "/lake")
    assert all(lake.rows(TRANSACTIONS, month) for month in MONTHS)
    (retry,) = repeated()
    assert int(postgres.rows(f"select count(*) from event_logs where run_id = '{retry}'")[0][0]) > 20
    assert not [*Path(services.changes["NUBANK_HOME"]).rglob("*.db")]
    assert {path: path.stat().st_mtime_ns for path in FOLDER.rglob("*") if path.is_file()} == shipped

    services.kill(*_SERVICES)
    _back_up_and_restore(postgres)


@pytest.mark.long
def test_the_image_s_environment_runs_with_the_data_in_aws(
    services: Services, postgres: Cluster, aws: str, bucket: str, tmp_path: Path
) -> None:
    settings = {"NUBANK_DEPLOYMENT": "aws", "NUBANK_BUCKET": bucket, "NUBANK_GLUE_DATABASE": bucket.replace("-", "_")}
    services.changes = {**services.changes, **settings, **environment(aws)}
    write_demo(tmp_path / "made-up", months=1, seed=1, today=TODAY)
    services.run("code", "nubank", "import", str(tmp_path / "made-up/exports"))
    job = ["--module-name", "nubank_assets.definitions", "--job", MONTHLY_JOB.name]
    tags = json.dumps(range_tags(MONTHS[1], MONTHS[1]))
    services.run("code", "dagster", "job", "execute", *job, "--tags", tags)
    assert [*_stored(postgres).values()] == ["SUCCESS"]
    assert Lake(f"s3://{bucket}/nubank/lake").rows(TRANSACTIONS, MONTHS[1])
    assert not (Path(services.changes["NUBANK_HOME"]) / "lake").exists()


def _back_up_and_restore(postgres: Cluster) -> None:
    """By the commands of docs/server.md, without what Docker adds to them."""
    text = (ROOT / "docs/server.md").read_text(encoding="utf-8")
    found = re.findall(r"exec -T postgres (pg_dump|pg_restore) (.*?) [<>] ", text)
    (dump, dumped), (restore, restored) = ((program, shlex.split(words)[4:]) for program, words in found)
    before, file = _stored(postgres), str(postgres.folder / "dagster.dump")
    postgres.client(dump, *dumped, "--file", file)
    postgres.rows("drop table event_logs; delete from runs")
    assert _stored(postgres) == {}
    postgres.client(restore, *restored, file)
    assert _stored(postgres) == before
    assert int(postgres.rows("select count(*) from event_logs")[0][0]) > 20
