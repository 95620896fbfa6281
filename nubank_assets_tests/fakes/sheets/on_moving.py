"""Requests that move columns of a worksheet, with all that is in them."""

from nubank_assets_tests.fakes.sheets.book import Book, Cell, Json
from nubank_assets_tests.fakes.sheets.changes import handles
from nubank_assets_tests.fakes.sheets.errors import invalid


@handles("moveDimension")
def move_dimension(book: Book, request: Json, email: str) -> None:
    """The destination is counted before anything moves. Filters and protected ranges stay where they were."""
    source = request["source"]
    if source["dimension"] != "COLUMNS":
        raise invalid("the fake moves columns only")
    sheet = book.by_id(source.get("sheetId", 0))
    order = list(range(sheet.column_count))
    start, end, target = source.get("startIndex", 0), source["endIndex"], request.get("destinationIndex", 0)
    if not start < end <= len(order) or target > len(order) or start <= target <= end:
        raise invalid(f"Cannot move columns {start} to {end} before {target}.")
    moved = order[start:end]
    order[target:target] = moved
    del order[start + (len(moved) if target < start else 0) : end + (len(moved) if target < start else 0)]
    places = {old: new for new, old in enumerate(order)}
    cells: dict[tuple[int, int], Cell] = {(row, places[column]): cell for (row, column), cell in sheet.cells.items()}
    sheet.cells = cells
