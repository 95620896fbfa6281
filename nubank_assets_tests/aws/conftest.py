"""Fixtures that several tests of AWS share."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from botocore.config import Config

from nubank_assets.aws import clients
from nubank_assets_tests.fakes.faults import S3Faults, s3_faults
from nubank_assets_tests.fakes.s3_stages import Bucket

if TYPE_CHECKING:
    from nubank_assets_tests.aws.glue_lake import GlueLake


@pytest.fixture
def glue_lake(bucket: str) -> "GlueLake":
    """A small lake in S3 and the name of its database in Glue, in which nothing is yet."""
    from nubank_assets_tests.aws.glue_lake import new_glue_lake

    return new_glue_lake(bucket)


@pytest.fixture
def faults(aws: str, bucket: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[S3Faults]:
    """A way to the bucket on which calls fail, taken by every client of the test."""
    with s3_faults(aws, "nubank/") as proxy:
        monkeypatch.setenv("AWS_ENDPOINT_URL", proxy.url)
        clients.client.cache_clear()
        yield proxy
    clients.client.cache_clear()


@pytest.fixture
def no_repeats(monkeypatch: pytest.MonkeyPatch) -> None:
    once = Config(retries={"mode": "standard", "total_max_attempts": 1}, read_timeout=10)
    monkeypatch.setattr(clients, "CONFIG", clients.CONFIG.merge(once))


@pytest.fixture
def direct(aws: str, bucket: str) -> Bucket:
    return Bucket(aws, bucket)
