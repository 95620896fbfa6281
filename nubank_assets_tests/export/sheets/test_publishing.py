"""What is published: every cell, once, typed; again without a write; shorter without a row left over."""

from datetime import date
from pathlib import Path
from typing import Any

from nubank_assets.export.person_sheets import PERSON_SHEETS
from nubank_assets.export.sheets.identity import fixed_id
from nubank_assets.export.worksheets import WORKSHEETS
from nubank_assets_tests.export.household import TABLES, household
from nubank_assets_tests.export.sheets.home import Home, assert_shows, columns_of, shown
from nubank_assets_tests.fakes.lake import make_lake

NAMES = [sheet.title for sheet in (*WORKSHEETS, *PERSON_SHEETS)]


def test_every_worksheet_shows_its_rows_in_one_write(tmp_path: Path, home: Home) -> None:
    lake = household(tmp_path)
    done = home.publish(lake)
    assert_shows(home.book, lake)
    assert (home.google.reads, home.google.writes) == (1, 1) == (done.reads, done.writes)
    assert done.address == f"https://docs.google.com/spreadsheets/d/{home.key}/edit"
    # The panel is what a person sees first; the spreadsheet's own first worksheet stays.
    assert [sheet.id for sheet in home.book.sheets] == [fixed_id(NAMES[0]), 0, *(fixed_id(name) for name in NAMES[1:])]
    assert done.rows == sum(len(shown(home.sheet(one.title), 1)) - 1 for one in WORKSHEETS)
    assert set(done.written) == set(home.book.titles) - {"Página1"}


def test_the_same_data_again_makes_no_write(tmp_path: Path, home: Home) -> None:
    lake = household(tmp_path)
    home.publish(lake)
    before, reads = home.book, home.google.reads
    done = home.publish(lake)
    assert home.google.writes == 1
    assert home.google.reads - reads <= 2
    assert home.book is before
    assert (done.written, done.writes) == ((), 0)
    assert done.ids == {name: fixed_id(name) for name in NAMES}


def test_only_what_changed_is_sent(tmp_path: Path, home: Home) -> None:
    home.publish(household(tmp_path / "a"))
    rows = [*TABLES["income"], {"date": date(2026, 9, 9), "title": "Pix", "amount_brl": "1.00"}]
    lake = make_lake(tmp_path / "b", **{**TABLES, "income": rows})
    assert home.publish(lake).written == ("Receitas",)
    assert_shows(home.book, lake)
    assert home.google.requests[-1].size < 5000


def test_a_month_less_leaves_no_row_behind(tmp_path: Path, home: Home) -> None:
    home.publish(household(tmp_path / "a"))
    fewer = {name: [row for row in rows if row.get("month", "2026-09") != "2026-09"] for name, rows in TABLES.items()}
    lake = make_lake(tmp_path / "b", **fewer)
    home.publish(lake)
    assert_shows(home.book, lake)


def test_an_empty_lake_shows_headers(tmp_path: Path, home: Home) -> None:
    lake = make_lake(tmp_path)
    home.publish(lake)
    assert_shows(home.book, lake)


def test_in_english_the_words_are_english_and_the_originals_stay(tmp_path: Path, home: Home) -> None:
    lake = household(tmp_path)
    home.publish(lake, "en")
    assert_shows(home.book, lake, "en")
    assert {"Summary", "Transacao"} <= set(home.book.titles)
    assert home.book.locale == "en_US"


def test_language_and_time_zone_are_set_where_they_differ(tmp_path: Path, home: Home) -> None:
    home.key = home.google.new_spreadsheet(locale="en_US")
    home.publish(household(tmp_path))
    assert (home.book.locale, home.book.time_zone) == ("pt_BR", "America/Sao_Paulo")


def test_cells_have_the_formats_of_their_columns_and_the_header_stays_in_sight(tmp_path: Path, home: Home) -> None:
    home.publish(household(tmp_path))
    sheet = home.book.sheet("Transacao")

    def pattern(column: int) -> Any:
        return sheet.format(1, column)["numberFormat"]

    assert pattern(0) == {"type": "DATE", "pattern": "dd/mm/yyyy"}
    assert pattern(3) == {"type": "TEXT", "pattern": "@"}
    assert pattern(4) == {"type": "CURRENCY", "pattern": "[$R$ ]#,##0.00"}
    assert pattern(5) == {"type": "NUMBER", "pattern": "0"}
    assert home.book.sheet("Resumo").format(1, 0)["numberFormat"]["pattern"] == "mmm/yyyy"
    assert sheet.format(0, 0)["textFormat"]["bold"]
    assert sheet.frozen_rows == 1
    assert sheet.basic_filter is not None
    assert (sheet.basic_filter["range"]["endRowIndex"], sheet.basic_filter["range"]["endColumnIndex"]) == (4, 13)
    assert [one["warningOnly"] for one in sheet.protected] == [True]
    assert sheet.dimensions["COLUMNS", 0]["pixelSize"] == 96


def test_new_worksheets_are_hardly_larger_than_their_data(tmp_path: Path, home: Home) -> None:
    home.publish(household(tmp_path))
    for declared in WORKSHEETS:
        sheet = home.sheet(declared.title)
        rows, columns = declared.least_size
        assert sheet.column_count <= max(columns_of(declared.title) + 2, columns)
        assert sheet.row_count <= max(len(shown(sheet, 1)) + 20, rows, 22)


def test_titles_that_look_like_formulas_stay_texts(tmp_path: Path, home: Home) -> None:
    titles = [
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "'x",
        "1/2",
        "01/02/2026",
        "TRUE",
        '=HYPERLINK("http://x";"y")',
        "x" * 60_000,
    ]
    lake = make_lake(tmp_path, income=[{"title": title, "amount_brl": "1.00"} for title in titles])
    home.publish(lake)
    cells = [home.book.sheet("Receitas").cell(row, 1).value for row in range(1, len(titles) + 1)]
    assert [cell for cell in cells if cell] == [{"stringValue": text} for text in [*titles[:-1], "x" * 49_999 + "…"]]


def test_more_rows_than_a_worksheet_takes_are_left_out_and_it_is_said(
    tmp_path: Path, home: Home, monkeypatch: Any
) -> None:
    monkeypatch.setattr("nubank_assets.export.sheets.content.MAX_ROWS", 11)
    lake = make_lake(tmp_path, income=[{"date": date(2026, 9, day)} for day in range(1, 21)])
    done = home.publish(lake)
    assert len(shown(home.book.sheet("Receitas"), 3)) == 11
    assert done.warnings == ("Receitas: 10 linhas não cabem na aba; estão aqui as primeiras 10.",)
