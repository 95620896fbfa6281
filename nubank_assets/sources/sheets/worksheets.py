"""Finding the worksheets that a person fills, and their rows. What a row means is in the modules beside this one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from nubank_assets.domain.identity import title_key
from nubank_assets.domain.person_sheets import COLUMNS, LATER_COLUMNS, MOST_ROWS, WORDS, WORKSHEET_MARK

if TYPE_CHECKING:
    from nubank_assets.google.spreadsheet import Spreadsheet

#: The header is looked for in so many rows and columns; a person may have put lines above it and columns beside it.
_ROWS_ABOVE: Final = 10
_MOST_COLUMNS: Final = 26


@dataclass(frozen=True)
class PersonRows:
    """The rows of one worksheet below its header, ragged as Google gives them; `sheet_id` never changes."""

    sheet_id: str
    rows: list[list[Any]]


def read_worksheets(spreadsheet: "Spreadsheet") -> dict[str, PersonRows]:
    """Each of the worksheets that is there, by the key of its title: two reads. Raises what `Spreadsheet` does."""
    structure = spreadsheet.structure()
    found = {title: sheet for title in COLUMNS if (sheet := _find_worksheet(structure, title))}
    values = spreadsheet.values([_range(sheet["properties"]) for sheet in found.values()])
    return {
        title: PersonRows(str(sheet["properties"]["sheetId"]), rows_below_header(rows, title)[:MOST_ROWS])
        for (title, sheet), rows in zip(found.items(), values, strict=True)
        # Without its header a worksheet cannot be read, or is about something else and only has the title.
        if not rows or _header_row(rows, title) is not None
    }


def _find_worksheet(structure: Mapping[str, Any], title: str) -> Mapping[str, Any] | None:
    """The worksheet with our mark, whatever it is called by now; else the one with this title."""

    def order(sheet: Mapping[str, Any]) -> tuple[bool, int]:
        return sheet["properties"]["title"] not in WORDS[title], sheet["properties"].get("index", 0)

    # A copy that a person made has the mark too: the one with the right title is meant, else the first.
    sheets = sorted(structure.get("sheets", []), key=order)
    marked = [sheet for sheet in sheets if _mark(sheet) == title]
    called = [sheet for sheet in sheets if not _mark(sheet) and sheet["properties"]["title"] in WORDS[title]]
    return next(iter(marked + called), None)


def _mark(sheet: Mapping[str, Any]) -> str | None:
    marks = sheet.get("developerMetadata", [])
    return next((mark.get("metadataValue") for mark in marks if mark.get("metadataKey") == WORKSHEET_MARK), None)


def _range(properties: Mapping[str, Any]) -> str:
    """The cells that are read, no more than there are: Google refuses what is beyond."""
    grid = properties.get("gridProperties", {})
    rows = min(MOST_ROWS + _ROWS_ABOVE, grid.get("rowCount", MOST_ROWS))
    last = chr(ord("A") + min(_MOST_COLUMNS, grid.get("columnCount", _MOST_COLUMNS)) - 1)
    name = str(properties["title"]).replace("'", "''")
    return f"'{name}'!A1:{last}{rows}"


def rows_below_header(rows: list[list[Any]], title: str) -> list[list[Any]]:
    """The rows after the header, or after the first where none is found, each column where `COLUMNS` has it."""
    number = _header_row(rows, title)
    if number is None:
        return rows[1:]
    places = _places(rows[number], title)
    if places == list(range(len(places))):
        return rows[number + 1 :]
    return [[row[at] if at is not None and at < len(row) else None for at in places] for row in rows[number + 1 :]]


def _header_row(rows: Sequence[Sequence[Any]], title: str) -> int | None:
    """The first row that has at least two of our words."""
    words = {title_key(word) for column in COLUMNS[title] for word in WORDS[column]}
    heads = (number for number, row in enumerate(rows[:_ROWS_ABOVE]) if len(words.intersection(_keys(row))) > 1)
    return next(heads, None)


def _places(header: Sequence[Any], title: str) -> list[int | None]:
    """Where each column is by its name, wherever a person moved it; one that was renamed is where it always was.

    One that came later is known by its name alone.
    """
    keys = _keys(header)
    words = {column: [title_key(word) for word in WORDS[column]] for column in COLUMNS[title]}
    named = {column: keys.index(word) for column, both in words.items() for word in both if word in keys}
    taken = {*named.values()}
    return [
        named.get(column, None if at in taken or column in LATER_COLUMNS else at)
        for at, column in enumerate(COLUMNS[title])
    ]


def _keys(row: Sequence[Any]) -> list[str]:
    return [title_key(cell) if isinstance(cell, str) else "" for cell in row]
