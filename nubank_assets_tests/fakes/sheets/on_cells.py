"""Requests about cells: their values, formats, notes, validations, borders and merges."""

from nubank_assets_tests.fakes.sheets.book import MOST_CHARACTERS, Book, Cell, Json
from nubank_assets_tests.fakes.sheets.changes import handles
from nubank_assets_tests.fakes.sheets.errors import invalid
from nubank_assets_tests.fakes.sheets.masks import Mask, merged, parse_mask
from nubank_assets_tests.fakes.sheets.protection import check_editable
from nubank_assets_tests.fakes.sheets.ranges import Area, area_of_grid

_VALUES = frozenset({"numberValue", "stringValue", "boolValue", "formulaValue"})


@handles("updateCells")
def update_cells(book: Book, request: Json, email: str) -> None:
    """With a range every cell of it is set, with or without data; with a start only those with data."""
    rows, mask = request.get("rows", []), parse_mask(request["fields"])
    data: dict[tuple[int, int], Json] = {}
    if "range" in request:
        area = area_of_grid(book, request["range"])
        _check_rows(area, rows)
        data = {(row - area.top, column - area.left): {} for row, column in area.places()}
    else:
        start = request["start"]
        sheet, top, left = book.by_id(start.get("sheetId", 0)), start.get("rowIndex", 0), start.get("columnIndex", 0)
        area = Area(sheet, top, left, sheet.row_count, sheet.column_count)
        _check_rows(area, rows)
        width = max((len(row.get("values", [])) for row in rows), default=0)
        area = Area(sheet, top, left, top + len(rows), left + width)
    check_editable(book, area, email)
    for down, row in enumerate(rows):
        data.update({(down, right): cell or {} for right, cell in enumerate(row.get("values", []))})
    for (down, right), new in data.items():
        place = area.top + down, area.left + right
        area.sheet.put(*place, _changed(area.sheet.cell(*place), new, mask))


def _check_rows(area: Area, rows: list[Json]) -> None:
    if len(rows) > area.bottom - area.top:
        raise invalid(f"Attempting to write row: {area.bottom}, beyond the last requested row of: {area.bottom - 1}")
    if max((len(row.get("values", [])) for row in rows), default=0) > area.right - area.left:
        raise invalid(
            f"Attempting to write column: {area.right}, beyond the last requested column of: {area.right - 1}"
        )


def _changed(old: Cell, new: Json, mask: Mask) -> Cell:
    """A cell with what the mask names as it is in `new`."""
    everything = "*" in mask
    value, format_, note, validation = old.value, old.format, old.note, old.validation
    if everything or "userEnteredValue" in mask:
        value = _checked(new.get("userEnteredValue"))
    if everything or "userEnteredFormat" in mask:
        inner = {} if everything else mask["userEnteredFormat"]
        format_ = merged({"f": format_}, {"f": new.get("userEnteredFormat") or {}}, {"f": inner}).get("f", {})
    if everything or "note" in mask:
        note = new.get("note", "")
    if everything or "dataValidation" in mask:
        validation = new.get("dataValidation")
    return Cell(value, format_, note, validation)


def _checked(value: Json | None) -> Json | None:
    if not value:
        return None
    if len(value) != 1 or not _VALUES.issuperset(value):
        raise invalid("A cell's value must be exactly one of a number, a text, a truth and a formula.")
    (kind, held), *_ = value.items()
    if isinstance(held, str) and len(held) > MOST_CHARACTERS:
        raise invalid(f"Your input contains more than the maximum of {MOST_CHARACTERS} characters in a single cell.")
    if kind == "formulaValue" and not str(held).startswith("="):
        raise invalid("A formula must begin with =.")
    return value


@handles("repeatCell")
def repeat_cell(book: Book, request: Json, email: str) -> None:
    area, mask = area_of_grid(book, request["range"]), parse_mask(request["fields"])
    check_editable(book, area, email)
    for place in area.places():
        area.sheet.put(*place, _changed(area.sheet.cell(*place), request.get("cell", {}), mask))


@handles("setDataValidation")
def set_data_validation(book: Book, request: Json, email: str) -> None:
    area = area_of_grid(book, request["range"])
    check_editable(book, area, email)
    for place in area.places():
        old = area.sheet.cell(*place)
        area.sheet.put(*place, Cell(old.value, old.format, old.note, request.get("rule")))


@handles("copyPaste")
def copy_paste(book: Book, request: Json, email: str) -> None:
    """What is empty at the source is empty at the destination; a destination that is larger is filled by repeating."""
    source, wanted = area_of_grid(book, request["source"]), request["destination"]
    height, width = source.bottom - source.top, source.right - source.left
    start = area_of_grid(book, wanted)
    tall = max(1, (start.bottom - start.top) // height) * height
    wide = max(1, (start.right - start.left) // width) * width
    reach = {
        **wanted,
        "startRowIndex": start.top,
        "endRowIndex": start.top + tall,
        "startColumnIndex": start.left,
        "endColumnIndex": start.left + wide,
    }
    target = area_of_grid(book, reach)
    check_editable(book, target, email)
    kind, copied = request.get("pasteType", "PASTE_NORMAL"), dict(source.sheet.cells)
    for row, column in target.places():
        place = source.top + (row - target.top) % height, source.left + (column - target.left) % width
        target.sheet.put(row, column, _pasted(target.sheet.cell(row, column), copied.get(place, Cell()), kind))


def _pasted(old: Cell, new: Cell, kind: str) -> Cell:
    if kind == "PASTE_NORMAL":
        return new
    if kind == "PASTE_VALUES":
        if new.value and "formulaValue" in new.value:
            raise invalid("the fake does not reckon formulas, so it cannot paste their values")
        return Cell(new.value, old.format, old.note, old.validation)
    if kind == "PASTE_FORMAT":
        return Cell(old.value, new.format, old.note, old.validation)
    raise invalid(f"the fake does not know {kind}")


@handles("updateBorders")
def update_borders(book: Book, request: Json, email: str) -> None:
    area = area_of_grid(book, request["range"])
    check_editable(book, area, email)
    for row, column in area.places():
        old = area.sheet.cell(row, column)
        edges = {
            "top": "top" if row == area.top else "innerHorizontal",
            "bottom": "bottom" if row == area.bottom - 1 else "innerHorizontal",
            "left": "left" if column == area.left else "innerVertical",
            "right": "right" if column == area.right - 1 else "innerVertical",
        }
        borders = {edge: request[name] for edge, name in edges.items() if name in request}
        format_ = {**old.format, "borders": {**old.format.get("borders", {}), **borders}} if borders else old.format
        area.sheet.put(row, column, Cell(old.value, format_, old.note, old.validation))


@handles("mergeCells")
def merge_cells(book: Book, request: Json, email: str) -> None:
    area = area_of_grid(book, request["range"])
    check_editable(book, area, email)
    for other in area.sheet.merges:
        if area.overlaps(area_of_grid(book, other)):
            raise invalid("You must select all cells in a merged range to merge or unmerge them.")
    area.sheet.merges.append(request["range"])
    for place in area.places()[1:]:
        old = area.sheet.cell(*place)
        area.sheet.put(*place, Cell(None, old.format, old.note, old.validation))


@handles("unmergeCells")
def unmerge_cells(book: Book, request: Json, email: str) -> None:
    area = area_of_grid(book, request["range"])
    area.sheet.merges = [other for other in area.sheet.merges if not area.overlaps(area_of_grid(book, other))]
