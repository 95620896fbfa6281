"""The requests of a batchUpdate, as small functions with Google's words filled in. What to ask for is not here."""

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from nubank_assets.export.sheets.book import Tab
from nubank_assets.export.sheets.cells import Plain, row_data
from nubank_assets.export.sheets.identity import note_id

Request = dict[str, Any]
Span = tuple[int, int | None]
_VALUES = "userEnteredValue"


def grid(sheet_id: int, rows: Span = (0, None), columns: Span = (0, None)) -> dict[str, int]:
    """A range by its first row and column and those after its last; None: to the end of the worksheet."""
    ends = {"endRowIndex": rows[1], "endColumnIndex": columns[1]}
    found = {"sheetId": sheet_id, "startRowIndex": rows[0], "startColumnIndex": columns[0]}
    return found | {name: end for name, end in ends.items() if end is not None}


def whole_columns(sheet_id: int, columns: tuple[int, int]) -> dict[str, int]:
    """Columns with all their rows, also those that are added later."""
    return {"sheetId": sheet_id, "startColumnIndex": columns[0], "endColumnIndex": columns[1]}


def spreadsheet_properties(**properties: str) -> Request:
    """Set properties of the whole spreadsheet."""
    return {"updateSpreadsheetProperties": {"properties": properties, "fields": ",".join(properties)}}


def add_sheet(sheet_id: int, title: str, rows: int, columns: int, **properties: Any) -> Request:
    """A new worksheet, at the end."""
    size = {"rowCount": rows, "columnCount": columns}
    return {"addSheet": {"properties": {"sheetId": sheet_id, "title": title, "gridProperties": size, **properties}}}


def resize(sheet_id: int, **sizes: int) -> Request:
    """Set sizes of a worksheet's grid: `rowCount`, `columnCount`, `frozenRowCount`."""
    fields = ",".join(f"gridProperties.{name}" for name in sizes)
    return {"updateSheetProperties": {"properties": {"sheetId": sheet_id, "gridProperties": sizes}, "fields": fields}}


def write_cells(area: Mapping[str, int], rows: Sequence[Sequence[Plain]] = ()) -> Request:
    """Values from the first cell of an area on; what of it they do not fill is emptied. Formats stay."""
    return {"updateCells": {"range": dict(area), "rows": [row_data(row) for row in rows], "fields": _VALUES}}


def paste(source: Mapping[str, int], target: Mapping[str, int], what: Literal["VALUES", "FORMAT"]) -> Request:
    """Copy an area; a larger target is filled by repeating it."""
    return {"copyPaste": {"source": dict(source), "destination": dict(target), "pasteType": f"PASTE_{what}"}}


def format_cells(area: Mapping[str, int], **formats: Any) -> Request:
    """Set these parts of the format of all cells of an area."""
    fields = ",".join(f"userEnteredFormat.{name}" for name in formats)
    return {"repeatCell": {"range": dict(area), "cell": {"userEnteredFormat": formats}, "fields": fields}}


def offer_choices(area: Mapping[str, int], words: Sequence[str]) -> Request:
    """Let cells offer these words; others may be written too."""
    values = [{"userEnteredValue": word} for word in words]
    rule = {"condition": {"type": "ONE_OF_LIST", "values": values}, "strict": False, "showCustomUi": True}
    return {"setDataValidation": {"range": dict(area), "rule": rule}}


def column_width(sheet_id: int, column: int, pixels: int) -> Request:
    """Set how wide a column is."""
    place = {"sheetId": sheet_id, "dimension": "COLUMNS", "startIndex": column, "endIndex": column + 1}
    return {"updateDimensionProperties": {"range": place, "properties": {"pixelSize": pixels}, "fields": "pixelSize"}}


def insert_columns(sheet_id: int, start: int, end: int) -> Request:
    """New columns; what is there moves to the right."""
    place = {"sheetId": sheet_id, "dimension": "COLUMNS", "startIndex": start, "endIndex": end}
    return {"insertDimension": {"range": place, "inheritFromBefore": start > 0}}


def move_column(sheet_id: int, column: int, before: int) -> Request:
    """Move a column to the left of another."""
    place = {"sheetId": sheet_id, "dimension": "COLUMNS", "startIndex": column, "endIndex": column + 1}
    return {"moveDimension": {"source": place, "destinationIndex": before}}


def protect(tab: Tab | None, area: Mapping[str, int], range_id: int, description: str) -> Request:
    """Let Google warn who edits an area; the range that warns already is moved there."""
    if tab is not None and range_id in tab.protected:
        moved = {"protectedRangeId": range_id, "range": dict(area)}
        return {"updateProtectedRange": {"protectedRange": moved, "fields": "range"}}
    made = {"protectedRangeId": range_id, "range": dict(area), "description": description, "warningOnly": True}
    return {"addProtectedRange": {"protectedRange": made}}


def set_note(tab: Tab | None, sheet_id: int, name: str, key: str, value: str) -> Request:
    """Note something of a worksheet: renew the note it has, or make one."""
    if tab is not None and key in tab.notes:
        looked_up = {"developerMetadataLookup": {"metadataId": tab.notes[key].id}}
        changed = {"metadataValue": value}
        return {
            "updateDeveloperMetadata": {
                "dataFilters": [looked_up],
                "developerMetadata": changed,
                "fields": "metadataValue",
            }
        }
    note = {"metadataId": note_id(name, key), "metadataKey": key, "metadataValue": value}
    made = {**note, "location": {"sheetId": sheet_id}, "visibility": "DOCUMENT"}
    return {"createDeveloperMetadata": {"developerMetadata": made}}
