"""The spreadsheet as `spreadsheets.get` shows it."""

from nubank_assets_tests.fakes.sheets.book import Book, Json, Sheet
from nubank_assets_tests.fakes.sheets.discovery import mask_complaints
from nubank_assets_tests.fakes.sheets.errors import invalid
from nubank_assets_tests.fakes.sheets.masks import parse_mask, picked


def resource(book: Book, fields: str | None) -> Json:
    """All but the cells, or what a field mask names; a mask that names what there is not is refused."""
    properties = {"title": book.title, "locale": book.locale, "autoRecalc": "ON_CHANGE", "timeZone": book.time_zone}
    shown: Json = {
        "spreadsheetId": book.key,
        "properties": properties,
        "sheets": [_sheet(sheet, index) for index, sheet in enumerate(book.sheets)],
        "spreadsheetUrl": f"https://docs.google.com/spreadsheets/d/{book.key}/edit",
    }
    if book.metadata:
        shown["developerMetadata"] = book.metadata
    if not fields:
        return shown
    mask = parse_mask(fields)
    if unknown := mask_complaints(mask, "Spreadsheet", "fields"):
        raise invalid(f"Invalid field mask: {unknown[0]}")
    found: Json = picked(shown, mask)
    return found


def _sheet(sheet: Sheet, index: int) -> Json:
    shown: Json = {"properties": sheet.properties(index)}
    if sheet.basic_filter:
        shown["basicFilter"] = {**sheet.basic_filter, "range": _whole(sheet, sheet.basic_filter["range"])}
    parts = {
        "charts": sheet.charts,
        "protectedRanges": [{**one, "range": _without_zero(one["range"])} for one in sheet.protected],
        "conditionalFormats": sheet.rules,
        "developerMetadata": sheet.metadata,
        "merges": sheet.merges,
    }
    return {**shown, **{name: part for name, part in parts.items() if part}}


def _whole(sheet: Sheet, area: Json) -> Json:
    """A range with all its ends, as filters are shown."""
    ends = {
        "startRowIndex": 0,
        "endRowIndex": sheet.row_count,
        "startColumnIndex": 0,
        "endColumnIndex": sheet.column_count,
    }
    return _without_zero({**ends, **area})


def _without_zero(area: Json) -> Json:
    """In ranges Google leaves out the id 0."""
    return {name: value for name, value in area.items() if name != "sheetId" or value}
