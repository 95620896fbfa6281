"""The panel's charts: the use of the cards by day, where the money of a month went, what came in and went out by month.

Native charts of the workbook, over cells of its worksheets; what they show is in ``chart_sheets.py``, where they stand
in ``panel_page.py``.
"""

from collections.abc import Sequence
from typing import Any, Final

from nubank_assets.export.chart_sheets import BY_MONTH, CARD_USE
from nubank_assets.export.drawing import EXPENSE_COLOR, INCOME_COLOR, MONEY_FORMAT, MONTH_FORMATS, Canvas, as_number
from nubank_assets.export.labels import label
from nubank_assets.export.overview import month_name
from nubank_assets.export.rows import title_of
from nubank_assets.export.sheet import Row, Worksheet

_SHOWN_MONTHS: Final = 12
_SHOWN_DAYS: Final = 366
_FONT: Final = {"size": 9, "color": "#404040"}
_AMOUNTS_AXIS: Final = {
    "num_format": "#,##0",
    "num_font": _FONT,
    "major_gridlines": {"visible": True, "line": {"color": "#e6e0ec"}},
    "line": {"none": True},
}
#: Columns of the panel.
_NAME, _MONTH, _AMOUNT = 0, 1, 2


def day_chart(canvas: Canvas, rows: Sequence[Row]) -> Any:
    """A line of the use of the cards on each of the newest days; `rows` are those of the worksheet, oldest first."""
    chart = canvas.book.add_chart({"type": "line"})
    chart.add_series(
        {
            "line": {"color": EXPENSE_COLOR, "width": 1.5},
            **_newest("categories", canvas, CARD_USE, rows, 0, _SHOWN_DAYS),
            **_newest("values", canvas, CARD_USE, rows, 1, _SHOWN_DAYS),
        }
    )
    chart.set_x_axis({"date_axis": True, "major_unit_type": "months", "major_unit": 1, **_months_axis(canvas)})
    chart.set_y_axis(_AMOUNTS_AXIS)
    chart.set_legend({"none": True})
    _finish(chart, label("chart.card_use", canvas.locale))
    return chart


def months_chart(canvas: Canvas, rows: Sequence[Row]) -> Any:
    """Columns of income and expenses of the newest months; `rows` are those of the worksheet, oldest first."""
    chart = canvas.book.add_chart({"type": "column"})
    for column, name, color in ((1, "column.income", INCOME_COLOR), (2, "column.expenses", EXPENSE_COLOR)):
        chart.add_series(
            {
                "name": label(name, canvas.locale),
                "fill": {"color": color},
                "gap": 60,
                **_newest("categories", canvas, BY_MONTH, rows, 0, _SHOWN_MONTHS),
                **_newest("values", canvas, BY_MONTH, rows, column, _SHOWN_MONTHS),
            }
        )
    chart.set_x_axis({"date_axis": True, "major_unit_type": "months", **_months_axis(canvas)})
    chart.set_y_axis(_AMOUNTS_AXIS)
    chart.set_legend({"position": "top"})
    _finish(chart, label("chart.months", canvas.locale))
    return chart


def categories_chart(canvas: Canvas, sheet_name: str, rows: Sequence[Row], first_row: int) -> Any:
    """Horizontal bars of the expenses of a month, largest on top; `rows` are figures of the panel."""
    chart = canvas.book.add_chart({"type": "bar"})
    chart.add_series(
        {
            "fill": {"color": EXPENSE_COLOR},
            "gap": 40,
            "data_labels": {"value": True, "num_format": MONEY_FORMAT, "font": _FONT},
            **_range("categories", sheet_name, first_row, _NAME, rows),
            **_range("values", sheet_name, first_row, _AMOUNT, rows),
        }
    )
    chart.set_y_axis({"reverse": True, "num_font": _FONT})
    chart.set_x_axis({"visible": False, "major_gridlines": {"visible": False}})
    chart.set_legend({"none": True})
    month: Any = rows[0][_MONTH]
    _finish(chart, f"{label('chart.categories', canvas.locale)} ({month_name(month, canvas.locale)})")
    return chart


def _months_axis(canvas: Canvas) -> dict[str, Any]:
    month_format = MONTH_FORMATS.get(canvas.locale, MONTH_FORMATS["pt-BR"])
    return {"num_format": month_format, "num_font": _FONT, "label_position": "low"}


def _finish(chart: Any, title: str) -> None:
    chart.set_title({"name": title, "name_font": {"size": 13, "color": EXPENSE_COLOR}})
    chart.set_chartarea({"border": {"color": "#d9d0e3"}})


def _newest(role: str, canvas: Canvas, sheet: Worksheet, rows: Sequence[Row], column: int, most: int) -> dict[str, Any]:
    """The newest rows of a worksheet whose header is its first row."""
    shown = rows[-most:]
    return _range(role, title_of(sheet, canvas.locale), 1 + len(rows) - len(shown), column, shown)


def _range(role: str, sheet_name: str, row: int, column: int, rows: Sequence[Row]) -> dict[str, Any]:
    """A range of cells as a chart is told it, with their values for programs that do not look them up."""
    area = [sheet_name, row, column, row + len(rows) - 1, column]
    return {role: area, f"{role}_data": [as_number(cells[column]) for cells in rows]}
