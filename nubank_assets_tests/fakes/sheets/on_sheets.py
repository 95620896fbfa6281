"""Requests about whole worksheets and the spreadsheet: their properties, sizes, rows and columns."""

from nubank_assets_tests.fakes.sheets.book import Book, Cell, Json, Sheet
from nubank_assets_tests.fakes.sheets.changes import handles
from nubank_assets_tests.fakes.sheets.errors import invalid
from nubank_assets_tests.fakes.sheets.masks import merged, parse_mask
from nubank_assets_tests.fakes.sheets.protection import check_editable
from nubank_assets_tests.fakes.sheets.ranges import Area

_OWN = ("sheetId", "title", "index", "sheetType", "gridProperties")


@handles("addSheet")
def add_sheet(book: Book, request: Json, email: str) -> Json:
    properties = request.get("properties", {})
    title = properties.get("title") or f"Página{len(book.sheets) + 1}"
    taken = [sheet.id for sheet in book.sheets]
    sheet_id = properties.get("sheetId")
    if sheet_id in taken:
        raise invalid(f"Sheet with id {sheet_id} already exists. Please enter a different ID.")
    _check_title(book, title)
    grid = dict(properties.get("gridProperties", {}))
    sheet = Sheet(
        book.new_id(taken) if sheet_id is None else sheet_id,
        title,
        grid.pop("rowCount", 1000),
        grid.pop("columnCount", 26),
        grid=grid,
        looks={name: value for name, value in properties.items() if name not in _OWN},
    )
    _check_grid(sheet)
    book.sheets.insert(properties.get("index", len(book.sheets)), sheet)
    return {"addSheet": {"properties": sheet.properties(book.sheets.index(sheet))}}


@handles("deleteSheet")
def delete_sheet(book: Book, request: Json, email: str) -> None:
    sheet = book.by_id(request["sheetId"])
    check_editable(book, Area(sheet, 0, 0, sheet.row_count, sheet.column_count), email)
    if not [other for other in book.sheets if other is not sheet and not other.is_hidden]:
        raise invalid("You can't remove all the visible sheets in a document.")
    book.sheets.remove(sheet)


@handles("updateSheetProperties")
def update_sheet_properties(book: Book, request: Json, email: str) -> None:
    new, mask = request["properties"], parse_mask(request["fields"])
    sheet = book.by_id(new.get("sheetId", 0))
    if "*" in mask:
        mask = {name: {} for name in new if name != "sheetId"}
    if "title" in mask:
        _check_title(book, new["title"], sheet)
        sheet.title = new["title"]
    grid = {"rowCount": sheet.row_count, "columnCount": sheet.column_count, **sheet.grid}
    if "gridProperties" in mask:
        grid = merged({"g": grid}, {"g": new.get("gridProperties", {})}, {"g": mask["gridProperties"]}).get("g", {})
    _resize(sheet, grid.pop("rowCount", 1000), grid.pop("columnCount", 26))
    sheet.grid = grid
    sheet.looks = merged(sheet.looks, new, {name: inner for name, inner in mask.items() if name not in _OWN})
    if "index" in mask:
        place = book.sheets.index(sheet)
        book.sheets.insert(new["index"], book.sheets[place])
        book.sheets.pop(place if place < new["index"] else place + 1)
    _check_grid(sheet)
    if all(one.is_hidden for one in book.sheets):
        raise invalid("You can't hide all the sheets in a document.")


@handles("updateSpreadsheetProperties")
def update_spreadsheet_properties(book: Book, request: Json, email: str) -> None:
    new = request["properties"]
    known = {"title": "title", "locale": "locale", "timeZone": "time_zone"}
    for name in parse_mask(request["fields"]):
        if name not in known or not new.get(name):
            raise invalid(f"the fake cannot set {name} to {new.get(name)!r}")
        setattr(book, known[name], new[name])


@handles("updateDimensionProperties")
def update_dimension_properties(book: Book, request: Json, email: str) -> None:
    sheet, dimension, numbers = _dimension(book, request["range"])
    mask = parse_mask(request["fields"])
    for number in numbers:
        old = sheet.dimensions.get((dimension, number), {})
        sheet.dimensions[dimension, number] = merged(old, request["properties"], mask)


@handles("autoResizeDimensions")
def auto_resize(book: Book, request: Json, email: str) -> None:
    sheet, dimension, numbers = _dimension(book, request["dimensions"])
    for number in numbers:
        sheet.dimensions[dimension, number] = {**sheet.dimensions.get((dimension, number), {}), "auto": True}


