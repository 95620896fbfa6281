"""Which worksheet of the spreadsheet is which of the platform's, whatever the person called it and wherever it is.

By its note, else by its id, else one of the same title that is empty or has the platform's header: that of the original
project. A person's own worksheet of that title stays theirs.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, Final

from nubank_assets.export.sheets.book import Book, Tab
from nubank_assets.export.sheets.declared import Declared, begins_with
from nubank_assets.export.sheets.identity import WORKSHEET_NOTE, note_id

_BESIDE: Final = "Nubank"


def find_known(book: Book, sheets: Iterable[Declared]) -> dict[str, Tab]:
    """The worksheets that are surely the platform's, by their names."""
    found = {sheet.name: _noted(book, sheet) or book.by_id.get(sheet.id) for sheet in sheets}
    return {name: tab for name, tab in found.items() if tab is not None}


def _noted(book: Book, sheet: Declared) -> Tab | None:
    """The worksheet with the note; of several, which a person made by copying it, the one that was copied."""
    noted = [tab for tab in book.tabs if tab.note(WORKSHEET_NOTE) == sheet.name]
    own = note_id(sheet.name, WORKSHEET_NOTE)
    return min(noted, key=lambda tab: (tab.notes[WORKSHEET_NOTE].id != own, tab.id != sheet.id), default=None)


def find_candidates(book: Book, sheets: Iterable[Declared], known: Mapping[str, Tab]) -> dict[str, Tab]:
    """Of the other worksheets those whose cells have to be looked at, by the name of what they may be."""
    taken = {tab.id for tab in known.values()}
    free = {tab.title.casefold(): tab for tab in book.tabs if tab.id not in taken and tab.rows and not _is_noted(tab)}
    missing = [sheet for sheet in sheets if sheet.name not in known]
    return {sheet.name: free[sheet.title.casefold()] for sheet in missing if sheet.title.casefold() in free}


def _is_noted(tab: Tab) -> bool:
    return WORKSHEET_NOTE in tab.notes


def may_be_taken(sheet: Declared, tab: Tab, rows: Sequence[Sequence[Any]]) -> bool:
    """Whether a worksheet with these cells may become the platform's: nothing is on it, or it has its header."""
    return begins_with(rows[0], sheet.headers) >= sheet.recognised if rows else not tab.charts


def free_title(title: str, taken: Collection[str]) -> str:
    """The title, or one like it where another worksheet has it: to Google upper and lower case are the same."""
    others = {other.casefold() for other in taken}
    tries = (title, f"{title} ({_BESIDE})", *(f"{title} ({_BESIDE} {number})" for number in range(2, len(others) + 3)))
    return next(attempt for attempt in tries if attempt.casefold() not in others)
