"""Values of ranges: how they are read, written, appended and cleared."""

import re
from typing import Any

from nubank_assets_tests.fakes.sheets.book import Book, Cell, Formula, Json, Sheet, plain
from nubank_assets_tests.fakes.sheets.errors import invalid
from nubank_assets_tests.fakes.sheets.protection import check_editable
from nubank_assets_tests.fakes.sheets.ranges import Area, area_of_a1, letters
from nubank_assets_tests.fakes.sheets.typing_in import entered, moment_of


def read(area: Area, render: str, dates: str, major: str = "ROWS") -> Json:
    """A ValueRange, ragged: without empty ends, and without `values` where there is none."""
    found: dict[int, dict[int, Any]] = {}
    for (row, column), cell in area.sheet.cells.items():
        inside = area.top <= row < area.bottom and area.left <= column < area.right
        if inside and cell.value is not None:
            place = (row - area.top, column - area.left)
            first, second = place if major == "ROWS" else place[::-1]
            found.setdefault(first, {})[second] = shown(area.sheet, cell, render, dates)
    rows = [found.get(row, {}) for row in range(max(found, default=-1) + 1)]
    values = [[row.get(column, "") for column in range(max(row, default=-1) + 1)] for row in rows]
    return {"range": str(area), "majorDimension": major, **({"values": values} if values else {})}


def shown(sheet: Sheet, cell: Cell, render: str, dates: str = "SERIAL_NUMBER") -> Any:
    """A cell's value as asked for."""
    value = plain(cell.value)
    if isinstance(value, Formula) and render != "FORMULA":
        value = _sum(sheet, value)
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
    if is_number and float(value).is_integer():
        value = int(value)
    number_format = cell.format.get("numberFormat", {})
    is_date = is_number and number_format.get("type") in {"DATE", "DATE_TIME"}
    if is_date and (render == "FORMATTED_VALUE" or dates == "FORMATTED_STRING"):
        return moment_of(value).strftime("%Y-%m-%d" if value == int(value) else "%Y-%m-%d %H:%M:%S")
    if render != "FORMATTED_VALUE":
        return str(value) if isinstance(value, Formula) else value
    return str(value).upper() if isinstance(value, bool) else str(value)


def _sum(sheet: Sheet, formula: str) -> Any:
    """`=SUM(A1:A3)` of the same worksheet; other formulas are not reckoned here."""
    found = re.fullmatch(r"=(?:SUM|SOMA)\(([A-Z]+\d+:[A-Z]+\d+)\)", formula)
    if not found:
        return "#NAME?"
    area = area_of_a1(Book("", "", sheets=[sheet]), found[1])
    values = [plain(sheet.cell(*place).value) for place in area.places()]
    return sum(value for value in values if isinstance(value, (int, float)))


def write(book: Book, email: str, at: str, body: Json, option: str | None) -> Json:
    """Values at a place; the grid grows where the range has no end of its own."""
    if option not in {"RAW", "USER_ENTERED"}:
        raise invalid("'valueInputOption' is required but not specified")
    area, rows = area_of_a1(book, at, writing=True), _by_rows(body)
    height, width = len(rows), max(map(len, rows), default=0)
    # A single cell is where a table begins; a range is where it ends too.
    if not area.is_single:
        _check_fits(area, height, width)
    written = Area(area.sheet, area.top, area.left, area.top + max(height, 1), area.left + max(width, 1))
    check_editable(book, written, email)
    area.sheet.row_count = max(area.sheet.row_count, written.bottom)
    area.sheet.column_count = max(area.sheet.column_count, written.right)
    book.check_size()
    for down, row in enumerate(rows):
        for right, value in enumerate(row):
            _set(book, area.sheet, (area.top + down, area.left + right), value, raw=option == "RAW")
    count = sum(value is not None for row in rows for value in row)
    sizes = {"updatedRows": height, "updatedColumns": width, "updatedCells": count}
    return {"spreadsheetId": book.key, "updatedRange": str(written), **sizes}


def _by_rows(body: Json) -> list[list[Any]]:
    rows = body.get("values", [])
    if not isinstance(rows, list) or any(not isinstance(row, list) for row in rows):
        raise invalid("Invalid value at 'data.values' (type.googleapis.com/google.protobuf.ListValue)")
    if body.get("majorDimension", "ROWS") != "COLUMNS":
        return rows
    return [[one[n] if n < len(one) else None for one in rows] for n in range(max(map(len, rows), default=0))]


def _check_fits(area: Area, height: int, width: int) -> None:
    below, right = area.top + height, area.left + width
    if below > area.bottom and not area.is_open:
        raise invalid(f"Requested writing within range [{area}], but tried writing to row [{area.bottom + 1}]")
    if right > area.right and not area.is_open:
        raise invalid(f"Requested writing within range [{area}], but tried writing to column [{letters(area.right)}]")


def _set(book: Book, sheet: Sheet, place: tuple[int, int], value: Any, *, raw: bool) -> None:
    """None leaves a cell as it is, an empty text empties it."""
    old = sheet.cell(*place)
    if value is None:
        return
    if value == "":
        sheet.put(*place, Cell(None, old.format, old.note, old.validation))
    else:
        sheet.put(*place, entered(value, book.locale, old, raw=raw))


def append(book: Book, email: str, at: str, body: Json, option: str | None) -> Json:
    """Below the last row of the worksheet that has a value; where Google looks for a table, this does not."""
    area = area_of_a1(book, at)
    filled = [row for (row, _), cell in area.sheet.cells.items() if cell.value is not None]
    start = Area(area.sheet, max(filled, default=-1) + 1, area.left, max(filled, default=-1) + 2, area.left + 1)
    area.sheet.row_count = max(area.sheet.row_count, start.bottom)
    return {"spreadsheetId": book.key, "updates": write(book, email, str(start), body, option)}


def clear(book: Book, email: str, at: str) -> str:
    """Values only; formats stay."""
    area = area_of_a1(book, at)
    check_editable(book, area, email)
    for place in [place for place in area.sheet.cells if _contains(area, place)]:
        old = area.sheet.cell(*place)
        area.sheet.put(*place, Cell(None, old.format, old.note, old.validation))
    return str(area)


def _contains(area: Area, place: tuple[int, int]) -> bool:
    return area.top <= place[0] < area.bottom and area.left <= place[1] < area.right
