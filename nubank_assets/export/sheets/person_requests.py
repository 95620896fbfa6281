"""The requests about the worksheets that a person fills: made once, and then nothing but the answers in them."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from nubank_assets.export.labels import label
from nubank_assets.export.sheets.book import Tab
from nubank_assets.export.sheets.cells import Plain
from nubank_assets.export.sheets.identity import WORKSHEET_NOTE
from nubank_assets.export.sheets.layout import column_widths, format_columns, format_header
from nubank_assets.export.sheets.person import Filled
from nubank_assets.export.sheets.requests import (
    Request,
    add_sheet,
    grid,
    insert_columns,
    offer_choices,
    protect,
    resize,
    set_note,
    whole_columns,
    write_cells,
)
from nubank_assets.messages import message

_GREY: Final = "#757575"


def requests_of(filled: Filled) -> list[Request]:
    """What the worksheet lacks: itself, the platform's columns, the note, an answer that is another by now."""
    if filled.tab is None or filled.is_new:
        requests = _made(filled)
    else:
        requests = [*_later(filled, filled.tab), *_with_columns(filled, filled.tab)]
    requests += _answered(filled)
    if filled.tab is None or filled.tab.note(WORKSHEET_NOTE) != filled.shown.name:
        requests.append(set_note(filled.tab, filled.id, filled.shown.name, WORKSHEET_NOTE, filled.shown.name))
    return requests


def _made(filled: Filled) -> list[Request]:
    sheet, shown = filled.sheet, filled.shown
    theirs: list[list[Plain]] = [list(shown.headers[: len(sheet.columns)]), *filled.theirs]
    size = filled.row_count, filled.columns
    is_there = filled.tab is not None
    return [
        resize(filled.id, rowCount=size[0], columnCount=size[1])
        if is_there
        else add_sheet(filled.id, filled.title, *size),
        resize(filled.id, frozenRowCount=1),
        format_header(filled.id, (0, len(sheet.columns))),
        *format_columns(filled.id, shown.columns, filled.row_count),
        *column_widths(filled.id, shown.columns),
        write_cells(grid(filled.id, (0, len(theirs)), (0, len(sheet.columns))), theirs),
        *_choices(filled, {number: number for number in range(len(sheet.columns))}),
        *_status(filled),
    ]


def _choices(filled: Filled, places: Mapping[int, int]) -> Iterator[Request]:
    """What these columns, each in its place, offer; a person may write something else."""
    for number, place in places.items():
        column = filled.sheet.columns[number]
        if column.label in filled.sheet.choices:
            words = [label(choice, filled.locale) for choice in filled.sheet.choices[column.label]]
            yield offer_choices(grid(filled.id, (filled.first, filled.row_count), (place, place + 1)), words)


def _later(filled: Filled, tab: Tab) -> list[Request]:
    """The person's columns that came later than the worksheet, before the platform's."""
    count, header = len(filled.added), filled.first - 1
    if not count:
        return []
    span = (filled.start, filled.place)
    headers: list[list[Plain]] = [[filled.shown.headers[at] for at in filled.added]]
    return [
        insert_columns(filled.id, *span) if tab.columns > filled.start else resize(filled.id, columnCount=filled.place),
        write_cells(grid(filled.id, (header, header + 1), span), headers),
        format_header(filled.id, span, row=header),
        *_choices(filled, {at: place for place, at in enumerate(filled.added, filled.start)}),
    ]


def _with_columns(filled: Filled, tab: Tab) -> list[Request]:
    """The platform's columns where they are not: what stands there moves to the right."""
    if filled.is_answered:
        return []
    if tab.columns > filled.start:
        return [insert_columns(filled.id, filled.place, filled.place + filled.width), *_status(filled)]
    return [resize(filled.id, columnCount=filled.columns), *_status(filled)]


def _status(filled: Filled) -> list[Request]:
    """The header of the platform's columns, which is grey, and the warning to who edits them."""
    ours, header = (filled.place, filled.place + filled.width), filled.first - 1
    headers: list[list[Plain]] = [list(filled.status_headers)]
    area = whole_columns(filled.id, ours)
    return [
        write_cells(grid(filled.id, (header, header + 1), ours), headers),
        format_header(filled.id, ours, _GREY, row=header),
        protect(filled.tab, area, filled.shown.id, message("sheets_answers_protected")),
    ]


def _answered(filled: Filled) -> list[Request]:
    """The answers, if one is another than what stands there; what stands below the last row goes."""
    ours, answers = (filled.place, filled.place + filled.width), filled.answers
    known = filled.shown_answers if filled.is_answered else []
    if _without_end(answers) == _without_end(known):
        return []
    last = max(len(answers), len(known))
    return [write_cells(grid(filled.id, (filled.first, filled.first + last), ours), answers)]


def _without_end(rows: Sequence[Sequence[Plain]]) -> list[Sequence[Plain]]:
    filled = max((number for number, row in enumerate(rows, 1) if any(row)), default=0)
    return list(rows[:filled])
