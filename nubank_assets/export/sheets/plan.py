"""What one publishing does, decided from what the spreadsheet is now: which worksheets are made, and which written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final

from nubank_assets.domain.failures import PermanentError
from nubank_assets.export.sheets.book import Book, Tab
from nubank_assets.export.sheets.changes import Change, is_needed
from nubank_assets.export.sheets.columns import needs_header
from nubank_assets.export.sheets.content import Content
from nubank_assets.export.sheets.declared import Declared
from nubank_assets.export.sheets.locating import find_candidates, find_known, free_title, may_be_taken
from nubank_assets.export.sheets.staging import STAGING_ID, Staging, staging_of, too_large
from nubank_assets.messages import message

#: Cells that Google keeps in a spreadsheet.
MOST_CELLS: Final = 10_000_000

Rows = Sequence[Sequence[Any]]


class TooManyCellsError(PermanentError):
    """The spreadsheet would have more cells than Google allows."""


@dataclass(frozen=True)
class Look:
    """What must be looked at before it can be decided: whole worksheets, and first rows, by the names of ours."""

    known: Mapping[str, Tab]
    whole: Mapping[str, Tab]
    headers: Mapping[str, Tab]

    @property
    def ranges(self) -> dict[str, str]:
        """The ranges to read, by the same names."""
        from gspread.utils import absolute_range_name

        whole = {name: absolute_range_name(tab.title) for name, tab in self.whole.items()}
        return whole | {name: absolute_range_name(tab.title, "1:1") for name, tab in self.headers.items()}


def look_at(book: Book, contents: Mapping[Declared, Content]) -> Look:
    """What must be looked at to publish these contents."""
    known = find_known(book, contents)
    headers = {
        sheet.name: known[sheet.name]
        for sheet, content in contents.items()
        if sheet.name in known and is_needed(known[sheet.name], sheet, content)
    }
    unsure = {sheet.name for sheet in contents if sheet.name in headers and needs_header(headers[sheet.name], sheet)}
    whole = find_candidates(book, contents, known)
    return Look(known, whole, {name: tab for name, tab in headers.items() if name in unsure})


@dataclass(frozen=True)
class Plan:
    """The changes, the ids of all worksheets by their names, and what the person should know."""

    book: Book
    changes: Sequence[Change]
    ids: Mapping[str, int]
    warnings: Sequence[str] = field(default_factory=list)

    @cached_property
    def staging(self) -> Staging | None:
        """Where large content waits; None if all fits one request."""
        staged = too_large(self.changes)
        return staging_of(self.book, staged) if staged else None

    def is_staged(self, change: Change) -> bool:
        """Whether its cells come from there."""
        return self.staging is not None and change in self.staging.changes

    def check_size(self) -> None:
        """Raise TooManyCellsError if Google would not take all of it."""
        sizes = {tab.id: tab.rows * tab.columns for tab in self.book.tabs}
        sizes |= {change.id: change.cells for change in self.changes}
        if self.staging:
            rows, columns = self.staging.size
            sizes[STAGING_ID] = rows * columns
        if sum(sizes.values()) > MOST_CELLS:
            raise TooManyCellsError(message("sheets_too_many_cells", cells=sum(sizes.values()), most=MOST_CELLS))


def make_plan(book: Book, contents: Mapping[Declared, Content], look: Look, rows: Mapping[str, Rows]) -> Plan:
    """What is to be done; `rows` are those of what had to be looked at."""
    changes: list[Change] = []
    tabs = {**look.known, **{sheet.name: look.whole[sheet.name] for sheet in contents if _is_taken(sheet, look, rows)}}
    titles = [tab.title for tab in book.tabs]
    warnings = []
    for sheet, content in contents.items():
        tab = tabs.get(sheet.name)
        if not is_needed(tab, sheet, content):
            continue
        title = tab.title if tab else free_title(sheet.title, titles)
        header = (rows[sheet.name] or [[]])[0] if sheet.name in rows and tab else None
        changes.append(Change(sheet, tab, title, content, header))
        titles.append(title)
        warnings += _warnings(changes[-1])
    ids = {sheet.name: tabs[sheet.name].id if sheet.name in tabs else sheet.id for sheet in contents}
    return Plan(book, changes, ids, warnings)


def _is_taken(sheet: Declared, look: Look, rows: Mapping[str, Rows]) -> bool:
    return sheet.name in look.whole and may_be_taken(sheet, rows[sheet.name])


def _warnings(change: Change) -> list[str]:
    """What the person should know of a change."""
    warnings = [change.content.warning] if change.content.warning else []
    if change.title != change.sheet.title and change.tab is None:
        warnings.append(message("sheets_title_taken", title=change.sheet.title, other=change.title))
    if change.arrangement.moved:
        warnings.append(message("sheets_columns_moved", title=change.title))
    return warnings
