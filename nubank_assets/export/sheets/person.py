"""The worksheets that a person fills, as they are in the spreadsheet: where the platform's answers stand, and which.

What is asked there and what is answered is in ``export/person_sheets.py``.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from nubank_assets.domain.identity import title_key
from nubank_assets.domain.person_sheets import LATER_COLUMNS, WORDS
from nubank_assets.export.labels import label
from nubank_assets.export.person_sheets import PersonSheet
from nubank_assets.export.sheets.book import Book, Tab
from nubank_assets.export.sheets.cells import Plain, plain_cell
from nubank_assets.export.sheets.declared import Column, Declared
from nubank_assets.export.sheets.identity import WORKSHEET_NOTE
from nubank_assets.export.sheets.locating import free_title
from nubank_assets.lake.publish import Lake
from nubank_assets.messages import message
from nubank_assets.sources.sheets.worksheets import rows_below_header

#: Rows of a worksheet that is new: room to write.
_ROWS: Final = 500


@dataclass(frozen=True)
class Filled:
    """A worksheet that a person fills: the one that is there (None: it will be made), its title, what it holds.

    `rows` are Google's values of all of it.
    """

    sheet: PersonSheet
    shown: Declared
    tab: Tab | None
    title: str
    rows: Sequence[Sequence[Any]]
    lake: Lake
    locale: str

    @property
    def id(self) -> int:
        """The id of the worksheet."""
        return self.shown.id if self.tab is None else self.tab.id

    @property
    def width(self) -> int:
        """How many columns are the platform's."""
        return len(self.sheet.status)

    @property
    def status_headers(self) -> list[str]:
        """The headers of the platform's columns."""
        return self.shown.headers[-self.width :]

    @property
    def is_new(self) -> bool:
        """Whether it is not there, or nothing is on it."""
        return self.tab is None or not self.rows

    @cached_property
    def theirs(self) -> list[list[Any]]:
        """The rows below the header; of a worksheet that is new, those that were read of it before it was deleted."""
        if self.is_new:
            return [[plain_cell(cell) for cell in row] for row in self.sheet.known(self.lake)]
        return rows_below_header([list(row) for row in self.rows], self.sheet.title)

    @property
    def first(self) -> int:
        """The row from which they stand; a person may have put lines above the header."""
        return 1 if self.is_new else max(len(self.rows) - len(self.theirs), 1)

    @cached_property
    def start(self) -> int:
        """The first of the platform's columns: by their header, else by the range that warns, else right of theirs."""
        if self._warned is not None and (not self._named or self._warned in self._named):
            return self._warned
        return self._named[-1] if self._named else len(self.sheet.columns) - len(self.added)

    @cached_property
    def _named(self) -> list[int]:
        """Where the headers of the platform's columns are."""
        header = [] if self.is_new else list(self.rows[self.first - 1])
        return [at for at in range(len(header)) if header[at : at + self.width] == self.status_headers]

    @cached_property
    def _warned(self) -> int | None:
        """Where the range that warns begins; None of one that a person put over columns of theirs."""
        area = self.tab.protected.get(self.shown.id, {}) if self.tab else {}
        start = int(area.get("startColumnIndex", 0))
        return start if area.get("endColumnIndex") == start + self.width else None

    @property
    def is_answered(self) -> bool:
        """Whether the platform's columns are there."""
        return not self.is_new and (bool(self._named) or self._warned is not None)

    @cached_property
    def added(self) -> list[int]:
        """The person's columns, by their number, that came later than this worksheet and are to be put before ours."""
        header = [] if self.is_new else [title_key(str(cell)) for cell in self.rows[self.first - 1]]
        later = [at for at, column in enumerate(self.sheet.columns) if column.label in LATER_COLUMNS]
        is_there = {at for at in later if {*map(title_key, WORDS[self.sheet.columns[at].label])}.intersection(header)}
        return [] if self.is_new else [at for at in later if at not in is_there]

    @property
    def place(self) -> int:
        """Where the platform's columns will begin."""
        return self.start + len(self.added)

    @property
    def columns(self) -> int:
        """How many columns the worksheet will have."""
        if self.tab is None:
            return self.start + self.width
        is_pushed = not self.is_new and not self.is_answered and self.tab.columns > self.start
        return max(self.tab.columns + (self.width if is_pushed else 0), self.start + self.width) + len(self.added)

    @property
    def row_count(self) -> int:
        """How many rows it will have."""
        wanted = max(_ROWS, len(self.theirs) + _ROWS // 5) if self.is_new else 0
        return max(self.tab.rows if self.tab else 0, wanted)

    @property
    def warning(self) -> str | None:
        """What the person should know of it."""
        if self.tab is not None or self.title == self.shown.title:
            return None
        return message("sheets_title_taken", title=self.shown.title, other=self.title)

    @property
    def answers(self) -> list[list[Plain]]:
        """What each row is answered."""
        rows = self.sheet.answer(self.lake, self.theirs, self.locale, self.first + 1)
        return [[plain_cell(cell) for cell in row] for row in rows]

    @property
    def shown_answers(self) -> list[list[Plain]]:
        """What stands in the platform's columns now."""
        rows = [list(row[self.start : self.start + self.width]) for row in self.rows[self.first :]]
        return [[cell if cell != "" else None for cell in [*row, *[None] * self.width][: self.width]] for row in rows]


def declared_person_sheet(sheet: PersonSheet, locale: str) -> Declared:
    """The worksheet in this language."""
    columns = tuple(
        Column(label(column.label, locale), column.type, column.width) for column in (*sheet.columns, *sheet.status)
    )
    # One from before the later columns is known by those that it has.
    recognised = sum(column.label not in LATER_COLUMNS for column in sheet.columns)
    return Declared(sheet.title, label(sheet.title, locale), columns, recognised)


def find_person_tabs(book: Book, sheets: Iterable[Declared]) -> dict[str, Tab]:
    """The worksheets that are surely these; of one and its copies the one that is read, too: with the right title."""
    found: dict[str, Tab] = {}
    for sheet in sheets:
        noted = [tab for tab in book.tabs if tab.note(WORKSHEET_NOTE) == sheet.name]
        tab = min(noted, key=lambda tab: tab.title not in WORDS[sheet.name], default=book.by_id.get(sheet.id))
        found |= {sheet.name: tab} if tab else {}
    return found


def fill_all(
    sheets: Mapping[Declared, PersonSheet],
    tabs: Mapping[str, Tab],
    rows: Mapping[str, Sequence[Sequence[Any]]],
    titles: Collection[str],
    lake: Lake,
    locale: str,
) -> list[Filled]:
    """Each worksheet as it is, or as it will be made; `titles` are those of all others."""
    taken, filled = list(titles), []
    for shown, sheet in sheets.items():
        tab = tabs.get(shown.name)
        title = tab.title if tab else free_title(shown.title, taken)
        taken.append(title)
        filled.append(Filled(sheet, shown, tab, title, rows.get(shown.name, []) if tab else [], lake, locale))
    return filled
