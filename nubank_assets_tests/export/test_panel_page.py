"""The workbook's first sheet: the figures, a card for each of the first four, and charts beside each other."""

from datetime import date
from itertools import combinations
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from nubank_assets.export.figures import FIGURE_COUNT
from nubank_assets_tests.export.household import TABLES, cells_of, header_row, sheet_of, written
from nubank_assets_tests.fakes.lake import make_lake

BY_DATE = [
    {"month": "2026-08", "basis": "date", "income_brl": "4000.00", "expenses_brl": "-800.00"},
    {"month": "2026-09", "basis": "date", "income_brl": "5000.00", "expenses_brl": "-1500.30"}
    | {"card_expenses_brl": "-1000.30"},
]


@pytest.fixture
def book(tmp_path: Path) -> openpyxl.Workbook:
    """By date there are two months and no more."""
    months = [row for row in TABLES["monthly_summary"] if row.get("basis") != "date"]
    return written(tmp_path, make_lake(tmp_path, **{**TABLES, "monthly_summary": [*months, *BY_DATE]}))


def charts_of(book: openpyxl.Workbook) -> list[Any]:
    found: list[Any] = vars(sheet_of(book, "Painel"))["_charts"]
    return found


def test_the_figures_are_those_of_the_month_that_is_over(book: openpyxl.Workbook) -> None:
    september = date(2026, 9, 1)
    figures = cells_of(sheet_of(book, "Painel"))
    assert len(figures) == FIGURE_COUNT
    assert figures[:6] == [
        ["Saldo", september, 1234.56, None, None, None],
        ["Receitas", september, 5000, 4000, 1000, 0.25],
        ["Despesas", september, 1500.3, 800, 700.3, 0.875375],
        ["Cartão de crédito", september, 1000.3, 0, 1000.3, None],
        ["vestuário", september, 1000.3, 0, 1000.3, None],
        ["saúde", september, 500, 0, 500, None],
    ]


def test_each_card_says_the_amount_that_of_the_month_before_and_the_change(book: openpyxl.Workbook) -> None:
    sheet = sheet_of(book, "Painel")
    first = header_row(sheet)
    cards = [[sheet.cell(first + row, column).value for row in range(4)] for column in (8, 11, 14, 17)]
    assert cards == [
        ["Saldo", 1234.56, None, None],
        ["Receitas", 5000, 4000, 0.25],
        ["Despesas", 1500.3, 800, 0.875375],
        ["Cartão de crédito", 1000.3, 0, None],
    ]
    colors = [sheet.cell(first + 3, column).font.color.rgb for column in (11, 14)]
    assert colors == ["FF1B7F3B", "FFB00020"]  # more income is good, more spending is not
    assert sheet.cell(first + 2, 11).number_format.startswith('"Mês anterior: "[$R$ ]')


def test_the_charts_are_three_and_lie_over_nothing(book: openpyxl.Workbook) -> None:
    charts = charts_of(book)
    assert [type(chart).__name__ for chart in charts] == ["BarChart", "LineChart", "BarChart"]
    places = [(0, 0, 6, header_row(sheet_of(book, "Painel")) + FIGURE_COUNT)]
    for chart in charts:
        start, end = chart.anchor._from, chart.anchor.to
        places.append((start.col, start.row, end.col + (end.colOff > 0), end.row + (end.rowOff > 0)))
    for one, other in combinations(places, 2):
        assert one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1], (one, other)


def test_the_charts_are_drawn_from_cells_that_hold_what_they_show(book: openpyxl.Workbook) -> None:
    sources = [series.val.numRef.f for chart in charts_of(book) for series in chart.series]
    shown = []
    for source in sources:
        title, _, area = source.rpartition("!")
        shown.append([cell.value for (cell,) in sheet_of(book, title.strip("'"))[area.replace("$", "")]])
    assert shown == [[1000.3, 500], [1100.3, -100], [4000, 5000], [800, 1500.3]]


def test_the_band_is_purple_and_its_words_are_white(book: openpyxl.Workbook) -> None:
    sheet = sheet_of(book, "Painel")
    colors = [sheet.cell(1, column).fill.fgColor.rgb for column in range(1, 20)]
    assert (colors[0], colors[-1]) == ("FF830BCF", "FF61167D")
    assert sheet["A1"].value == "Painel"
    assert sheet["A1"].font.color.rgb == "FFFFFFFF"
    assert "no Resumo" in str(sheet["A2"].value)
