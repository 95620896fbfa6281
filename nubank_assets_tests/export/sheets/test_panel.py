"""The charts of the panel: valid to Google's description, seven, side by side, over the cells that they speak of."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any

import pytest

from nubank_assets.export.chart_sheets import BY_MONTH, CARD_USE, PANEL
from nubank_assets.export.figures import CARDS, FIGURE_COUNT
from nubank_assets.export.labels import label
from nubank_assets.export.rows import headings_of, read_rows
from nubank_assets.export.sheets.panel import panel_requests
from nubank_assets.lake.publish import Lake
from nubank_assets_tests.export.household import TABLES, household
from nubank_assets_tests.export.sheets.home import Home
from nubank_assets_tests.fakes.lake import make_lake
from nubank_assets_tests.fakes.sheets.discovery import complaints_about

IDS = {"sheet.panel": 11, "sheet.card_use": 12, "sheet.by_month": 13}
#: As Google has them unless they are changed, and as the layout sets those of the platform's columns.
ROW_PIXELS, COLUMN_PIXELS, CHARACTER_PIXELS = 21, 100, 8
KINDS = ["SCORECARD"] * 4 + ["BAR", "LINE", "COLUMN"]
EXPENSE, INCOME = "#6a1b9a", "#cc93d8"


def charts(locale: str = "pt-BR") -> list[dict[str, Any]]:
    return [one["addChart"]["chart"] for one in panel_requests(IDS, (), locale) if "addChart" in one]


def sources(value: Any) -> Iterator[dict[str, int]]:
    """Every range that a chart is drawn from."""
    if isinstance(value, dict):
        yield from value.get("sourceRange", {}).get("sources", [])
        for inner in value.values():
            yield from sources(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from sources(inner)


def color_of(series: dict[str, Any]) -> str:
    rgb = series["colorStyle"]["rgbColor"]
    return "#" + bytes(round(rgb[part] * 255) for part in ("red", "green", "blue")).hex()


def rectangle(chart: dict[str, Any]) -> tuple[int, int, int, int]:
    """Left, top, right and bottom of a chart in pixels."""
    place = chart["position"]["overlayPosition"]
    widths = [column.width * CHARACTER_PIXELS for column in PANEL.columns]
    column, row = place["anchorCell"]["columnIndex"], place["anchorCell"]["rowIndex"]
    left = sum(widths[:column]) + max(column - len(widths), 0) * COLUMN_PIXELS + place["offsetXPixels"]
    top = row * ROW_PIXELS + place["offsetYPixels"]
    return left, top, left + place["widthPixels"], top + place["heightPixels"]


@pytest.mark.parametrize("locale", ["pt-BR", "en"])
def test_every_request_is_what_googles_description_allows(locale: str) -> None:
    drawn = [chart["chartId"] for chart in charts()]
    for existing in ((), drawn[:3], drawn):
        for request in panel_requests(IDS, existing, locale):
            assert complaints_about(request, "Request") == []


def test_they_are_the_originals_seven_in_its_colours() -> None:
    kinds = [chart["spec"].get("basicChart", {}).get("chartType", "SCORECARD") for chart in charts()]
    assert kinds == KINDS
    assert [chart["spec"]["title"] for chart in charts()] == [
        "Saldo",
        "Receitas",
        "Despesas",
        "Cartão de crédito",
        "Despesas por categoria",
        "Uso do cartão de crédito ao longo do tempo",
        "Receita x Despesas",
    ]
    colors = [[color_of(one) for one in chart["spec"]["basicChart"]["series"]] for chart in charts()[CARDS:]]
    assert colors == [[EXPENSE], [EXPENSE], [INCOME, EXPENSE]]
    assert len({chart["chartId"] for chart in charts()} | {chart["chartId"] for chart in charts("en")}) == len(KINDS)


def test_no_chart_lies_over_another_or_over_the_figures_and_all_are_within_the_worksheet() -> None:
    figures = (0, 0, sum(column.width for column in PANEL.columns) * CHARACTER_PIXELS, (1 + FIGURE_COUNT) * ROW_PIXELS)
    places = [figures, *(rectangle(chart) for chart in charts())]
    for one, other in combinations(places, 2):
        assert one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1], (one, other)
    rows, columns = PANEL.least_size
    width = figures[2] + (columns - len(PANEL.columns)) * COLUMN_PIXELS
    assert all(right <= width and bottom <= rows * ROW_PIXELS for _, _, right, bottom in places)
    cards = places[1 : 1 + CARDS]
    assert len({(top, bottom) for _, top, _, bottom in cards}) == 1
    assert all(one[2] < other[0] for one, other in pairwise(cards))
    (_, _, days, months) = (place[2] - place[0] for place in (*places[4:5], *places[5:]))
    assert days == months == max(right for _, _, right, _ in places)


def test_bars_and_lines_name_the_axes_that_their_kind_has() -> None:
    for chart in charts()[CARDS:]:
        spec = chart["spec"]["basicChart"]
        is_bar = spec["chartType"] == "BAR"
        assert [axis["position"] for axis in spec["axis"]] == ["BOTTOM_AXIS", "LEFT_AXIS"]
        assert {one["targetAxis"] for one in spec["series"]} == {"BOTTOM_AXIS" if is_bar else "LEFT_AXIS"}
        assert len(spec["domains"]) == 1
        ranges = list(sources(spec))
        assert len({(one.get("startRowIndex"), one.get("endRowIndex")) for one in ranges}) == 1
        # Where the header is part of the range it is the only one, so that it names the series.
        assert spec["headerCount"] == (0 if is_bar else 1)


def test_more_is_good_of_money_that_comes_in_and_bad_of_money_that_goes_out() -> None:
    greens = []
    for chart in charts()[:CARDS]:
        rgb = chart["spec"]["scorecardChart"]["baselineValueFormat"]["positiveColorStyle"]["rgbColor"]
        greens.append(rgb["green"] > rgb["red"])
    assert greens == [True, True, False, False]


def draw(home: Home) -> None:
    """Once more: publishing drew them."""
    ids = {name: home.sheet(name).id for name in IDS}
    existing = [chart["chartId"] for chart in drawn_charts(home)]
    home.open().update(panel_requests(ids, existing, "pt-BR"), repeatable=False)


def at(home: Home, name: str, source: dict[str, int]) -> list[Any]:
    """The cells of a range of one column."""
    sheet = home.sheet(name)
    assert source["sheetId"] == sheet.id
    assert source["endColumnIndex"] - source["startColumnIndex"] == 1
    rows = sheet.rows()[source.get("startRowIndex", 0) : source.get("endRowIndex")]
    return [[*row, *[None] * source["endColumnIndex"]][source["startColumnIndex"]] for row in rows]


def number(amount: Any) -> float | None:
    return None if amount is None else float(amount)


def drawn_charts(home: Home) -> list[dict[str, Any]]:
    return home.sheet("sheet.panel").charts


def _lake(folder: Path, days: int) -> Lake:
    """A household that used its card on so many days, the last of them in the newest month that is over."""
    used = [date(2026, 9, 30) - timedelta(days=number) for number in range(days)]
    lines = [{"date": day, "amount_brl": f"-{number + 1}.50"} for number, day in enumerate(used)]
    months = [
        {"month": month, "basis": "date", "income_brl": "70.00", "expenses_brl": "-8.01", "card_expenses_brl": "-8.01"}
        for month in sorted({f"{day:%Y-%m}" for day in used})
    ]
    balances = [{"account": "account", "date": date(2026, 9, 30), "balance_brl": "12.34"}]
    return make_lake(folder, expenses=lines, monthly_summary=months, daily_balances=balances)


def test_the_charts_speak_of_the_figures_and_of_every_day_that_is_added(tmp_path: Path, home: Home) -> None:
    for name, days in (("few", 3), ("many", 300)):
        lake = _lake(tmp_path / name, days)
        home.publish(lake)
        figures = list(read_rows(lake, PANEL, "pt-BR").rows)
        *cards, bars, line, columns = (chart["spec"] for chart in drawn_charts(home))
        for card, (name_of_card, _, amount, before, *_) in zip(cards, figures, strict=False):
            assert card["title"] == name_of_card
            cells = [at(home, "sheet.panel", source) for source in sources(card["scorecardChart"])]
            assert cells == [[number(amount)], [number(before)]]
        names, amounts = (at(home, "sheet.panel", source) for source in sources(bars["basicChart"]))
        assert names == [row[0] for row in figures[CARDS:]]
        assert amounts == [number(row[2]) for row in figures[CARDS:]]
        for spec, sheet in ((line, CARD_USE), (columns, BY_MONTH)):
            rows = list(read_rows(lake, sheet, "pt-BR").rows)
            for column, source in enumerate(sources(spec["basicChart"])):
                header, *cells = at(home, sheet.title, source)
                assert header == label(sheet.columns[column].label, "pt-BR")
                assert len([cell for cell in cells if cell is not None]) == len(rows)
        assert len(at(home, "sheet.card_use", next(sources(line)))) > days


def test_drawn_again_the_platforms_own_charts_are_where_they_were_and_a_persons_stay(
    tmp_path: Path, home: Home
) -> None:
    home.publish(household(tmp_path))
    first = list(drawn_charts(home))
    moved, others = first[0], first[1:]
    place = {"anchorCell": {"sheetId": home.sheet("sheet.panel").id, "rowIndex": 40, "columnIndex": 1}}
    position = {"overlayPosition": {**place, "offsetXPixels": 3, "offsetYPixels": 3}}
    home.do(updateEmbeddedObjectPosition={"objectId": moved["chartId"], "newPosition": position, "fields": "*"})
    own = {**others[0], "chartId": 5}
    home.do(addChart={"chart": own})
    draw(home)
    by_id = {chart["chartId"]: chart for chart in drawn_charts(home)}
    assert by_id == {chart["chartId"]: chart for chart in first} | {5: own}


def test_the_band_reaches_over_all_charts_from_one_purple_to_the_other(tmp_path: Path, home: Home) -> None:
    lake = make_lake(tmp_path, income=TABLES["income"])
    assert len(headings_of(lake, PANEL, "pt-BR")) == 2
    home.publish(lake)
    sheet = home.sheet("sheet.panel")
    styles = [sheet.cell(0, column).format for column in range(PANEL.least_size[1])]
    colors = [color_of({"colorStyle": style["backgroundColorStyle"]}) for style in styles]
    assert (colors[0], colors[-1]) == ("#830bcf", "#61167d")
    assert colors == sorted(colors, reverse=True)
    assert styles[0]["textFormat"]["bold"] is True
    assert sheet.grid["hideGridlines"] is True