@handles("appendDimension")
def append_dimension(book: Book, request: Json, email: str) -> None:
    sheet = book.by_id(request.get("sheetId", 0))
    more = (request["length"], 0) if request["dimension"] == "ROWS" else (0, request["length"])
    _resize(sheet, sheet.row_count + more[0], sheet.column_count + more[1])


@handles("insertDimension")
def insert_dimension(book: Book, request: Json, email: str) -> None:
    sheet, dimension, numbers = _dimension(book, request["range"], beyond=1)
    shift(sheet, dimension, numbers[0], len(numbers))


@handles("deleteDimension")
def delete_dimension(book: Book, request: Json, email: str) -> None:
    sheet, dimension, numbers = _dimension(book, request["range"])
    check_editable(book, Area(sheet, 0, 0, sheet.row_count, sheet.column_count), email)
    axis = 0 if dimension == "ROWS" else 1
    sheet.cells = {place: cell for place, cell in sheet.cells.items() if place[axis] not in numbers}
    shift(sheet, dimension, numbers[-1] + 1, -len(numbers))
    _check_grid(sheet)


def shift(sheet: Sheet, dimension: str, start: int, by: int) -> None:
    """Move what is at `start` and beyond; what lies on the worksheet grows with it, as it does at Google."""
    axis, name = (0, "Row") if dimension == "ROWS" else (1, "Column")
    moved: dict[tuple[int, int], Cell] = {}
    for place, cell in sheet.cells.items():
        row, column = place
        offset = by if place[axis] >= start else 0
        moved[(row + offset, column) if axis == 0 else (row, column + offset)] = cell
    sheet.cells = moved
    sheet.row_count += by if axis == 0 else 0
    sheet.column_count += by if axis == 1 else 0

    def grown(area: Json) -> Json:
        first, last = f"start{name}Index", f"end{name}Index"
        changed = {first: area[first] + by} if area.get(first, -1) >= start else {}
        return {**area, **changed, **({last: area[last] + by} if area.get(last, -1) > start else {})}

    if sheet.basic_filter:
        sheet.basic_filter = {**sheet.basic_filter, "range": grown(sheet.basic_filter["range"])}
    sheet.protected = [{**one, "range": grown(one["range"])} for one in sheet.protected]


def _dimension(book: Book, asked: Json, beyond: int = 0) -> tuple[Sheet, str, range]:
    sheet, dimension = book.by_id(asked.get("sheetId", 0)), asked["dimension"]
    size = sheet.row_count if dimension == "ROWS" else sheet.column_count
    numbers = range(asked.get("startIndex", 0), asked.get("endIndex", size))
    if not numbers or (numbers[0] if beyond else numbers[-1]) >= size + beyond:
        raise invalid(f"Cannot use {dimension} {numbers.start} to {numbers.stop} of a sheet that has {size}.")
    return sheet, dimension, numbers


def _resize(sheet: Sheet, rows: int, columns: int) -> None:
    """Cells beyond the new grid are gone, and what lay on them ends where it ends."""
    is_smaller = rows < sheet.row_count or columns < sheet.column_count
    sheet.row_count, sheet.column_count = rows, columns
    if not is_smaller:
        return
    sheet.cells = {place: cell for place, cell in sheet.cells.items() if place[0] < rows and place[1] < columns}

    def cut(area: Json) -> Json:
        ends = {"endRowIndex": rows, "endColumnIndex": columns}
        return {**area, **{end: min(area[end], most) for end, most in ends.items() if end in area}}

    if sheet.basic_filter:
        sheet.basic_filter = {**sheet.basic_filter, "range": cut(sheet.basic_filter["range"])}
    sheet.protected = [{**one, "range": cut(one["range"])} for one in sheet.protected]


def _check_title(book: Book, title: str, own: Sheet | None = None) -> None:
    if not title or len(title) > 100:
        raise invalid("A sheet name must have 1 to 100 characters.")
    if (found := book.find(title)) and found is not own:
        raise invalid(f'A sheet with the name "{title}" already exists. Please enter another name.')


def _check_grid(sheet: Sheet) -> None:
    if sheet.row_count < 1 or sheet.column_count < 1:
        raise invalid("You can't delete all the rows or columns on the sheet.")
    if sheet.frozen_rows >= sheet.row_count or sheet.frozen_columns >= sheet.column_count:
        raise invalid("You can't freeze all visible rows or columns on the sheet.")
