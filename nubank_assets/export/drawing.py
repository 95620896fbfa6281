"""How rows become cells: formats, texts that fit, numbers, and the look of a page.

What the rows are is in ``rows.py``; which file they go to is in ``workbook.py``.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from nubank_assets.export.sheet import Cell, CellType, Row, SheetColumn

PURPLE: Final = "#830bcf"
#: The two ends of the band above a panel, and the colours of its charts.
BAND: Final = (PURPLE, "#61167d")
EXPENSE_COLOR: Final = "#6a1b9a"
INCOME_COLOR: Final = "#cc93d8"
MAX_TEXT: Final = 32_767
MONEY_FORMAT: Final = "[$R$ ]#,##0.00;[Red]-[$R$ ]#,##0.00"
_EPOCH: Final = date(1899, 12, 30)
_ILLEGAL: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
#: Names of months in the reader's language, whatever the computer's.
MONTH_FORMATS: Final = {"pt-BR": "[$-416]mmm/yyyy", "en": "[$-409]mmm/yyyy"}
_CELL: Final = {"font_name": "Calibri", "font_size": 11, "valign": "vcenter", "bottom": 4, "bottom_color": "#d9d0e3"}


@dataclass(frozen=True)
class Formats:
    """The formats of a workbook: for each type of cell one of its own and one of its header, and those of headings."""

    cells: dict[CellType, Any]
    headers: dict[CellType, Any]
    title: Any
    note: Any
    warning: Any


@dataclass(frozen=True)
class Canvas:
    """A workbook that is being drawn: XlsxWriter's book, its formats, and the reader's language."""

    book: Any
    formats: Formats
    locale: str


def make_formats(book: Any, locale: str) -> Formats:
    """Add the platform's formats to a workbook."""
    looks: dict[CellType, dict[str, Any]] = {
        CellType.TEXT: {"align": "left", "indent": 1},
        CellType.WORD: {"align": "left", "indent": 1},
        CellType.INTEGER: {"num_format": "0", "align": "right"},
        CellType.DATE: {"num_format": "dd/mm/yyyy", "align": "center"},
        CellType.MONTH: {"num_format": MONTH_FORMATS.get(locale, MONTH_FORMATS["pt-BR"]), "align": "center"},
        CellType.MONEY: {"num_format": MONEY_FORMAT, "align": "right"},
        CellType.PERCENT: {"num_format": "0.0%", "align": "right"},
    }
    header = {"bold": True, "font_color": "white", "bg_color": PURPLE, "valign": "vcenter", "text_wrap": True}
    return Formats(
        {kind: book.add_format({**_CELL, **extra}) for kind, extra in looks.items()},
        {kind: book.add_format({**extra, **header}) for kind, extra in looks.items()},
        book.add_format({"bold": True, "font_size": 18, "font_color": PURPLE}),
        book.add_format({"italic": True, "font_color": "#595959"}),
        book.add_format({"bold": True, "font_color": "#b00020"}),
    )


def shade(first: str, last: str, part: float) -> str:
    """The colour that lies that part of the way, 0 to 1, between two."""
    ends = (bytes.fromhex(color.removeprefix("#")) for color in (first, last))
    return "#" + bytes(round(a + (b - a) * part) for a, b in zip(*ends, strict=True)).hex()


def fitting_text(text: str, most: int = MAX_TEXT) -> str:
    """Text without what XML cannot hold, at most as long as a cell may be, in UTF-16 as spreadsheets count."""
    text = _ILLEGAL.sub("", text)
    if len(text) <= most // 2:
        return text
    encoded = text.encode("utf-16-le")
    if len(encoded) // 2 <= most:
        return text
    return encoded[: (most - 1) * 2].decode("utf-16-le", "ignore") + "…"


def as_number(cell: Cell) -> float | int | str | None:
    """A cell as a spreadsheet stores it: money as its double, a day as the count of days, text as it is.

    Every amount of two decimals below 10^13 comes back to the same centavos.
    """
    if isinstance(cell, Decimal):
        return float(cell)
    return (cell - _EPOCH).days if isinstance(cell, date) else cell


def write_cell(page: Any, row: int, column: int, cell: Cell, cell_format: Any) -> None:
    """Write one cell: text is always text, money becomes the spreadsheet's number here and nowhere before."""
    if isinstance(cell, str):
        page.write_string(row, column, fitting_text(cell), cell_format)
    elif cell is None:
        page.write_blank(row, column, None, cell_format)
    else:
        page.write_number(row, column, as_number(cell), cell_format)


def write_rows(page: Any, first: int, rows: Iterable[Row], columns: tuple[SheetColumn, ...], formats: Formats) -> None:
    """Write rows from row `first` on."""
    by_column = [formats.cells[column.type] for column in columns]
    for number, row in enumerate(rows, first):
        for column, cell in enumerate(row):
            write_cell(page, number, column, cell, by_column[column])


def set_up_page(page: Any, columns: tuple[SheetColumn, ...], header_row: int, last_row: int) -> None:
    """Widths, frozen header, filter, and a print that is as wide as the paper and repeats the header."""
    for index, column in enumerate(columns):
        page.set_column(index, index, column.width)
    page.freeze_panes(header_row + 1, 0)
    page.autofilter(header_row, 0, last_row, len(columns) - 1)
    page.hide_gridlines(2)
    page.set_landscape()
    page.set_paper(9)
    page.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    page.fit_to_pages(1, 0)
    page.repeat_rows(header_row)
    page.set_footer("&L&A&R&P/&N")
