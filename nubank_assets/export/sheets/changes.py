"""What one worksheet lacks to be as declared, and the requests that give it that: its size, its looks, its notes.

Its cells are written here too where they fit the one request that shows everything; else ``staging.py`` brings them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from nubank_assets.export.sheets.book import Tab
from nubank_assets.export.sheets.columns import Arrangement, arrange
from nubank_assets.export.sheets.content import Content
from nubank_assets.export.sheets.declared import Declared
from nubank_assets.export.sheets.filters import clear_filter, renew_filter, set_filter
from nubank_assets.export.sheets.identity import CONTENT_NOTE, LAYOUT_NOTE, PANEL_NOTE, WORKSHEET_NOTE
from nubank_assets.export.sheets.layout import lay_out
from nubank_assets.export.sheets.requests import Request, add_sheet, grid, paste, resize, set_note, write_cells

#: What a worksheet has beyond what is written: so that not every publishing makes it longer, and room for a person.
_SPARE_ROWS: Final = 20
_SPARE_COLUMNS: Final = 2


@dataclass(frozen=True)
class Change:
    """A worksheet that will be written: the one that is there (None: it will be made), its title, its new content.

    `header` is its first row.
    """

    sheet: Declared
    tab: Tab | None
    title: str
    content: Content
    header: Sequence[Any] = ()

    @cached_property
    def id(self) -> int:
        """The id of the worksheet."""
        return self.sheet.id if self.tab is None else self.tab.id

    @cached_property
    def arrangement(self) -> Arrangement:
        """Its columns."""
        if self.tab is None:
            least = max(len(self.sheet.columns) + _SPARE_COLUMNS, self.sheet.least_columns)
            return Arrangement(least)
        return arrange(self.tab, self.sheet, self.header)

    @cached_property
    def rows(self) -> int:
        """How many rows it will have; never fewer than it has, since a person may have put something beside ours."""
        needed = max(len(self.content.lines), 2)
        there = self.tab.rows if self.tab else 0
        return (
            there if there >= max(needed, self.sheet.least_rows) else max(needed + _SPARE_ROWS, self.sheet.least_rows)
        )

    @property
    def cells(self) -> int:
        """How many cells it will have."""
        return self.rows * self.arrangement.count

    @property
    def is_laid_out(self) -> bool:
        """Whether it looks as declared, but for what a person changed."""
        if self.tab is None or self.tab.rows < 2 or self.arrangement.requests:
            return False
        return self.tab.note(LAYOUT_NOTE) == self.sheet.layout

    @property
    def area(self) -> dict[str, int]:
        """The platform's columns, from the header to the last row of the worksheet."""
        return grid(self.id, (0, self.rows), (0, len(self.sheet.columns)))

    @property
    def filled(self) -> dict[str, int]:
        """The part of the area that the content fills."""
        return grid(self.id, (0, len(self.content.lines)), (0, len(self.sheet.columns)))

    @property
    def below(self) -> dict[str, int]:
        """The rest of the area."""
        return grid(self.id, (len(self.content.lines), self.rows), (0, len(self.sheet.columns)))


def notes_of(sheet: Declared, content: Content) -> dict[str, str]:
    """What is noted of a worksheet that was written."""
    notes = {WORKSHEET_NOTE: sheet.name, LAYOUT_NOTE: sheet.layout, CONTENT_NOTE: content.digest}
    return notes | ({PANEL_NOTE: sheet.drawn} if sheet.drawn else {})


def is_needed(tab: Tab | None, sheet: Declared, content: Content) -> bool:
    """Whether the worksheet has to be written: it is not there, or something else was written."""
    return tab is None or any(tab.note(key) != value for key, value in notes_of(sheet, content).items())


def requests_of(change: Change, cells: Sequence[Request] | None = None) -> Iterator[Request]:
    """The requests that make the change; `cells` bring its cells, without them they are written here."""
    yield from _size(change)
    yield from _looks(change)
    filters = _filter(change)
    if cells and filters and change.tab and change.tab.filter:
        # So that rows which it hides are pasted to like all others; it comes back with what the person set.
        yield clear_filter(change.id)
    yield from cells or [write_cells(change.area, change.content.rows())]
    yield from filters
    for key, value in notes_of(change.sheet, change.content).items():
        if change.tab is None or change.tab.note(key) != value:
            yield set_note(change.tab, change.id, change.sheet.name, key, value)


def _size(change: Change) -> Iterator[Request]:
    if change.tab is None:
        place = {"index": 0} if change.sheet.drawn else {}
        yield add_sheet(change.id, change.title, change.rows, change.arrangement.count, **place)
        return
    yield from change.arrangement.requests
    there = (change.tab.rows, change.tab.columns + change.arrangement.inserted)
    if there != (change.rows, change.arrangement.count):
        yield resize(change.id, rowCount=change.rows, columnCount=change.arrangement.count)
    if change.arrangement.freed:
        yield write_cells(grid(change.id, columns=change.arrangement.freed))


def _looks(change: Change) -> Iterator[Request]:
    if not change.is_laid_out:
        yield from lay_out(change.tab, change.sheet, change.id, change.rows)
    elif change.tab is not None and change.tab.rows < change.rows:
        ours = (0, len(change.sheet.columns))
        # New rows look as the person made the first one look.
        added = grid(change.id, (change.tab.rows, change.rows), ours)
        yield paste(grid(change.id, (1, 2), ours), added, "FORMAT")


def _filter(change: Change) -> list[Request]:
    rows, columns = len(change.content.lines), len(change.sheet.columns)
    tab = change.tab
    if tab is None or (tab.filter is None and LAYOUT_NOTE not in tab.notes):
        return [set_filter(change.id, rows, columns)]
    return renew_filter(tab, rows, columns, change.arrangement.places)
