"""The panel of the Google spreadsheet: native charts over cells of the platform's worksheets, and a purple band.

The figures of the cards and of the bars stand on the panel itself in a number of rows that never changes; the other
charts read whole columns. So no chart is rewritten when there are more data. A person may move, change or delete a
chart: ask for these requests only where `PANEL_VERSION` is not the version that was drawn.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Final

from nubank_assets.export.chart_sheets import BY_MONTH, CARD_USE, PANEL
from nubank_assets.export.drawing import BAND, EXPENSE_COLOR, INCOME_COLOR, shade
from nubank_assets.export.figures import CARDS, FIGURE_COUNT
from nubank_assets.export.labels import label
from nubank_assets.export.sheet import Worksheet
from nubank_assets.export.sheets.identity import fixed_id
from nubank_assets.export.sheets.requests import Request, grid, resize, whole_columns

#: Counted up when the charts change; then the platform's own are drawn again, where and as it draws them.
PANEL_VERSION: Final = 1

_GOOD, _BAD, _GREY, _WHITE = "#1b7f3b", "#b00020", "#595959", "#ffffff"
#: Columns of the panel: what, the amount, the same of the month before.
_NAME, _AMOUNT, _BEFORE = 0, 2, 3
#: The charts begin right of the figures; a card is two columns of Google's own width (100 pixels), less a gap.
_RIGHT: Final = len(PANEL.columns)
_GAP, _CARD_WIDTH = 10, 190
_RIGHT_WIDTH: Final = CARDS * (_CARD_WIDTH + _GAP) - _GAP
_FULL_WIDTH: Final = sum(column.width for column in PANEL.columns) * 8 + _GAP + _RIGHT_WIDTH
_CARDS: Final = {"card.balance": True, "card.income": True, "card.expenses": False, "card.card": False}
"""The cards in the order of their rows; whether more of it is good."""


@dataclass(frozen=True)
class _Chart:
    """One chart: what it shows and where it stands, its anchor as row and column from 0."""

    name: str
    spec: dict[str, Any]
    row: int
    column: int
    width: int
    height: int

    @property
    def id(self) -> int:
        """The id of the chart, always the same."""
        return fixed_id(f"chart.{self.name}")

    def position(self, panel: int) -> dict[str, Any]:
        """Where the chart is."""
        anchor = {"sheetId": panel, "rowIndex": self.row, "columnIndex": self.column}
        offset = {"offsetXPixels": _GAP if self.column else 0, "offsetYPixels": _GAP // 2}
        return {
            "overlayPosition": {"anchorCell": anchor, **offset, "widthPixels": self.width, "heightPixels": self.height}
        }


def panel_requests(sheet_ids: Mapping[str, int], existing_chart_ids: Collection[int], locale: str) -> list[Request]:
    """The requests that draw the panel: charts that are missing are added, those that exist drawn and placed anew.

    `sheet_ids` are the ids of the worksheets by their declared titles, as ``sheet.panel``; all must be there.
    """
    panel = sheet_ids[PANEL.title]
    requests = [resize(panel, hideGridlines=True), _band(panel)]
    for chart in _charts(sheet_ids, locale):
        requests += _redraw(chart, panel) if chart.id in existing_chart_ids else [_add(chart, panel)]
    return requests


def _add(chart: _Chart, panel: int) -> Request:
    border = {"colorStyle": _color("#d9d0e3")}
    made = {"chartId": chart.id, "spec": chart.spec, "position": chart.position(panel), "border": border}
    return {"addChart": {"chart": made}}


def _redraw(chart: _Chart, panel: int) -> list[Request]:
    moved = {"objectId": chart.id, "newPosition": chart.position(panel), "fields": "*"}
    return [
        {"updateChartSpec": {"chartId": chart.id, "spec": chart.spec}},
        {"updateEmbeddedObjectPosition": moved},
    ]


def _band(panel: int) -> Request:
    """The first row from one purple to the other, as far as the charts reach."""
    last = PANEL.least_size[1] - 1
    colors = [_color(shade(*BAND, column / last)) for column in range(last + 1)]
    cells = [{"userEnteredFormat": {"backgroundColorStyle": color}} for color in colors]
    fields = "userEnteredFormat.backgroundColorStyle"
    area = grid(panel, (0, 1), (0, last + 1))
    return {"updateCells": {"range": area, "rows": [{"values": cells}], "fields": fields}}


def _charts(sheet_ids: Mapping[str, int], locale: str) -> list[_Chart]:
    """The four cards above the bars, right of the figures; below, as wide as both, the days and then the months."""
    panel = sheet_ids[PANEL.title]
    cards = [
        _Chart(name, _card(panel, name, 1 + index, locale), 1, _RIGHT + 2 * index, _CARD_WIDTH, 115)
        for index, name in enumerate(_CARDS)
    ]
    days, months = _days(sheet_ids[CARD_USE.title], locale), _months(sheet_ids[BY_MONTH.title], locale)
    return [
        *cards,
        _Chart("categories", _categories(panel, locale), 7, _RIGHT, _RIGHT_WIDTH, 266),
        _Chart("card_use", days, 20, 0, _FULL_WIDTH, 262),
        _Chart("months", months, 33, 0, _FULL_WIDTH, 300),
    ]


def _card(panel: int, name: str, row: int, locale: str) -> dict[str, Any]:
    more, less = (_GOOD, _BAD) if _CARDS[name] else (_BAD, _GOOD)
    spec = {
        "keyValueData": _data(grid(panel, (row, row + 1), (_AMOUNT, _AMOUNT + 1))),
        "keyValueFormat": {"textFormat": {"bold": True, "fontSize": 18, "foregroundColorStyle": _color(BAND[0])}},
        "baselineValueData": _data(grid(panel, (row, row + 1), (_BEFORE, _BEFORE + 1))),
        "baselineValueFormat": {
            "comparisonType": "PERCENTAGE_DIFFERENCE",
            "description": label("column.before", locale).lower(),
            "positiveColorStyle": _color(more),
            "negativeColorStyle": _color(less),
        },
        "numberFormatSource": "FROM_DATA",
    }
    return _spec(label(name, locale), scorecardChart=spec)


def _categories(panel: int, locale: str) -> dict[str, Any]:
    rows = (1 + CARDS, 1 + FIGURE_COUNT)
    names, amounts = (grid(panel, rows, (column, column + 1)) for column in (_NAME, _AMOUNT))
    series = _series(amounts, "BOTTOM_AXIS", EXPENSE_COLOR)
    series["dataLabel"] = {"type": "DATA", "placement": "OUTSIDE_END"}
    chart = _basic("BAR", names, [series], headerCount=0, legendPosition="NO_LEGEND")
    return _spec(label("chart.categories", locale), label("chart.month_over", locale), basicChart=chart)


def _days(sheet_id: int, locale: str) -> dict[str, Any]:
    day, amount = _columns_of(sheet_id, CARD_USE)
    series = _series(amount, "LEFT_AXIS", EXPENSE_COLOR) | {"lineStyle": {"width": 2, "type": "SOLID"}}
    chart = _basic("LINE", day, [series], headerCount=1, legendPosition="NO_LEGEND")
    return _spec(label("chart.card_use", locale), basicChart=chart)


def _months(sheet_id: int, locale: str) -> dict[str, Any]:
    month, income, expenses = _columns_of(sheet_id, BY_MONTH)
    series = [_series(income, "LEFT_AXIS", INCOME_COLOR), _series(expenses, "LEFT_AXIS", EXPENSE_COLOR)]
    chart = _basic("COLUMN", month, series, headerCount=1, legendPosition="TOP_LEGEND", stackedType="NOT_STACKED")
    return _spec(label("chart.months", locale), basicChart=chart)


def _columns_of(sheet_id: int, sheet: Worksheet) -> list[dict[str, int]]:
    """Every column of a worksheet, header and all, to the last row there will ever be."""
    return [whole_columns(sheet_id, (column, column + 1)) for column in range(len(sheet.columns))]


def _spec(title: str, subtitle: str = "", **chart: Any) -> dict[str, Any]:
    """A chart with its title; rows that a person hides or filters stay in it."""
    looks = {"bold": True, "fontSize": 12, "foregroundColorStyle": _color(EXPENSE_COLOR)}
    below = {"subtitle": subtitle, "subtitleTextFormat": {"foregroundColorStyle": _color(_GREY)}} if subtitle else {}
    return {
        "title": title,
        "titleTextFormat": looks,
        **below,
        "altText": f"{title} {subtitle}".strip(),
        "backgroundColorStyle": _color(_WHITE),
        "hiddenDimensionStrategy": "SHOW_ALL",
        **chart,
    }


def _basic(kind: str, domain: dict[str, int], series: list[dict[str, Any]], **options: Any) -> dict[str, Any]:
    axes = [{"position": "BOTTOM_AXIS"}, {"position": "LEFT_AXIS"}]
    return {"chartType": kind, "axis": axes, "domains": [{"domain": _data(domain)}], "series": series, **options}


def _series(source: dict[str, int], axis: str, color: str) -> dict[str, Any]:
    return {"series": _data(source), "targetAxis": axis, "colorStyle": _color(color)}


def _data(source: dict[str, int]) -> dict[str, Any]:
    return {"sourceRange": {"sources": [source]}}


def _color(color: str) -> dict[str, Any]:
    red, green, blue = bytes.fromhex(color.removeprefix("#"))
    return {"rgbColor": {"red": red / 255, "green": green / 255, "blue": blue / 255}}
