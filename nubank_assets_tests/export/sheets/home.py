"""A spreadsheet of a test, and what it must show: the platform's own rows, read from the lake a second time."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final

from nubank_assets.export.rows import headers_of, read_rows, title_of
from nubank_assets.export.sheet import Cell, CellType
from nubank_assets.export.sheets.identity import WORKSHEET_NOTE
from nubank_assets.export.sheets.publishing import Published, publish
from nubank_assets.export.worksheets import WORKSHEETS
from nubank_assets.google.pacing import Clock
from nubank_assets.google.spreadsheet import Spreadsheet, open_spreadsheet
from nubank_assets.lake.publish import Lake
from nubank_assets_tests.fakes.sheets import Book, FakeSheets, Sheet

_DAYS: Final = (CellType.DATE, CellType.MONTH)


@dataclass
class Time:
    """Waiting that takes no time."""

    seconds: float = 0.0

    def now(self) -> float:
        self.seconds += 0.01
        return self.seconds

    def sleep(self, seconds: float) -> None:
        self.seconds += seconds


@dataclass(frozen=True)
class Secret:
    """Credentials with the service account alone."""

    account: str

    def get(self, name: str) -> bytes | None:
        return self.account.encode() if name == "google_service_account" else None

    def explain_missing(self, name: str) -> str:
        return name


@dataclass
class Home:
    """A fake of Google with one spreadsheet."""

    google: FakeSheets
    key: str
    time: Time = field(default_factory=Time)
    _opened: dict[str, Spreadsheet] = field(default_factory=dict)

    def open(self) -> Spreadsheet:
        """A client of its own, as each run has."""
        clock = Clock(self.time.now, self.time.sleep)
        return open_spreadsheet(self.key, self.google.url, Secret(self.google.service_account), clock)  # type: ignore[arg-type]

    def publish(self, lake: Lake, locale: str = "pt-BR") -> Published:
        # To read a private key takes longer than to publish.
        if self.key not in self._opened:
            self._opened[self.key] = self.open()
        return publish(lake, self._opened[self.key], locale)

    @property
    def book(self) -> Book:
        return self.google.book(self.key)

    def sheet(self, name: str) -> Sheet:
        """A worksheet by its declared name, whatever its title is."""
        return sheet_of(self.book, name)

    def do(self, **request: Mapping[str, Any]) -> Any:
        """Something the person does in the browser that `Person` has no word for."""
        return self.google.person(self.key).do(**request)

    def insert_columns(self, name: str, start: int, count: int = 1) -> None:
        """The person inserts columns."""
        place = {"sheetId": self.sheet(name).id, "dimension": "COLUMNS", "startIndex": start}
        self.do(insertDimension={"range": {**place, "endIndex": start + count}, "inheritFromBefore": False})


def sheet_of(book: Book, name: str) -> Sheet:
    """A worksheet of the platform by its declared name."""
    (found,) = [sheet for sheet in book.sheets if name in notes_of(sheet).get(WORKSHEET_NOTE, "")]
    return found


def notes_of(sheet: Sheet) -> dict[str, str]:
    """The notes of a worksheet."""
    return {note["metadataKey"]: note["metadataValue"] for note in sheet.metadata}


def columns_of(name: str) -> int:
    """How many columns of a worksheet are the platform's."""
    return next(len(sheet.columns) for sheet in WORKSHEETS if sheet.title == name)


def shown(sheet: Sheet, columns: int) -> list[list[Any]]:
    """The first columns of a worksheet without empty rows at the end."""
    rows = [[*row, *[None] * columns][:columns] for row in sheet.rows()]
    while rows and not any(cell is not None for cell in rows[-1]):
        rows.pop()
    return rows


def assert_shows(book: Book, lake: Lake, locale: str = "pt-BR", without: tuple[str, ...] = ()) -> None:
    """Every worksheet has its header and the lake's rows, each cell equal, amounts to the centavo, and no row more."""
    for declared in WORKSHEETS:
        if declared.title in without:
            continue
        header, *rows = shown(sheet_of(book, declared.title), len(declared.columns))
        assert header == headers_of(declared, locale), declared.title
        expected = list(read_rows(lake, declared, locale).rows)
        assert len(rows) == len(expected), title_of(declared, locale)
        for row, wanted in zip(rows, expected, strict=True):
            types = [column.type for column in declared.columns]
            assert [_read(cell, kind) for cell, kind in zip(row, types, strict=True)] == [_exact(one) for one in wanted]


def _read(cell: Any, kind: CellType) -> Any:
    """A cell as it must be understood: an amount by its digits, a day by its count."""
    if isinstance(cell, (int, float)):
        return date(1899, 12, 30) + timedelta(days=cell) if kind in _DAYS else Decimal(repr(cell))
    return cell


def _exact(cell: Cell) -> Any:
    return Decimal(cell) if isinstance(cell, int) else cell or (None if cell == "" else cell)
