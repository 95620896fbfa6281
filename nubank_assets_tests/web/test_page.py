"""What a person does on Dagster's page: look at the lineage, start a backfill of twelve months, see it end."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from nubank_assets.domain.catalog import TABLES
from nubank_assets.domain.months import months_between
from nubank_assets_tests.fakes.homes import DemoHome, demo_home

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.skipif(not shutil.which("chromium"), reason="needs a browser (Debian: chromium)")

_QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
_FIRST, _LAST = "2025-12", "2026-11"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> DemoHome:
    return demo_home(tmp_path_factory.mktemp("web"), months=12)


@pytest.fixture(scope="module")
def address(home: DemoHome) -> Iterator[str]:
    """`nubank ui` on the demo's home, with its daemon; the inbox sensor runs by itself."""
    port = _free_port()
    process = subprocess.Popen(
        [str(Path(sys.executable).parent / "nubank"), "ui", "--port", str(port)],
        env={**os.environ, **home.settings.environment()},
        start_new_session=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_until_up(f"http://127.0.0.1:{port}/server_info", process)
        yield f"http://127.0.0.1:{port}"
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)


def _wait_until_up(url: str, process: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + 90
    while time.monotonic() < deadline:
        assert process.poll() is None, "the page's server ended"
        try:
            urllib.request.urlopen(url, timeout=2).read()
        except (urllib.error.URLError, OSError):
            time.sleep(0.5)
        else:
            return
    raise AssertionError("the page did not come up")


@pytest.fixture(scope="module")
def page(address: str) -> Iterator["Page"]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=_QUIET)
        page = browser.new_page(viewport={"width": 1600, "height": 900})
        page.set_default_timeout(60_000)
        page.goto(f"{address}/asset-groups")
        yield page
        browser.close()


def test_the_lineage_shows_the_groups(page: "Page") -> None:
    for group in ("raw_transactions", "cleaned_parquet", "categorized_tables", "insights", "sheets_export"):
        page.get_by_text(group, exact=True).first.wait_for()
    assert page.get_by_text("Reload definitions").count()


def test_a_backfill_of_twelve_months_from_the_page(page: "Page", address: str, home: DemoHome) -> None:
    page.get_by_role("button", name="Materialize all").first.click()
    months = page.get_by_placeholder("ex: 2014-01")
    months.fill(f"[{_FIRST}...{_LAST}]")
    months.press("Enter")
    page.get_by_role("button", name="Launch backfill").click()
    page.goto(f"{address}/runs")
    page.get_by_text("12 partitions").first.wait_for()
    deadline = time.monotonic() + 300
    while (status := _backfill(address)["status"]) not in {"COMPLETED_SUCCESS", "COMPLETED_FAILED", "COMPLETED"}:
        assert time.monotonic() < deadline, status
        page.wait_for_timeout(2000)
    assert (status, _backfill(address)["numPartitions"]) == ("COMPLETED_SUCCESS", 12)
    wanted = set(months_between(_FIRST, _LAST))
    assert all(wanted <= set(home.lake.months(table)) for table in TABLES.values() if table.partitioned)
    assert home.settings.workbook_path.exists()


def _backfill(address: str) -> dict[str, object]:
    """The only backfill there is, as Dagster's GraphQL tells it."""
    query = "{partitionBackfillsOrError {... on PartitionBackfills {results {status numPartitions}}}}"
    body = json.dumps({"query": query}).encode()
    request = urllib.request.Request(f"{address}/graphql", body, {"Content-Type": "application/json"})
    answer = json.loads(urllib.request.urlopen(request, timeout=30).read())
    (backfill,) = answer["data"]["partitionBackfillsOrError"]["results"]
    found: dict[str, object] = backfill
    return found


def test_a_table_shows_its_columns_rows_and_checks(page: "Page", address: str) -> None:
    page.goto(f"{address}/assets/cleaned_parquet/transactions")
    for text in ("Every line that counts", "transaction_id", "Stable identity", "household", "non-nullable"):
        page.get_by_text(text).first.wait_for()
    page.goto(f"{address}/assets/cleaned_parquet/transactions?view=checks")
    page.get_by_text("lines_are_conserved").first.wait_for()
