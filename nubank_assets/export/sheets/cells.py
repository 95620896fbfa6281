"""From cells to what Google is sent: JSON, in which money and days are numbers and text is never anything but text."""

import json
from collections.abc import Iterable, Sequence
from typing import Any, Final

from nubank_assets.export.drawing import as_number, fitting_text
from nubank_assets.export.sheet import Cell, Row

#: Characters that Google keeps in a cell.
MAX_TEXT: Final = 50_000
#: More than what `cell_data` and `row_data` add to the bytes of a cell and of a row.
CELL_OVERHEAD: Final = 44
ROW_OVERHEAD: Final = 16

Plain = str | int | float | None


def plain_cell(cell: Cell) -> Plain:
    """A cell as JSON has it; what is empty, an empty text too, is None."""
    if isinstance(cell, str):
        return fitting_text(cell, MAX_TEXT) or None
    return as_number(cell)


def row_line(row: Row) -> bytes:
    """A row in as many bytes as it is sent in, but for the comma and the space between rows."""
    return json.dumps([plain_cell(cell) for cell in row], allow_nan=False).encode()


def rows_of(lines: Iterable[bytes]) -> list[list[Plain]]:
    """The rows of lines."""
    rows: list[list[Plain]] = json.loads(b"[" + b",".join(lines) + b"]")
    return rows


def cell_data(cell: Plain) -> dict[str, Any]:
    """A cell of `updateCells`: a text is a text whatever it begins with."""
    if cell is None:
        return {}
    return {"userEnteredValue": {"stringValue" if isinstance(cell, str) else "numberValue": cell}}


def row_data(row: Sequence[Plain]) -> dict[str, Any]:
    """A row of `updateCells`."""
    return {"values": [cell_data(cell) for cell in row]}


def emptied(row: Sequence[Plain]) -> list[str | int | float]:
    """A row for a write of values, where None would leave the cell as it is and an empty text empties it."""
    return ["" if cell is None else cell for cell in row]
