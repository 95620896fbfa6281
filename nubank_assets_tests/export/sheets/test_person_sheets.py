"""The worksheets that a person fills: made once, theirs from then on, with an answer beside each row."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from nubank_assets.export.person_sheets import CORRECTIONS, PERSON_SHEETS
from nubank_assets.export.sheet import Row
from nubank_assets.export.sheets import publishing
from nubank_assets.export.sheets.identity import fixed_id
from nubank_assets.lake.publish import Lake
from nubank_assets.messages import message
from nubank_assets.sources.sheets.worksheets import read_worksheets
from nubank_assets_tests.export.household import household
from nubank_assets_tests.export.sheets.home import Home, assert_shows

HEADER = [
    "Id da transação",
    "Conta",
    "Fatura ou mês",
    "Título",
    "Valor",
    "Nova categoria",
    "Observação",
    "Vale para",
    "O que foi feito",
]


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    return household(tmp_path)


@pytest.fixture(autouse=True)
def answers(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """What a row is answered, by its first cell; what is said of it is tested where it is said."""
    said: dict[str, str] = {}

    def answer(lake: Lake, rows: Sequence[Sequence[Any]], locale: str, first: int) -> list[Row]:
        return [(said.get(str(row[0]), f"visto: {row[0]}") if row and row[0] else "",) for row in rows]

    corrections = replace(CORRECTIONS, answer=answer, known=lambda lake: [])
    monkeypatch.setattr(publishing, "PERSON_SHEETS", (corrections, *PERSON_SHEETS[1:]))
    return said


def _type(home: Home, *rows: tuple[int, str]) -> None:
    for row, text in rows:
        home.google.person(home.key).type("Correções", f"A{row}", text)


def _column(home: Home, column: int) -> dict[int, Any]:
    """The cells of a column of the corrections below the header, by their rows."""
    rows = home.sheet("sheet.corrections").rows()
    return {
        number: row[column] for number, row in enumerate(rows, 1) if number > 1 and len(row) > column and row[column]
    }


def test_they_are_made_with_header_choices_and_a_place_for_answers(home: Home, lake: Lake) -> None:
    done = home.publish(lake)
    sheet = home.book.sheet("Correções")
    assert (sheet.id, sheet.rows(), sheet.frozen_rows) == (fixed_id("sheet.corrections"), [HEADER], 1)
    assert done.ids["sheet.corrections"] == sheet.id
    rule = sheet.cell(400, 5).validation
    assert rule is not None
    assert rule["strict"] is False
    assert {"userEnteredValue": "saúde"} in rule["condition"]["values"]
    assert [(one["warningOnly"], one["range"]["startColumnIndex"]) for one in sheet.protected] == [(True, 8)]
    assert home.book.sheet("Saldos e limites").rows()[0][0] == "Data"
    reads = home.google.reads
    assert home.publish(lake).writes == 0
    assert home.google.reads - reads == 2
    assert set(read_worksheets(home.open())) == {"sheet.corrections", "sheet.stated"}


def test_each_row_is_answered_and_nothing_of_the_persons_is_touched(
    home: Home, lake: Lake, answers: dict[str, str]
) -> None:
    home.publish(lake)
    _type(home, (2, "um"), (4, "tres"), (5, "=1+1"))
    home.google.person(home.key).paint("Correções", "A2:A4", {"textFormat": {"italic": True}})
    before = {place: cell for place, cell in home.book.sheet("Correções").cells.items() if place[1] < 8}
    assert home.publish(lake).written == ("Correções",)
    assert _column(home, 8) == {2: "visto: um", 4: "visto: tres", 5: f"visto: {_seen_formula(home)}"}
    assert {place: cell for place, cell in home.book.sheet("Correções").cells.items() if place[1] < 8} == before
    assert home.publish(lake).writes == 0
    answers["um"] = "feito"
    home.publish(lake)
    assert _column(home, 8)[2] == "feito"


def _seen_formula(home: Home) -> Any:
    """What the fake gives of a formula, which it does not reckon."""
    ((value,),) = home.open().values(["'Correções'!A5"])[0]
    return value


def test_answers_of_rows_that_are_gone_go_too(home: Home, lake: Lake) -> None:
    home.publish(lake)
    _type(home, (2, "um"), (3, "dois"))
    home.publish(lake)
    _type(home, (3, ""))
    home.publish(lake)
    assert _column(home, 8) == {2: "visto: um"}


def test_answers_follow_columns_rows_and_titles_that_a_person_changes(home: Home, lake: Lake) -> None:
    home.publish(lake)
    _type(home, (2, "um"))
    home.insert_columns("sheet.corrections", 8)
    home.google.person(home.key).type("Correções", "I1", "meu")
    home.google.person(home.key).type("Correções", "I2", "isto é meu")
    home.google.person(home.key).insert_row("Correções", 1)
    home.google.person(home.key).type("Correções", "A1", "acima do cabeçalho")
    home.google.person(home.key).rename("Correções", "Consertos")
    home.publish(lake)
    assert _column(home, 9) == {2: "O que foi feito", 3: "visto: um"}
    assert _column(home, 8) == {2: "meu", 3: "isto é meu"}
    assert home.publish(lake).writes == 0


def test_the_column_of_answers_comes_back_and_pushes_what_is_in_its_place(home: Home, lake: Lake) -> None:
    home.publish(lake)
    _type(home, (2, "um"))
    home.publish(lake)
    person = home.google.person(home.key)
    place = {"sheetId": home.sheet("sheet.corrections").id, "dimension": "COLUMNS", "startIndex": 8, "endIndex": 9}
    home.do(deleteProtectedRange={"protectedRangeId": home.sheet("sheet.corrections").protected[0]["protectedRangeId"]})
    home.do(deleteDimension={"range": place})
    home.publish(lake)
    assert _column(home, 8) == {2: "visto: um"}
    home.do(deleteProtectedRange={"protectedRangeId": home.sheet("sheet.corrections").protected[0]["protectedRangeId"]})
    person.type("Correções", "I1", "a minha")
    person.type("Correções", "I2", "fica")
    home.publish(lake)
    assert (_column(home, 8), _column(home, 9)) == ({2: "visto: um"}, {2: "fica"})
    assert home.sheet("sheet.corrections").rows()[0] == [*HEADER, "a minha"]


def test_one_that_was_deleted_comes_back_with_the_rows_that_were_read(
    home: Home, lake: Lake, monkeypatch: pytest.MonkeyPatch
) -> None:
    home.publish(lake)
    home.google.person(home.key).delete("Correções")
    known = replace(
        CORRECTIONS,
        answer=lambda lake, rows, locale, first: [(f"visto: {row[0]}",) for row in rows],
        known=lambda lake: [("um", None), ("=1+1", "card")],
    )
    monkeypatch.setattr(publishing, "PERSON_SHEETS", (known, *PERSON_SHEETS[1:]))
    home.publish(lake)
    sheet = home.book.sheet("Correções")
    assert sheet.id == fixed_id("sheet.corrections")
    assert [row[:2] for row in sheet.rows()] == [HEADER[:2], ["um", None], ["=1+1", "card"]]
    assert sheet.cell(2, 0).value == {"stringValue": "=1+1"}
    assert _column(home, 8) == {2: "visto: um", 3: "visto: =1+1"}
    assert home.publish(lake).writes == 0


def test_an_empty_worksheet_of_the_title_is_used_and_one_with_something_else_is_not(home: Home, lake: Lake) -> None:
    person = home.google.person(home.key)
    mine = person.add("Correções")
    person.add("Saldos e limites")
    person.type("Saldos e limites", "A1", "outra coisa")
    done = home.publish(lake)
    assert done.ids["sheet.corrections"] == mine
    assert home.book.sheet("Correções").rows() == [HEADER]
    assert home.book.sheet("Saldos e limites").rows() == [["outra coisa"]]
    assert home.sheet("sheet.stated").title == "Saldos e limites (Nubank)"
    other = message("sheets_title_taken", title="Saldos e limites", other="Saldos e limites (Nubank)")
    assert done.warnings == (other,)
    assert home.publish(lake).writes == 0


def test_one_that_a_person_made_by_hand_with_our_header_is_used(home: Home, lake: Lake) -> None:
    person = home.google.person(home.key)
    mine = person.add("Correções")
    for column, text in enumerate([*HEADER[:7], "minha nota"]):  # as they were before `Vale para`
        person.type("Correções", f"{'ABCDEFGH'[column]}1", text)
    person.type("Correções", "A2", "um")
    assert home.publish(lake).ids["sheet.corrections"] == mine
    assert home.book.sheet("Correções").rows()[0] == [*HEADER, "minha nota"]
    assert home.publish(lake).writes == 0
    assert _column(home, 8) == {2: "visto: um"}
    assert_shows(home.book, lake)


def test_a_warning_that_a_person_put_over_columns_of_theirs_brings_no_answer_there(home: Home, lake: Lake) -> None:
    home.publish(lake)
    _type(home, (2, "um"))
    home.google.person(home.key).type("Correções", "F2", "lazer")
    sheet, where = home.sheet("sheet.corrections"), {"protectedRangeId": fixed_id("sheet.corrections")}
    for area in ({}, {"startColumnIndex": 0, "endColumnIndex": 9}, {"startColumnIndex": 0, "endColumnIndex": 1}):
        widened = {**where, "range": {"sheetId": sheet.id, **area}}
        home.do(updateProtectedRange={"protectedRange": widened, "fields": "range"})
        home.publish(lake)
        assert home.sheet("sheet.corrections").rows()[1] == [
            "um",
            None,
            None,
            None,
            None,
            "lazer",
            None,
            None,
            "visto: um",
        ]
        assert home.publish(lake).writes == 0


def test_a_spreadsheet_from_before_gets_the_later_column_beside_what_a_person_wrote(home: Home, lake: Lake) -> None:
    home.publish(lake)
    _type(home, (2, "um"))
    home.publish(lake)
    place = {"sheetId": home.sheet("sheet.corrections").id, "dimension": "COLUMNS", "startIndex": 7, "endIndex": 8}
    home.do(deleteDimension={"range": place})
    assert home.sheet("sheet.corrections").rows() == [[*HEADER[:7], HEADER[8]], ["um", *[None] * 6, "visto: um"]]
    (found,) = [sheet for title, sheet in read_worksheets(home.open()).items() if title == "sheet.corrections"]
    assert [[cell or None for cell in row] for row in found.rows] == [["um", *[None] * 7]]
    home.publish(lake)
    assert home.sheet("sheet.corrections").rows() == [HEADER, ["um", *[None] * 7, "visto: um"]]
    rule = home.sheet("sheet.corrections").cell(400, 7).validation
    assert rule is not None
    assert {"userEnteredValue": "estabelecimento"} in rule["condition"]["values"]
    assert home.publish(lake).writes == 0
