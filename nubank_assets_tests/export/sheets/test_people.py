"""What a person does in the spreadsheet stays: titles, places, columns, worksheets, formats, filters, widths."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from nubank_assets.export.sheets import staging
from nubank_assets.export.sheets.identity import LAYOUT_NOTE, fixed_id
from nubank_assets.lake.publish import Lake
from nubank_assets_tests.export.household import TABLES, household
from nubank_assets_tests.export.sheets.home import Home, assert_shows, notes_of, sheet_of, shown
from nubank_assets_tests.fakes.lake import make_lake


@pytest.fixture
def first(tmp_path: Path) -> Lake:
    return household(tmp_path / "first")


@pytest.fixture
def second(tmp_path: Path) -> Lake:
    """With more rows in every kind of worksheet."""
    more = [{"date": date(2026, 10, 1 + n % 28), "title": f"Outra {n}", "amount_brl": f"-{n}.10"} for n in range(60)]
    tables = {name: [*TABLES[name], *more] for name in ("expenses", "income", "card_transactions")}
    return make_lake(tmp_path / "second", **{**TABLES, **tables})


def test_renamed_and_moved_worksheets_are_found_and_left_so(home: Home, first: Lake, second: Lake) -> None:
    home.publish(first)
    person = home.google.person(home.key)
    person.rename("Despesas", "Meus gastos")
    person.move("Meus gastos", 0)
    titles = home.book.titles
    home.publish(second)
    assert home.book.titles == titles
    assert home.book.sheets[0].id == fixed_id("Despesas")
    assert_shows(home.book, second)


def test_a_deleted_worksheet_comes_back_under_its_id(home: Home, first: Lake) -> None:
    home.publish(first)
    home.google.person(home.key).delete("Resumo")
    done = home.publish(first)
    assert done.written == ("Resumo",)
    assert home.book.sheet("Resumo").id == fixed_id("sheet.summary")
    assert_shows(home.book, first)
    assert home.publish(first).writes == 0


def test_of_a_worksheet_and_its_copy_the_first_is_ours(home: Home, first: Lake, second: Lake) -> None:
    home.publish(first)
    ours = home.book.sheet("Despesas")
    copy = home.do(addSheet={"properties": {"title": "Cópia de Despesas", "index": 0}})["addSheet"]["properties"]
    for note in ours.metadata:
        made = {name: note[name] for name in ("metadataKey", "metadataValue", "visibility")}
        made["location"] = {"sheetId": copy["sheetId"]}
        home.do(createDeveloperMetadata={"developerMetadata": made})
    done = home.publish(second)
    assert done.ids["Despesas"] == ours.id
    assert home.book.sheet("Cópia de Despesas").rows() == []


def test_columns_to_the_right_and_other_worksheets_stay(home: Home, first: Lake, second: Lake) -> None:
    home.publish(first)
    person = home.google.person(home.key)
    width = len(home.book.sheet("Receitas").rows()[0])
    person.type("Receitas", f"{'ABCDEFGHIJ'[width]}1", "minha coluna")
    person.type("Receitas", f"{'ABCDEFGHIJ'[width]}20", "=SUM(C2:C9)")
    person.add("Notas")
    person.type("Notas", "A1", "dentista")
    person.type("Página1", "B2", "42")
    home.publish(second)
    assert_shows(home.book, second)
    sheet = home.book.sheet("Receitas")
    assert (sheet.rows()[0][width], sheet.rows()[19][width]) == ("minha coluna", "=SUM(C2:C9)")
    assert home.book.sheet("Notas").rows() == [["dentista"]]
    assert home.book.sheet("Página1").rows() == [[], [None, 42]]


@pytest.mark.parametrize("place", [0, 1, 2])
def test_columns_that_a_person_put_among_ours_move_to_the_right_and_nothing_is_lost(
    home: Home, first: Lake, second: Lake, place: int
) -> None:
    home.publish(first)
    home.insert_columns("Receitas", place)
    for row, text in ((1, "minha"), (2, "sim"), (12, "longe")):
        home.google.person(home.key).type("Receitas", f"{'ABC'[place]}{row}", text)
    assert home.publish(first).writes == 0
    done = home.publish(second)
    assert done.warnings == (
        "Aba Receitas: as suas colunas que estavam à esquerda ou no meio foram levadas para a direita.",
    )
    assert_shows(home.book, second)
    rows = home.book.sheet("Receitas").rows()
    assert [rows[row][5] for row in (0, 1, 11)] == ["minha", "sim", "longe"]
    assert home.publish(second).writes == 0


def test_a_column_of_ours_that_a_person_deleted_comes_back(home: Home, first: Lake, second: Lake) -> None:
    home.publish(first)
    home.google.person(home.key).type("Receitas", "F1", "minha")
    place = {"sheetId": home.sheet("Receitas").id, "dimension": "COLUMNS", "startIndex": 1, "endIndex": 2}
    home.do(deleteDimension={"range": place})
    home.publish(second)
    assert_shows(home.book, second)
    assert home.book.sheet("Receitas").rows()[0][5] == "minha"


def test_columns_that_are_new_in_ours_push_those_of_the_person(
    home: Home, first: Lake, second: Lake, monkeypatch: pytest.MonkeyPatch
) -> None:
    from nubank_assets.export import worksheets
    from nubank_assets.export.sheets import publishing

    def narrow(sheet: Any) -> Any:
        return type(sheet)(**{**vars(sheet), "columns": sheet.columns[:4]}) if sheet.title == "Receitas" else sheet

    with monkeypatch.context() as older:
        older.setattr(publishing, "WORKSHEETS", tuple(narrow(sheet) for sheet in worksheets.WORKSHEETS))
        home.publish(first)
    person = home.google.person(home.key)
    person.type("Receitas", "E1", "minha coluna")
    person.type("Receitas", "E3", "aqui")
    before = notes_of(home.sheet("Receitas"))[LAYOUT_NOTE]
    done = home.publish(first)
    assert done.written == ("Receitas",)
    assert notes_of(home.sheet("Receitas"))[LAYOUT_NOTE] != before
    assert_shows(home.book, first)
    assert [home.book.sheet("Receitas").rows()[row][5] for row in (0, 2)] == ["minha coluna", "aqui"]
    # And back to fewer columns: those that are ours no more are empty, the person's stay where they are.
    with monkeypatch.context() as older:
        older.setattr(publishing, "WORKSHEETS", tuple(narrow(sheet) for sheet in worksheets.WORKSHEETS))
        home.publish(second)
    assert [row[4] for row in home.book.sheet("Receitas").rows() if len(row) > 4 and row[4] is not None] == []
    assert home.book.sheet("Receitas").rows()[0][5] == "minha coluna"


def test_formats_and_widths_of_the_person_stay_and_new_rows_have_them_too(
    home: Home, first: Lake, second: Lake
) -> None:
    home.publish(first)
    person, sheet = home.google.person(home.key), home.book.sheet("Receitas")
    person.paint("Receitas", f"A2:A{sheet.row_count}", {"numberFormat": {"type": "DATE", "pattern": "yyyy-mm-dd"}})
    place = {"sheetId": sheet.id, "dimension": "COLUMNS", "startIndex": 0, "endIndex": 1}
    home.do(updateDimensionProperties={"range": place, "properties": {"pixelSize": 333}, "fields": "pixelSize"})
    home.publish(second)
    grown = home.book.sheet("Receitas")
    assert grown.row_count > sheet.row_count
    patterns = {grown.format(row, 0)["numberFormat"]["pattern"] for row in range(1, grown.row_count)}
    assert patterns == {"yyyy-mm-dd"}
    assert grown.dimensions["COLUMNS", 0]["pixelSize"] == 333


@pytest.mark.parametrize("most", [0, staging.MOST_BYTES_OF_CELLS], ids=["staged", "at once"])
def test_a_filter_keeps_what_the_person_set_and_grows(
    home: Home, first: Lake, second: Lake, most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(staging, "MOST_BYTES_OF_CELLS", most)
    home.publish(first)
    sheet = home.sheet("Receitas")
    assert sheet.basic_filter is not None
    criteria = {"columnIndex": 1, "filterCriteria": {"hiddenValues": ["Pix"]}}
    area = {**sheet.basic_filter["range"], "endColumnIndex": 6}
    home.do(setBasicFilter={"filter": {"range": area, "filterSpecs": [criteria]}})
    home.publish(second)
    renewed = home.sheet("Receitas").basic_filter
    assert renewed is not None
    assert renewed["filterSpecs"] == [criteria]
    assert renewed["range"]["endRowIndex"] == len(shown(home.sheet("Receitas"), 1))
    assert renewed["range"]["endColumnIndex"] == 6


@pytest.mark.parametrize("most", [0, staging.MOST_BYTES_OF_CELLS], ids=["staged", "at once"])
def test_a_filter_that_the_person_took_away_or_put_elsewhere_has_its_way(
    home: Home, first: Lake, second: Lake, most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(staging, "MOST_BYTES_OF_CELLS", most)
    home.publish(first)
    home.do(clearBasicFilter={"sheetId": home.sheet("Receitas").id})
    home.google.person(home.key).filter("Despesas", "L1:L5")
    elsewhere = home.sheet("Despesas").basic_filter
    home.publish(second)
    assert home.sheet("Receitas").basic_filter is None
    assert home.sheet("Despesas").basic_filter == elsewhere


def test_a_cell_of_ours_that_a_person_changed_stays_until_the_data_changes(
    home: Home, first: Lake, second: Lake
) -> None:
    home.publish(first)
    home.google.person(home.key).type("Despesas", "B2", "o meu texto")
    assert home.publish(first).writes == 0
    assert home.book.sheet("Despesas").rows()[1][1] == "o meu texto"
    home.publish(second)
    assert_shows(home.book, second)


def test_the_spreadsheet_of_the_original_project_is_taken_over_with_its_ids(home: Home, first: Lake) -> None:
    originals = {
        "Transacao": ["time", "category", "description", "title", "amount", "qtd_parcelas", "parcela"],
        "Receitas": ["postDate", "title", "amount"],
        "Despesas": ["postDate", "title", "amount"],
        "Limite": ["Data", "Fatura_atual", "Limite_disponivel", "limite"],
        "Saldo": ["Data", "Saldo"],
    }
    person, ids = home.google.person(home.key), {}
    for title, headers in originals.items():
        ids[title] = person.add(title)
        for column, header in enumerate(headers):
            person.type(title, f"{'ABCDEFG'[column]}1", header)
            # More rows than will be there, amounts as text.
            for row in range(2, 40):
                person.type(title, f"{'ABCDEFG'[column]}{row}", "'1.234,56")
    person.type("Saldo", "C1", "conta")
    person.type("Saldo", "C2", "a minha conta")
    chart = person.add_chart("Saldo", "B2:B40")
    done = home.publish(first)
    assert {title: done.ids[title] for title in originals} == ids
    assert_shows(home.book, first)
    assert not done.warnings
    assert [one["chartId"] for one in home.book.sheet("Saldo").charts] == [chart]
    assert home.publish(first).writes == 0


def test_an_empty_worksheet_of_our_title_is_used(home: Home, first: Lake) -> None:
    mine = home.google.person(home.key).add("Resumo")
    assert home.publish(first).ids["sheet.summary"] == mine
    assert_shows(home.book, first)


def test_a_worksheet_that_holds_only_charts_of_the_person_is_theirs(home: Home, first: Lake) -> None:
    person = home.google.person(home.key)
    mine = person.add("Painel")
    person.add_chart("Painel", "A1:A5")
    assert home.publish(first).ids["sheet.panel"] == fixed_id("sheet.panel") != mine
    assert home.book.sheet("Painel").rows() == []
    assert_shows(home.book, first)


@pytest.mark.parametrize(("cell", "text"), [("A1", "meu resumo"), ("C7", "x")])
def test_a_persons_own_worksheet_of_our_title_is_left_alone(
    home: Home, first: Lake, second: Lake, cell: str, text: str
) -> None:
    person = home.google.person(home.key)
    person.add("RESUMO")
    person.type("RESUMO", cell, text)
    before = home.book.sheet("RESUMO")
    done = home.publish(first)
    assert done.warnings == (
        "A aba Resumo da planilha é sua e foi deixada como está; a do nubank_assets se chama Resumo (Nubank).",
    )
    assert home.book.sheet("RESUMO") == before
    assert sheet_of(home.book, "sheet.summary").title == "Resumo (Nubank)"
    assert home.publish(second).warnings == ()
    assert_shows(home.book, second)


def test_a_worksheet_that_lost_its_notes_is_known_by_its_id(home: Home, first: Lake) -> None:
    home.publish(first)
    sheet = home.sheet("Despesas")
    for note in sheet.metadata:
        lookup = {"developerMetadataLookup": {"metadataId": note["metadataId"]}}
        home.do(deleteDeveloperMetadata={"dataFilter": lookup})
    home.google.person(home.key).rename("Despesas", "outro nome")
    assert home.publish(first).written == ("outro nome",)
    assert_shows(home.book, first)


def test_rows_that_a_person_deleted_or_added_do_not_matter(home: Home, first: Lake, second: Lake) -> None:
    home.publish(second)
    place = {"sheetId": home.sheet("Despesas").id, "dimension": "ROWS", "startIndex": 1}
    size, unfrozen = home.sheet("Despesas").row_count, {"frozenRowCount": 0}
    properties = {"sheetId": place["sheetId"], "gridProperties": unfrozen}
    home.do(updateSheetProperties={"properties": properties, "fields": "gridProperties.frozenRowCount"})
    home.do(deleteDimension={"range": {**place, "endIndex": size}})
    home.publish(first)
    assert_shows(home.book, first)
    home.do(insertDimension={"range": {**place, "endIndex": 400}})
    home.publish(second)
    assert_shows(home.book, second)
