"""How the workbook's panel is drawn: a purple band, the figures, a card for each of the first four, four charts.

What the figures are is in ``figures.py`` and ``chart_sheets.py``; the charts themselves are in ``charts.py``. Google
draws its own panel: ``sheets/panel.py``.
"""

from collections.abc import Sequence
from typing import Any, Final

from nubank_assets.export.chart_sheets import BY_MONTH, CARD_USE, PANEL
from nubank_assets.export.charts import categories_chart, day_chart, months_chart
from nubank_assets.export.drawing import BAND, MONEY_FORMAT, Canvas, as_number, shade, write_cell
from nubank_assets.export.figures import CARDS
from nubank_assets.export.labels import label
from nubank_assets.export.rows import read_rows
from nubank_assets.export.sheet import Row
from nubank_assets.lake.publish import Lake

_WIDTH: Final = len(PANEL.columns)
#: To the right of the figures a narrow column, then three columns for each card.
_FIRST_CARD: Final = _WIDTH + 1
_CARD_WIDTH: Final = 3
_LAST_COLUMN: Final = _FIRST_CARD + CARDS * _CARD_WIDTH - 1
_GAP_WIDTH, _COLUMN_WIDTH = 2, 10
#: In points, and what a screen makes of it.
_ROW_HEIGHT, _ROW_PIXELS = 19, 25
#: The space between two cards.
_GAP: Final = {"right": 5, "right_color": "white", "valign": "vcenter"}
_CARD_ROWS: Final = 3
#: Rows below the header at which each chart begins, and how many it may take.
_CATEGORIES_AT, _CATEGORIES_ROWS = 4, 13
_DAYS_AT, _DAYS_ROWS = 18, 12
_MONTHS_AT, _MONTHS_ROWS = 31, 13
#: Columns of a row of figures.
_NAME, _AMOUNT, _BEFORE, _CHANGE = 0, 2, 3, 5


def draw_band(canvas: Canvas, page: Any, headings: Sequence[str]) -> None:
    """The title and what stands below it, white on a band from one purple to the other."""
    for row, text in enumerate(headings):
        page.set_row(row, 30 if row == 0 else 20)
        for column in range(_LAST_COLUMN + 1):
            look = {"bg_color": shade(*BAND, column / _LAST_COLUMN), "font_color": "white", "valign": "vcenter"}
            size = {"bold": True, "font_size": 20} if row == 0 else {"italic": True}
            cell_format = canvas.book.add_format({**look, **size, "indent": 0 if column else 1})
            page.write_blank(row, column, None, cell_format)
            if column == 0:
                page.write_string(row, column, text, cell_format)


def draw_panel(canvas: Canvas, page: Any, lake: Lake, rows: Sequence[Row], header_row: int) -> None:
    """The figures from under the header on, the cards beside them, and the charts."""
    page.set_default_row(_ROW_HEIGHT)
    page.set_column(_WIDTH, _WIDTH, _GAP_WIDTH)
    page.set_column(_FIRST_CARD, _LAST_COLUMN, _COLUMN_WIDTH)
    cards = rows[:CARDS]
    for index, card in enumerate(cards):
        look = canvas.book.add_format({"bold": True, "font_color": "white", "bg_color": BAND[0], "indent": 1, **_GAP})
        _merged(page, header_row, index, card[_NAME], look)
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            kind = PANEL.columns[column].type
            write_cell(page, header_row + 1 + number, column, cell, canvas.formats.cells[kind])
        if number < _CARD_ROWS:
            _draw_cards(canvas, page, header_row + 1 + number, number, cards)
    if rows:
        _insert_charts(canvas, page, lake, rows, header_row)
    page.print_area(0, 0, header_row + _MONTHS_AT + _MONTHS_ROWS, _LAST_COLUMN)
    page.fit_to_pages(1, 1)


def _draw_cards(canvas: Canvas, page: Any, row: int, part: int, cards: Sequence[Row]) -> None:
    """One row of all cards: their amounts, the amounts of the month before, or the changes."""
    for index, card in enumerate(cards):
        cell = card[(_AMOUNT, _BEFORE, _CHANGE)[part]]
        _merged(page, row, index, cell, _card_format(canvas, part, index, cell))


def _card_format(canvas: Canvas, part: int, index: int, cell: Any) -> Any:
    look: dict[str, Any] = {"align": "left", "indent": 1, "bg_color": "#f6f0fa", **_GAP}
    if part == 0:
        look |= {"num_format": MONEY_FORMAT, "bold": True, "font_size": 14, "font_color": BAND[0]}
    elif part == 1:
        words = f'"{label("column.before", canvas.locale)}: "'
        amount = MONEY_FORMAT.split(";")[0]
        look |= {"num_format": f"{words}{amount};{words}-{amount}", "font_color": "#595959"}
    else:
        # More income and more balance are good; more spending is not.
        is_good = cell is None or (cell >= 0) == (index < 2)
        look |= {"num_format": "▲ 0.0%;▼ 0.0%;0.0%", "font_color": "#1b7f3b" if is_good else "#b00020"}
    return canvas.book.add_format(look)


def _merged(page: Any, row: int, index: int, cell: Any, cell_format: Any) -> None:
    first = _FIRST_CARD + index * _CARD_WIDTH
    page.merge_range(row, first, row, first + _CARD_WIDTH - 1, "", cell_format)
    write_cell(page, row, first, cell, cell_format)


def _insert_charts(canvas: Canvas, page: Any, lake: Lake, rows: Sequence[Row], header_row: int) -> None:
    days = list(read_rows(lake, CARD_USE, canvas.locale).rows)
    months = list(read_rows(lake, BY_MONTH, canvas.locale).rows)
    spent = [row for row in rows[CARDS:] if as_number(row[_AMOUNT])]
    name, first = page.get_name(), header_row + 1 + CARDS
    if spent and rows[CARDS][1]:
        chart = categories_chart(canvas, name, spent, first)
        page.insert_chart(header_row + 1 + _CATEGORIES_AT, _FIRST_CARD, _sized(chart, _FIRST_CARD, _CATEGORIES_ROWS))
    if days:
        page.insert_chart(header_row + 1 + _DAYS_AT, 0, _sized(day_chart(canvas, days), 0, _DAYS_ROWS))
    if months:
        page.insert_chart(header_row + 1 + _MONTHS_AT, 0, _sized(months_chart(canvas, months), 0, _MONTHS_ROWS))


def _sized(chart: Any, first_column: int, rows: int) -> Any:
    """The chart as wide as from this column to the last, and as high as these rows."""
    columns = [column.width for column in PANEL.columns] + [_GAP_WIDTH] + [_COLUMN_WIDTH] * (CARDS * _CARD_WIDTH)
    chart.set_size({"width": sum(7 * width + 5 for width in columns[first_column:]), "height": rows * _ROW_PIXELS})
    return chart
