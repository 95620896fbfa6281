"""What every test stands on: its own home, no cloud, one engine for all, and no silent skips."""

import os
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

import hypothesis
import pytest

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

    from nubank_assets_tests.fakes.sheets import FakeSheets

#: With `no`, a test that is skipped counts as failed: what runs everywhere must run there.
MAY_SKIP = "NUBANK_TESTS_MAY_SKIP"

#: Folders whose tests take long begin first, so that no worker is alone with them at the end.
_LONGEST: Final = ("compute/emr", "compute", "deploy", "serverless", "server", "web", "cli", "pipeline", "aws")

_TESTS: Final = Path(__file__).parent
_skipped: list[str] = []

# A busy machine is slow, which is no failure.
hypothesis.settings.register_profile("unhurried", deadline=None)
hypothesis.settings.load_profile("unhurried")


@pytest.fixture(autouse=True)
def _own_world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reads or writes the person's home, and none reaches a cloud with real credentials."""
    for name in [name for name in os.environ if name.startswith(("NUBANK_", "AWS_"))]:
        if name != MAY_SKIP:
            monkeypatch.delenv(name)
    monkeypatch.setenv("NUBANK_HOME", str(tmp_path / "home"))
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"):
        monkeypatch.setenv(name, "testing")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")


@pytest.fixture(scope="session")
def session() -> "SparkSession":
    """The embedded engine, started once."""
    from nubank_assets.compute.sessions import open_session

    return open_session("sail")


@pytest.fixture(scope="session")
def aws_endpoint() -> Iterator[str]:
    """The address of an AWS on this machine, one for all tests."""
    from nubank_assets_tests.fakes.ministack import COMMAND, ministack

    if not COMMAND.exists():
        pytest.skip("needs the local AWS: make .aws-local/installed")
    with ministack() as url:
        yield url


@pytest.fixture
def aws(aws_endpoint: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """An AWS that every client of this test talks to; its address. Name resources by `unique` words."""
    from nubank_assets.aws import clients
    from nubank_assets_tests.fakes.ministack import environment

    for name, value in environment(aws_endpoint).items():
        monkeypatch.setenv(name, value)
    clients.client.cache_clear()
    return aws_endpoint


@pytest.fixture
def bucket(aws: str) -> str:
    """A fresh bucket with versioning."""
    from nubank_assets.aws.clients import client

    name, s3 = f"nubank-{uuid.uuid4().hex[:12]}", client("s3")
    s3.create_bucket(Bucket=name, CreateBucketConfiguration={"LocationConstraint": "sa-east-1"})
    s3.put_bucket_versioning(Bucket=name, VersioningConfiguration={"Status": "Enabled"})
    return name


@pytest.fixture
def sheets() -> "Iterator[FakeSheets]":
    """A Google Sheets on this machine, with a service account and no spreadsheet yet."""
    from nubank_assets_tests.fakes.sheets import sheets_server

    with sheets_server() as running:
        yield running


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    def place(item: pytest.Item) -> int:
        folder = item.path.parent.relative_to(_TESTS).as_posix()
        return _LONGEST.index(folder) if folder in _LONGEST else len(_LONGEST)

    items.sort(key=place)


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    # Where the tests run in several processes, this is told in the one that decides.
    if report.skipped and not hasattr(report, "wasxfail"):
        _skipped.append(report.nodeid)


def pytest_collectreport(report: pytest.CollectReport) -> None:
    if report.skipped:
        _skipped.append(report.nodeid)


def pytest_sessionfinish(session: pytest.Session) -> None:
    if os.environ.get(MAY_SKIP) == "no" and _skipped:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if os.environ.get(MAY_SKIP) == "no" and _skipped:
        terminalreporter.section("skipped, and none may be")
        for name in _skipped:
            terminalreporter.line(name)
