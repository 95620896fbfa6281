"""How a worksheet looks: set when it is made and when its columns change, and otherwise the person's to change."""

from collections.abc import Sequence
from typing import Any, Final

from nubank_assets.export.drawing import PURPLE
from nubank_assets.export.sheet import CellType
from nubank_assets.export.sheets.book import Tab
from nubank_assets.export.sheets.declared import Column, Declared
from nubank_assets.export.sheets.requests import (
    Request,
    column_width,
    format_cells,
    grid,
    protect,
    resize,
    whole_columns,
)
from nubank_assets.messages import message

_PIXELS_OF_A_CHARACTER: Final = 8
_NUMBERS: Final[dict[CellType, dict[str, str]]] = {
    CellType.TEXT: {"type": "TEXT", "pattern": "@"},
    CellType.WORD: {"type": "TEXT", "pattern": "@"},
    CellType.INTEGER: {"type": "NUMBER", "pattern": "0"},
    CellType.DATE: {"type": "DATE", "pattern": "dd/mm/yyyy"},
    CellType.MONTH: {"type": "DATE", "pattern": "mmm/yyyy"},
    CellType.MONEY: {"type": "CURRENCY", "pattern": "[$R$ ]#,##0.00"},
    CellType.PERCENT: {"type": "PERCENT", "pattern": "0.0%"},
}
_WHITE: Final = "#ffffff"


def lay_out(tab: Tab | None, sheet: Declared, sheet_id: int, rows: int) -> list[Request]:
    """The frozen header and the formats of a worksheet of so many rows, and the warning to who edits it.

    And the widths, but only of a worksheet that is new: later they are the person's.
    """
    ours = (0, len(sheet.columns))
    requests = [
        resize(sheet_id, frozenRowCount=1),
        format_header(sheet_id, ours),
        *format_columns(sheet_id, sheet.columns, rows),
        protect(tab, whole_columns(sheet_id, ours), sheet.id, message("sheets_protected")),
    ]
    if tab is None:
        requests += column_widths(sheet_id, sheet.columns)
    return requests


def format_header(sheet_id: int, columns: tuple[int, int], color: str = PURPLE, row: int = 0) -> Request:
    """The look of the header."""
    return format_cells(
        grid(sheet_id, (row, row + 1), columns),
        backgroundColorStyle={"rgbColor": _rgb(color)},
        textFormat={"bold": True, "foregroundColorStyle": {"rgbColor": _rgb(_WHITE)}},
        verticalAlignment="MIDDLE",
    )


def format_columns(sheet_id: int, columns: Sequence[Column], rows: int) -> list[Request]:
    """The number formats of these columns below the header."""
    return [
        format_cells(grid(sheet_id, (1, rows), (index, index + 1)), numberFormat=_NUMBERS[column.type])
        for index, column in enumerate(columns)
    ]


def column_widths(sheet_id: int, columns: Sequence[Column]) -> list[Request]:
    """The widths of these columns."""
    widths = [column.width * _PIXELS_OF_A_CHARACTER for column in columns]
    return [column_width(sheet_id, index, width) for index, width in enumerate(widths)]


def _rgb(color: str) -> dict[str, Any]:
    red, green, blue = bytes.fromhex(color.removeprefix("#"))
    return {"red": red / 255, "green": green / 255, "blue": blue / 255}
