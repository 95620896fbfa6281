"""What one publishing does, decided from what the spreadsheet is now: which worksheets are made, and which written."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final

from nubank_assets.domain.failures import PermanentError
from nubank_assets.export.sheets.book import Book, Tab
from nubank_assets.export.sheets.changes import Change, is_needed
from nubank_assets.export.sheets.content import Content
from nubank_assets.export.sheets.declared import Declared
from nubank_assets.export.sheets.identity import PANEL_NOTE
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

        return whole_ranges(self.whole) | {
            name: absolute_range_name(tab.title, "1:1") for name, tab in self.headers.items()
        }


def whole_ranges(tabs: Mapping[str, Tab]) -> dict[str, str]:
    """The ranges to read to see all of these worksheets, by the same names."""
    from gspread.utils import absolute_range_name

    return {name: absolute_range_name(tab.title) for name, tab in tabs.items()}


def look_at(book: Book, contents: Mapping[Declared, Content]) -> Look:
    """What must be looked at to publish these contents."""
    known = find_known(book, contents)
    is_redrawn = _is_redrawn(known, contents)
    headers = {}
    for sheet, content in contents.items():
        tab = known.get(sheet.name)
        if tab and _is_written(tab, sheet, content, is_redrawn):
            headers[sheet.name] = tab
    return Look(known, find_candidates(book, contents, known), headers)


def _is_redrawn(tabs: Mapping[str, Tab], sheets: Iterable[Declared]) -> bool:
    """Whether cells that charts show are not there: charts lose what is deleted, and must be drawn again."""
    return any(sheet.is_charted and sheet.name not in tabs for sheet in sheets)


def _is_written(tab: Tab | None, sheet: Declared, content: Content, is_redrawn: bool) -> bool:
    return is_needed(tab, sheet, content) or (is_redrawn and bool(sheet.drawn))


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

    @property
    def is_panel_drawn(self) -> bool:
        """Whether the charts have to be drawn."""
        for change in self.changes:
            is_drawn = change.tab is not None and change.tab.note(PANEL_NOTE) == change.sheet.drawn
            if change.sheet.drawn and not (is_drawn and change.is_laid_out):
                return True
        return any(change.tab is None and change.sheet.is_charted for change in self.changes)

    def check_size(self, others: Mapping[int, int]) -> None:
        """Raise TooManyCellsError if Google would not take all of it; `others`: cells of what is not in `changes`."""
        sizes = {tab.id: tab.rows * tab.columns for tab in self.book.tabs}
        sizes |= {**others, **{change.id: change.cells for change in self.changes}}
        if self.staging:
            rows, columns = self.staging.size
            sizes[STAGING_ID] = rows * columns
        if sum(sizes.values()) > MOST_CELLS:
            raise TooManyCellsError(message("sheets_too_many_cells", cells=sum(sizes.values()), most=MOST_CELLS))


def make_plan(book: Book, contents: Mapping[Declared, Content], look: Look, rows: Mapping[str, Rows]) -> Plan:
    """What is to be done; `rows` are those of what had to be looked at."""
    changes: list[Change] = []
    tabs = {**look.known, **{sheet.name: look.whole[sheet.name] for sheet in contents if _is_taken(sheet, look, rows)}}
    titles, warnings = [tab.title for tab in book.tabs], []
    is_redrawn = _is_redrawn(tabs, contents)
    for sheet, content in contents.items():
        tab = tabs.get(sheet.name)
        if not _is_written(tab, sheet, content, is_redrawn):
            continue
        title = tab.title if tab else free_title(sheet.title, titles)
        header = next(iter(rows[sheet.name]), []) if tab else []
        changes.append(Change(sheet, tab, title, content, header))
        titles.append(title)
        warnings += _warnings(changes[-1])
    ids = {sheet.name: tabs[sheet.name].id if sheet.name in tabs else sheet.id for sheet in contents}
    return Plan(book, changes, ids, warnings)


def _is_taken(sheet: Declared, look: Look, rows: Mapping[str, Rows]) -> bool:
    tab = look.whole.get(sheet.name)
    return tab is not None and may_be_taken(sheet, tab, rows[sheet.name])


def _warnings(change: Change) -> list[str]:
    """What the person should know of a change."""
    warnings = [change.content.warning] if change.content.warning else []
    if change.title != change.sheet.title and change.tab is None:
        warnings.append(message("sheets_title_taken", title=change.sheet.title, other=change.title))
    if change.arrangement.moved:
        warnings.append(message("sheets_columns_moved", title=change.title))
    return warnings
