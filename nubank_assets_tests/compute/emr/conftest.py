"""An EMR for each test of this folder, in front of it a proxy on which things go wrong, and a cluster that is up."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from nubank_assets.aws.clients import client
from nubank_assets_tests.fakes.emr.clusters import Cluster, await_state
from nubank_assets_tests.fakes.emr.machine import Machine
from nubank_assets_tests.fakes.emr.server import FakeEmr, fake_emr
from nubank_assets_tests.fakes.troubled_aws import TroubledAws, troubled_aws


@pytest.fixture
def emr(bucket: str, aws: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeEmr]:
    """An EMR that this test's clients talk to."""
    (tmp_path / "machine").mkdir()
    with fake_emr(Machine(tmp_path / "machine", aws), tmp_path / "steps") as running:
        monkeypatch.setenv("AWS_ENDPOINT_URL_EMR", running.url)
        monkeypatch.setenv("AWS_ENDPOINT_URL_EMR_SERVERLESS", running.url)
        client.cache_clear()
        yield running


@pytest.fixture
def troubled(emr: FakeEmr, monkeypatch: pytest.MonkeyPatch) -> Iterator[TroubledAws]:
    """A way to that EMR on which calls can be spoilt."""
    with troubled_aws(emr.url) as running:
        monkeypatch.setenv("AWS_ENDPOINT_URL_EMR", running.url)
        client.cache_clear()
        yield running


@pytest.fixture
def cluster(emr: FakeEmr, bucket: str) -> Cluster:
    """A cluster named `nubank` that puts its logs into the bucket."""
    made = emr.new_cluster(
        Name="nubank", LogUri=f"s3://{bucket}/logs/", Tags=[{"Key": "nubank_assets", "Value": "true"}]
    )
    await_state(made, "WAITING")
    return made
