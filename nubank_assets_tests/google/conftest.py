"""A spreadsheet on the fake server, and a clock that nobody waits for."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from nubank_assets.google.pacing import Clock
from nubank_assets.google.spreadsheet import Spreadsheet, open_spreadsheet
from nubank_assets.sources.credentials import LocalCredentials
from nubank_assets_tests.fakes.sheets import FakeSheets

Open = Callable[..., Spreadsheet]


@dataclass
class TestClock:
    """Waiting is told, and takes no time; `while_waiting` is what happens meanwhile."""

    __test__ = False

    seconds: float = 0.0
    slept: list[float] = field(default_factory=list)
    while_waiting: Callable[[], None] = field(default=lambda: None)

    def now(self) -> float:
        return self.seconds

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.seconds += seconds
        self.while_waiting()

    @property
    def clock(self) -> Clock:
        return Clock(self.now, self.sleep)


@pytest.fixture
def clock() -> TestClock:
    return TestClock()


@pytest.fixture
def credentials(tmp_path: Path, sheets: FakeSheets) -> LocalCredentials:
    """The machine's secrets, with the key of the fake's account."""
    kept = LocalCredentials(tmp_path / "secrets")
    kept.put("google_service_account", sheets.service_account.encode())
    return kept


@pytest.fixture
def key(sheets: FakeSheets) -> str:
    return sheets.new_spreadsheet()


@pytest.fixture
def spreadsheet(sheets: FakeSheets, key: str, credentials: LocalCredentials, clock: TestClock) -> Spreadsheet:
    """That spreadsheet, through the platform's client."""
    return open_spreadsheet(key, sheets.url, credentials, clock.clock)


def write_request(text: str, sheet_id: int = 0) -> dict[str, Any]:
    """A request that writes one text into A1."""
    rows = [{"values": [{"userEnteredValue": {"stringValue": text}}]}]
    return {"updateCells": {"start": {"sheetId": sheet_id}, "rows": rows, "fields": "userEnteredValue"}}


def add_request(title: str) -> dict[str, Any]:
    """A request that must not be carried out twice."""
    return {"addSheet": {"properties": {"title": title}}}
