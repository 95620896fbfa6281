"""The two worksheets that a person fills, on a spreadsheet of the fake, and a source that reads them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from nubank_assets.domain.person_sheets import COLUMNS, CORRECTIONS_TITLE, STATED_TITLE, WORDS, WORKSHEET_MARK
from nubank_assets.export.sheets.publishing import publish
from nubank_assets.google.pacing import Clock
from nubank_assets.google.spreadsheet import Spreadsheet, open_spreadsheet
from nubank_assets.lake.inbox import Inbox, Receipt
from nubank_assets.lake.publish import Lake
from nubank_assets.sources.collection import Collection, collect_sources
from nubank_assets.sources.credentials import LocalCredentials
from nubank_assets.sources.sheets.collection import SheetsSource
from nubank_assets_tests.fakes.sheets import FakeSheets

CORRECTIONS: Final = WORDS[CORRECTIONS_TITLE][0]
STATED: Final = WORDS[STATED_TITLE][0]
NOW: Final = datetime(2026, 11, 23, 18, tzinfo=UTC)


@dataclass
class Time:
    """Waiting that takes no time."""

    seconds: float = 0.0

    def now(self) -> float:
        self.seconds += 0.01
        return self.seconds

    def sleep(self, seconds: float) -> None:
        self.seconds += seconds


@dataclass
class PersonSheets:
    """A spreadsheet with the worksheets as they are made, without rows, and the home that reads it."""

    google: FakeSheets
    folder: Path
    key: str = ""
    now: datetime = NOW
    time: Time = field(default_factory=Time)

    def __post_init__(self) -> None:
        self.key = self.key or self.google.new_spreadsheet()
        LocalCredentials(self.folder / "secrets").put("google_service_account", self.google.service_account.encode())

    @property
    def person(self) -> Any:
        return self.google.person(self.key)

    def open(self) -> Spreadsheet:
        """A client of its own, as each run has."""
        clock = Clock(self.time.now, self.time.sleep)
        return open_spreadsheet(self.key, self.google.url, LocalCredentials(self.folder / "secrets"), clock)

    @property
    def inbox(self) -> Inbox:
        return Inbox(str(self.folder / "inbox"))

    @property
    def lake(self) -> Lake:
        return Lake(str(self.folder / "lake"))

    def make(self, *titles: str, marked: bool = True) -> None:
        """The worksheets with their header and the mark by which they are found."""
        keys = {CORRECTIONS: CORRECTIONS_TITLE, STATED: STATED_TITLE}
        for title in titles or (CORRECTIONS, STATED):
            sheet = self.person.add(title)
            self.write(title, [[WORDS[column][0] for column in COLUMNS[keys[title]]]], first=1)
            if marked:
                note: dict[str, Any] = {
                    "metadataKey": WORKSHEET_MARK,
                    "metadataValue": keys[title],
                    "visibility": "DOCUMENT",
                }
                note |= {"location": {"sheetId": sheet}}
                self.person.do(createDeveloperMetadata={"developerMetadata": note})

    def write(self, title: str, rows: Sequence[Sequence[Any]], first: int = 2) -> None:
        """Type rows from this row on, as in the browser."""
        for number, row in enumerate(rows, first):
            for letter, value in zip("ABCDEFGH", row, strict=False):
                if value is not None:
                    self.person.type(title, f"{letter}{number}", value)

    def cells(self, title: str) -> list[list[Any]]:
        """What is on a worksheet, below its header, as Google gives it."""
        (rows,) = self.open().values([f"'{title}'"])
        return rows[1:]

    def source(self) -> SheetsSource:
        """The source as a run opens it."""
        return SheetsSource(self.open(), self.inbox, self.lake)

    def collect(self, **later: float) -> Collection:
        """One round, so much later than the one before."""
        self.now += timedelta(**later)
        return collect_sources(self.inbox, [self.source()], self.now)

    def publish(self) -> None:
        """Show the lake in the spreadsheet."""
        publish(self.lake, self.open(), "pt-BR")

    def receipts(self, kind: str = "") -> Mapping[str, Receipt]:
        """The receipts by their documents."""
        return {receipt.document: receipt for receipt in self.inbox.receipts() if kind in receipt.format.value}
