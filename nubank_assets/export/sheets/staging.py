"""Bringing large content: it is written to a hidden worksheet first, and copied in the request that shows everything.

Written as plain values it is a fifth as long as the cells of that request would be.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import Any, Final

from nubank_assets.export.sheets.book import Book, Tab
from nubank_assets.export.sheets.cells import emptied
from nubank_assets.export.sheets.changes import Change
from nubank_assets.export.sheets.identity import STAGING, fixed_id
from nubank_assets.export.sheets.locating import free_title
from nubank_assets.export.sheets.requests import Request, add_sheet, grid, paste, resize, write_cells

#: Bytes of the cells in the request that shows everything. Google advises 2 MB a request, and takes 10 MiB.
MOST_BYTES_OF_CELLS: Final = 1_500_000
#: Bytes of one write of values: those of 15,000 transactions, so that a person's years are brought in one.
MOST_BYTES_OF_VALUES: Final = 6_000_000
STAGING_ID: Final = fixed_id(STAGING)

#: Lines of a change: the first, and the one after the last.
_Part = tuple[Change, int, int]


def too_large(changes: Sequence[Change]) -> list[Change]:
    """The changes whose cells do not fit one request, together with all smaller ones that do."""
    by_size = sorted(changes, key=lambda change: change.content.bytes_as_cells)
    sums = accumulate(change.content.bytes_as_cells for change in by_size)
    return [change for change, total in zip(by_size, sums, strict=True) if total > MOST_BYTES_OF_CELLS]


@dataclass(frozen=True)
class Staging:
    """The hidden worksheet (None: it will be made), with all rows of these changes, one below the other."""

    tab: Tab | None
    title: str
    changes: Sequence[Change]

    @property
    def size(self) -> tuple[int, int]:
        """Rows and columns."""
        rows = sum(len(change.content.lines) for change in self.changes)
        return rows, max(len(change.sheet.columns) for change in self.changes)

    @cached_property
    def starts(self) -> Mapping[str, int]:
        """The first row of each change by the name of its worksheet."""
        ends = accumulate((len(change.content.lines) for change in self.changes), initial=0)
        return dict(zip((change.sheet.name for change in self.changes), ends, strict=False))

    def writes(self) -> Iterator[dict[str, list[list[Any]]]]:
        """The values of each write, by their ranges. Nobody sees anything of them."""
        for parts in _chunks(self.changes):
            yield {self._range(*part): _values(*part) for part in parts if part[1] < part[2]}

    def prepared(self) -> list[Request]:
        """An empty worksheet of the right size: an earlier publishing may have left something in it."""
        rows, columns = self.size
        if self.tab is None:
            return [add_sheet(STAGING_ID, self.title, rows, columns, hidden=True)]
        return [resize(STAGING_ID, rowCount=rows, columnCount=columns), write_cells(grid(STAGING_ID))]

    def _range(self, change: Change, first: int, end: int) -> str:
        from gspread.utils import absolute_range_name, rowcol_to_a1

        start = self.starts[change.sheet.name]
        corners = rowcol_to_a1(start + first + 1, 1), rowcol_to_a1(start + end, len(change.sheet.columns))
        return absolute_range_name(self.title, ":".join(corners))

    def copied(self, change: Change) -> list[Request]:
        """The requests that copy the cells of a change to where people see them."""
        start = self.starts[change.sheet.name]
        source = grid(STAGING_ID, (start, start + len(change.content.lines)), (0, len(change.sheet.columns)))
        is_full = len(change.content.lines) == change.rows
        return [paste(source, change.filled, "VALUES"), *([] if is_full else [write_cells(change.below)])]


def staging_of(book: Book, changes: Sequence[Change]) -> Staging:
    """Where these changes are staged."""
    tab = book.by_id.get(STAGING_ID)
    return Staging(tab, tab.title if tab else free_title(STAGING, [other.title for other in book.tabs]), changes)


def _values(change: Change, first: int, end: int) -> list[list[Any]]:
    return [emptied(row) for row in change.content.rows(first, end)]


def emptied_staging() -> list[Request]:
    """The hidden worksheet with one empty cell."""
    return [write_cells(grid(STAGING_ID)), resize(STAGING_ID, rowCount=1, columnCount=1)]


def _chunks(changes: Sequence[Change]) -> Iterator[list[_Part]]:
    """All rows in as few writes as their bytes allow."""
    parts: list[_Part] = []
    room = MOST_BYTES_OF_VALUES
    for change in changes:
        first = 0
        for number, line in enumerate(change.content.lines):
            if len(line) + 2 > room:
                yield [*parts, (change, first, number)]
                parts, first, room = [], number, MOST_BYTES_OF_VALUES
            room -= len(line) + 2
        parts.append((change, first, len(change.content.lines)))
    yield parts
