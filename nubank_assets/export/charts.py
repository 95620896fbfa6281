"""The summary's charts: what came in and went out by month, and where the money of a month went.

Native charts of the workbook, over cells of the summary itself; what they show is in ``rows.py`` and
``overview.py``.
"""

from collections.abc import Sequence
from typing import Any, Final

from nubank_assets.export.drawing import MONEY_FORMAT, MONTH_FORMATS, Canvas, as_number
from nubank_assets.export.labels import label
from nubank_assets.export.overview import Spending, month_name
from nubank_assets.export.sheet import Row

_EXPENSE_COLOR: Final = "#6a1b9a"
_INCOME_COLOR: Final = "#cc93d8"
_SHOWN_MONTHS: Final = 12
_SIZE: Final = {"width": 640, "height": 320}
_FONT: Final = {"size": 9, "color": "#404040"}
_AMOUNTS_AXIS: Final = {
    "num_format": "#,##0",
    "num_font": _FONT,
    "major_gridlines": {"visible": True, "line": {"color": "#e6e0ec"}},
    "line": {"none": True},
}
#: Columns of the summary that the first chart shows: month, income, expenses.
_MONTH, _INCOME, _EXPENSES = 0, 1, 2


def months_chart(canvas: Canvas, sheet_name: str, rows: Sequence[Row], first_row: int) -> Any:
    """Columns of income and expenses of the newest months; `first_row` is the row of the newest."""
    chart = canvas.book.add_chart({"type": "column"})
    shown = rows[:_SHOWN_MONTHS]
    for column, name, color in (
        (_INCOME, "column.income", _INCOME_COLOR),
        (_EXPENSES, "column.expenses", _EXPENSE_COLOR),
    ):
        chart.add_series(
            {
                "name": label(name, canvas.locale),
                "fill": {"color": color},
                "gap": 60,
                **_range("categories", sheet_name, first_row, _MONTH, [row[_MONTH] for row in shown]),
                **_range("values", sheet_name, first_row, column, [row[column] for row in shown]),
            }
        )
    month_format = MONTH_FORMATS.get(canvas.locale, MONTH_FORMATS["pt-BR"])
    font = {**_FONT, "rotation": -45}
    chart.set_x_axis({"date_axis": True, "major_unit_type": "months", "num_format": month_format, "num_font": font})
    chart.set_y_axis(_AMOUNTS_AXIS)
    chart.set_legend({"position": "top"})
    _finish(chart, label("chart.months", canvas.locale))
    return chart


def categories_chart(canvas: Canvas, sheet_name: str, spending: Spending, corner: tuple[int, int]) -> Any:
    """Horizontal bars of the expenses of a month, largest on top; `corner` is the cell of the first category."""
    row, column = corner
    names = [name for name, _ in spending.categories]
    amounts = [amount for _, amount in spending.categories]
    chart = canvas.book.add_chart({"type": "bar"})
    chart.add_series(
        {
            "fill": {"color": _EXPENSE_COLOR},
            "gap": 40,
            "data_labels": {"value": True, "num_format": MONEY_FORMAT, "font": _FONT},
            **_range("categories", sheet_name, row, column, names),
            **_range("values", sheet_name, row, column + 1, amounts),
        }
    )
    chart.set_y_axis({"reverse": True, "num_font": _FONT})
    chart.set_x_axis({"visible": False, "major_gridlines": {"visible": False}})
    chart.set_legend({"none": True})
    chart.show_hidden_data()
    title = f"{label('chart.categories', canvas.locale)} ({month_name(spending.month, canvas.locale)})"
    _finish(chart, title)
    return chart


def _finish(chart: Any, title: str) -> None:
    chart.set_title({"name": title, "name_font": {"size": 13, "color": _EXPENSE_COLOR}})
    chart.set_size(_SIZE)
    chart.set_chartarea({"border": {"color": "#d9d0e3"}})


def _range(role: str, sheet_name: str, row: int, column: int, cells: Sequence[Any]) -> dict[str, Any]:
    """A range of cells as a chart is told it, with their values for programs that do not look them up."""
    area = [sheet_name, row, column, row + len(cells) - 1, column]
    return {role: area, f"{role}_data": [as_number(cell) for cell in cells]}
