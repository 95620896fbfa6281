"""Finding the worksheets that a person fills, and their rows. What a row means is in the modules beside this one."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from nubank_assets.domain.identity import title_key
from nubank_assets.domain.person_sheets import COLUMNS, MOST_ROWS, WORDS, WORKSHEET_MARK

if TYPE_CHECKING:
    from nubank_assets.google.spreadsheet import Spreadsheet

#: The header is looked for in so many rows; a person may have put lines above it.
_ROWS_ABOVE: Final = 10


@dataclass(frozen=True)
class PersonRows:
    """The rows of one worksheet below its header, ragged as Google gives them; `sheet_id` never changes."""

    sheet_id: str
    rows: list[list[Any]]


def read_worksheets(spreadsheet: "Spreadsheet") -> dict[str, PersonRows]:
    """Each of the worksheets that is there, by the key of its title: two reads. Raises what `Spreadsheet` does."""
    structure = spreadsheet.structure()
    found = {title: sheet for title in COLUMNS if (sheet := find_worksheet(structure, title))}
    values = spreadsheet.values([_range(sheet, len(COLUMNS[title])) for title, sheet in found.items()])
    return {
        title: PersonRows(str(sheet["sheetId"]), rows_below_header(rows, title)[:MOST_ROWS])
        for (title, sheet), rows in zip(found.items(), values, strict=True)
    }


def find_worksheet(structure: Mapping[str, Any], title: str) -> dict[str, Any] | None:
    """The properties of the worksheet with our mark, whatever it is called by now; else of that with this title."""
    sheets = [(sheet["properties"], _mark(sheet)) for sheet in structure.get("sheets", [])]
    # A copy that a person made has the mark too: the one with the right title is meant, else the first.
    sheets.sort(key=lambda pair: (pair[0]["title"] not in WORDS[title], pair[0].get("index", 0)))
    marked = [properties for properties, mark in sheets if mark == title]
    called = [properties for properties, mark in sheets if not mark and properties["title"] in WORDS[title]]
    return next(iter(marked + called), None)


def _mark(sheet: Mapping[str, Any]) -> str | None:
    marks = sheet.get("developerMetadata", [])
    return next((mark.get("metadataValue") for mark in marks if mark.get("metadataKey") == WORKSHEET_MARK), None)


def _range(properties: Mapping[str, Any], columns: int) -> str:
    """The cells that are read, no more than there are: Google refuses what is beyond."""
    grid = properties.get("gridProperties", {})
    rows = min(MOST_ROWS + _ROWS_ABOVE, grid.get("rowCount", MOST_ROWS))
    last = chr(ord("A") + min(columns, grid.get("columnCount", columns)) - 1)
    name = str(properties["title"]).replace("'", "''")
    return f"'{name}'!A1:{last}{rows}"


def rows_below_header(rows: list[list[Any]], title: str) -> list[list[Any]]:
    """The rows after the header, which has at least two of our words; the first row is one whatever it says."""
    words = {title_key(word) for column in COLUMNS[title] for word in WORDS[column]}
    for number, row in enumerate(rows[:_ROWS_ABOVE]):
        if sum(isinstance(cell, str) and title_key(cell) in words for cell in row) > 1:
            return rows[number + 1 :]
    return rows[1:]
