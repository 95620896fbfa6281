"""Where the platform's columns are in a worksheet, and what must move so that they are the first and side by side.

A person may have put columns of their own to the right, to the left and in between: none of them is written on.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from nubank_assets.export.sheets.book import Tab
from nubank_assets.export.sheets.declared import Declared, begins_with, laid_out
from nubank_assets.export.sheets.identity import LAYOUT_NOTE
from nubank_assets.export.sheets.requests import Request, insert_columns, move_column


@dataclass(frozen=True)
class Arrangement:
    """How many columns there will be, the requests that lead there, and where each column of before will be.

    `inserted`: how many the requests add. `freed`: the columns that were the platform's and are no more. `moved`:
    whether columns of the person had to move.
    """

    count: int
    requests: Sequence[Request] = ()
    places: Sequence[int] = ()
    inserted: int = 0
    freed: tuple[int, int] | None = None
    moved: bool = False


def arrange(tab: Tab, sheet: Declared, header: Sequence[Any]) -> Arrangement:
    """Make room for the platform's columns in a worksheet with this first row."""
    before = laid_out(tab.note(LAYOUT_NOTE)) or sheet.headers
    if LAYOUT_NOTE not in tab.notes:
        # One that is taken over: a person's columns to the right may have a header of ours.
        header = header[: begins_with(header, before)]
        if not header:
            return _with_room(tab, sheet, len(before), [], list(range(tab.columns)))
    area = tab.protected.get(sheet.id, {})
    start, end = area.get("startColumnIndex", 0), area.get("endColumnIndex", len(header))
    kept = [start + column for column in _ours(before, header[start:end])]
    if (start, end) == (0, len(before)) and area and _are_renamed(before, header, kept):
        kept = list(range(len(before)))
    end = max([area.get("endColumnIndex", 0), *(column + 1 for column in kept)])
    moves, order = _move_others(tab, kept, end)
    return _with_room(tab, sheet, len(kept), moves, order)


def _ours(before: Sequence[str], header: Sequence[Any]) -> list[int]:
    """The columns of a worksheet whose headers are those that were laid out, in their order."""
    blocks = SequenceMatcher(None, before, [str(cell) for cell in header], autojunk=False).get_matching_blocks()
    return [block.b + offset for block in blocks for offset in range(block.size)]


def _are_renamed(before: Sequence[str], header: Sequence[Any], kept: Sequence[int]) -> bool:
    """Whether all headers that are as they were stand where they stood: then a person wrote over the others."""
    return all(header[column] == before[column] for column in kept)


def _move_others(tab: Tab, kept: Sequence[int], end: int) -> tuple[list[Request], list[int]]:
    """Move what is not kept before `end` to there; the requests, and the columns in their order after it."""
    others = [column for column in range(min(end, tab.columns)) if column not in kept]
    if others and others[0] >= len(kept):
        # All of it is to the right of ours already.
        return [], list(range(tab.columns))
    moves = [move_column(tab.id, column - moved, end) for moved, column in enumerate(others)]
    return moves, [*kept, *others, *range(end, tab.columns)]


def _with_room(tab: Tab, sheet: Declared, kept: int, moves: list[Request], order: list[int]) -> Arrangement:
    """As many columns as the platform has, the first `kept` of which are there: new ones push what follows."""
    wanted, places = len(sheet.columns), [order.index(column) for column in range(tab.columns)]
    if wanted <= kept or tab.columns <= kept:
        freed = (wanted, kept) if wanted < kept else None
        count = max(tab.columns, wanted, sheet.least_columns)
        return Arrangement(count, moves, places, freed=freed, moved=bool(moves))
    new = wanted - kept
    places = [place if place < kept else place + new for place in places]
    requests = [*moves, insert_columns(tab.id, kept, wanted)]
    return Arrangement(max(tab.columns + new, sheet.least_columns), requests, places, new, moved=bool(moves))
