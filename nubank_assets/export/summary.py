"""How the summary is drawn: the table of months, its charts beside it, and the cells the second chart needs."""

from collections.abc import Sequence
from itertools import zip_longest
from typing import Any, Final

from nubank_assets.export.charts import categories_chart, months_chart
from nubank_assets.export.drawing import Canvas, write_cell
from nubank_assets.export.labels import label
from nubank_assets.export.overview import Spending
from nubank_assets.export.sheet import CellType, Row
from nubank_assets.export.worksheets import SUMMARY

#: The charts begin one column after the table and are ten columns wide; the cells of the second come after them.
_CHARTS_COLUMN: Final = len(SUMMARY.columns) + 1
_LAST_CHARTS_COLUMN: Final = _CHARTS_COLUMN + 9
_SPENDING_COLUMN: Final = _LAST_CHARTS_COLUMN + 2
_CHART_ROWS: Final = 17


def draw_summary(canvas: Canvas, page: Any, rows: Sequence[Row], spending: Spending | None, header_row: int) -> None:
    """The rows of the summary from under its header on, the spending by category far right, and the charts."""
    if spending:
        _write_spending_header(canvas, page, header_row)
    formats = canvas.formats.cells
    for number, (row, pair) in enumerate(zip_longest(rows, spending.categories if spending else ()), header_row + 1):
        for column, cell in enumerate(row or ()):
            write_cell(page, number, column, cell, formats[SUMMARY.columns[column].type])
        for column, cell in enumerate(pair or (), _SPENDING_COLUMN):
            write_cell(page, number, column, cell, formats[CellType.TEXT if isinstance(cell, str) else CellType.MONEY])
    _insert_charts(canvas, page, rows, spending, header_row)


def _write_spending_header(canvas: Canvas, page: Any, header_row: int) -> None:
    page.set_column(_SPENDING_COLUMN, _SPENDING_COLUMN + 1, 16)
    headers = (("column.category", CellType.TEXT), ("column.expenses", CellType.MONEY))
    for column, (key, kind) in enumerate(headers, _SPENDING_COLUMN):
        page.write_string(header_row, column, label(key, canvas.locale), canvas.formats.headers[kind])


def _insert_charts(canvas: Canvas, page: Any, rows: Sequence[Row], spending: Spending | None, header_row: int) -> None:
    name, first_row = page.get_name(), header_row + 1
    page.print_area(0, 0, max(first_row + len(rows), header_row + 2 * _CHART_ROWS), _LAST_CHARTS_COLUMN)
    if rows:
        page.insert_chart(header_row, _CHARTS_COLUMN, months_chart(canvas, name, rows, first_row))
    if spending:
        chart = categories_chart(canvas, name, spending, (first_row, _SPENDING_COLUMN))
        page.insert_chart(header_row + _CHART_ROWS, _CHARTS_COLUMN, chart)
