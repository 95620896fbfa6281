"""A layer on Spark without anybody waiting for it: what comes of it goes through the same assets as on a laptop."""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from nubank_assets.aws.clients import client
from nubank_assets.domain.catalog import RAW_LINES, TABLES
from nubank_assets.domain.failures import PermanentError
from nubank_assets.lake.publish import Lake
from nubank_assets.serverless.cluster import run
from nubank_assets.settings import Settings
from nubank_assets.transforms.steps import CLEANING
from nubank_assets_tests.fakes.emr.homes import copy_raw, emr_settings, same_rows
from nubank_assets_tests.fakes.emr.machine import Machine, why_not
from nubank_assets_tests.fakes.emr.server import FakeEmr, fake_emr
from nubank_assets_tests.fakes.homes import DemoHome

pytestmark = [pytest.mark.long, pytest.mark.skipif(bool(why_not()), reason=why_not())]

MONTH = "2026-10"
EXECUTION = "arn:aws:states:sa-east-1:123456789012:execution:nubank:one"


@pytest.fixture
def emr(bucket: str, aws: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeEmr]:
    """An EMR with a cluster named `nubank`."""
    (tmp_path / "machine").mkdir()
    monkeypatch.setenv("NUBANK_LOCALE", "en")
    with fake_emr(Machine(tmp_path / "machine", aws), tmp_path / "steps") as running:
        monkeypatch.setenv("AWS_ENDPOINT_URL_EMR", running.url)
        monkeypatch.setenv("AWS_ENDPOINT_URL_EMR_SERVERLESS", running.url)
        client.cache_clear()
        running.new_cluster(Name="nubank", LogUri=f"s3://{bucket}/logs/")
        yield running


@pytest.fixture
def settings(laptop: DemoHome, bucket: str, tmp_path: Path) -> Settings:
    """Those of the cluster's function, with the laptop's raw tables in the bucket."""
    copy_raw(laptop, bucket)
    return emr_settings(laptop, tmp_path / "home", bucket)


def clean(settings: Settings, engine: str) -> dict[str, Any]:
    """What comes of cleaning a month, when it does."""
    task = {"execution": EXECUTION, "engine": engine, "layer": CLEANING.name, "months": [MONTH]}
    job, until = run({"action": "start", **task}, settings)["job"], time.monotonic() + 180
    while (found := run({"action": "look", **task, "job": job}, settings))["state"] == "running":
        assert time.monotonic() < until
        time.sleep(0.5)
    return found


def test_a_month_equals_the_one_of_a_laptop(emr: FakeEmr, laptop: DemoHome, settings: Settings) -> None:
    made, lake = clean(settings, "emr"), Lake(settings.lake_root)
    for name in CLEANING.outputs:
        assert same_rows(lake, laptop.lake, name, [MONTH]), name
    wanted = {name: laptop.lake.read(TABLES[name], [MONTH]).num_rows for name in CLEANING.outputs}
    assert (made["state"], made["rows"], made["failures"]) == ("done", wanted, [])
    assert run({"action": "release", "execution": EXECUTION, "engine": "emr"}, settings) == {}


def test_what_a_job_raises_is_told_with_the_end_of_its_log(emr: FakeEmr, settings: Settings) -> None:
    own = {
        "emr_serverless_application": emr.application.id,
        "emr_serverless_role": "arn:aws:iam::123456789012:role/jobs",
    }
    settings = settings.model_copy(update=own)
    broken = f"nubank/lake/{Lake(settings.lake_root).name(RAW_LINES, MONTH)}"
    client("s3").put_object(Bucket=settings.bucket, Key=broken, Body=b"this is no Parquet")
    with pytest.raises(PermanentError) as failed:
        clean(settings, "emr-serverless")
    (job,) = emr.application.jobs.values()
    assert job.state == "FAILED"
    assert f"/{job.id}) with py4j.protocol.Py4JJavaError" in str(failed.value)
    assert "is not a Parquet file" in str(failed.value)
    assert "in run_cluster_step" in str(failed.value)
    assert not Lake(settings.lake_root).months(TABLES["transactions"])
