"""The fake itself: gspread takes it for Google, Google's description is kept, and nothing happens by halves."""

from typing import Any

import gspread
import pytest
from gspread.utils import ValueRenderOption

from nubank_assets.domain.failures import PermanentError
from nubank_assets.google.accounts import load_account
from nubank_assets.google.client import SheetsClient
from nubank_assets.google.spreadsheet import Spreadsheet
from nubank_assets.sources.credentials import LocalCredentials
from nubank_assets_tests.fakes.sheets import FakeSheets, Formula, sheets_server
from nubank_assets_tests.fakes.sheets.person import Person
from nubank_assets_tests.google.conftest import add_request, write_request


@pytest.fixture
def google(sheets: FakeSheets, key: str, credentials: LocalCredentials) -> gspread.Spreadsheet:
    """The spreadsheet as gspread's own classes see it."""
    client = SheetsClient(load_account(credentials), sheets.url, key)
    return gspread.Spreadsheet(client, {"id": key})


@pytest.fixture
def person(sheets: FakeSheets, key: str) -> Person:
    return sheets.person(key)


def rows(sheets: FakeSheets, key: str, title: str = "Página1") -> list[list[Any]]:
    return sheets.book(key).sheet(title).rows()


# gspread's ordinary operations


def test_gspread_works_with_worksheets(sheets: FakeSheets, key: str, google: gspread.Spreadsheet) -> None:
    assert (google.title, google.locale, google.timezone) == ("Minhas finanças", "pt_BR", "America/Sao_Paulo")
    made = google.add_worksheet("Extrato", rows=20, cols=5, index=0)
    assert [one.title for one in google.worksheets()] == ["Extrato", "Página1"]
    made.update_title("Lançamentos")
    made.resize(rows=10, cols=3)
    made.freeze(rows=1)
    assert sheets.book(key).sheet("Lançamentos").frozen_rows == 1
    found = google.worksheet("Lançamentos")
    assert (found.id, found.row_count, found.col_count, found.frozen_row_count) == (made.id, 10, 3, 1)
    google.reorder_worksheets([google.worksheet("Página1"), found])
    assert sheets.book(key).titles == ["Página1", "Lançamentos"]
    google.del_worksheet(found)
    assert sheets.book(key).titles == ["Página1"]
    with pytest.raises(gspread.WorksheetNotFound):
        google.worksheet("Lançamentos")


def test_gspread_works_with_values(sheets: FakeSheets, key: str, google: gspread.Spreadsheet) -> None:
    sheet = google.sheet1
    sheet.update([["dia", "valor"], ["23/11/2026", "1.234,56"]], "A1", raw=False)
    assert sheet.get_all_values() == [["dia", "valor"], ["2026-11-23", "1234.56"]]
    assert sheet.get("A2:B2", value_render_option=ValueRenderOption.unformatted) == [[46349, 1234.56]]
    sheet.update([["1,50"]], "A3")
    sheet.append_row([True, 3])
    assert sheet.row_values(4) == ["TRUE", "3"]
    assert sheet.acell("B4").value == "3"
    found = sheet.find("1,50")
    assert found
    assert found.row == 3
    sheet.batch_update(
        [{"range": "C1", "values": [["x"]]}, {"range": "C2:C3", "values": [["=SUM(B2:B4)"], [1]]}], raw=False
    )
    assert sheet.get("C2:C3", value_render_option=ValueRenderOption.unformatted) == [[1237.56], [1]]
    assert sheet.get("C2", value_render_option=ValueRenderOption.formula) == [["=SUM(B2:B4)"]]
    sheet.batch_clear(["A1:B3"])
    assert rows(sheets, key) == [[None, None, "x"], [None, None, "=SUM(B2:B4)"], [None, None, 1], [True, 3]]
    sheet.insert_row(["novo"], 1)
    sheet.delete_rows(2)
    sheet.clear()
    assert rows(sheets, key) == []


def test_gspread_works_with_formats_filters_and_protection(
    sheets: FakeSheets, key: str, google: gspread.Spreadsheet
) -> None:
    sheet = google.sheet1
    sheet.format("A1:B1", {"textFormat": {"bold": True}})
    sheet.format("A1", {"numberFormat": {"type": "CURRENCY", "pattern": "[$R$ ]#,##0.00"}})
    sheet.set_basic_filter("A1:B10")
    sheet.add_protected_range("A1:A3", description="feito pelo programa")
    sheet.insert_note("A1", "nota")
    sheet.merge_cells("A5:B6")
    sheet.columns_auto_resize(0, 2)
    sheet.hide_gridlines()
    book = sheets.book(key).sheet("Página1")
    assert book.format(0, 0)["textFormat"] == {"bold": True}
    assert book.format(0, 0)["numberFormat"]["type"] == "CURRENCY"
    assert book.cell(0, 0).note == "nota"
    assert book.basic_filter
    assert book.basic_filter["range"]["endRowIndex"] == 10
    assert book.protected[0]["description"] == "feito pelo programa"
    sheet.clear_basic_filter()
    assert sheets.book(key).sheet("Página1").basic_filter is None


def test_gspread_is_told_what_google_would_tell(sheets: FakeSheets, google: gspread.Spreadsheet) -> None:
    with pytest.raises(PermanentError, match="400"):
        google.add_worksheet("Página1", 1, 1)
    with pytest.raises(PermanentError, match=r"400.*Unable to parse range"):
        google.values_get("Nada!A1")
    with pytest.raises(PermanentError, match="exceeds grid limits"):
        google.sheet1.get("A2000")


# All or nothing, and the limits


@pytest.mark.parametrize(
    ("request_", "said"),
    [
        (add_request("página1"), "already exists"),
        ({"addSheet": {"properties": {"title": "b", "sheetId": 0}}}, "id 0 already exists"),
        ({"addSheet": {"properties": {"title": "b", "gridProperties": {"rowCount": 10**6}}}}, "10000000 cells"),
        ({"deleteSheet": {"sheetId": 9}}, "No grid with id: 9"),
        (write_request("b", 9), "No grid with id: 9"),
        (write_request("b" * 50_001), "50000 characters"),
        ({"setBasicFilter": {"filter": {"range": {"endRowIndex": 1001}}}}, "exceeds grid limits"),
        (
            {"copyPaste": {"source": {"endColumnIndex": 2}, "destination": {"startColumnIndex": 25}}},
            "exceeds grid limits",
        ),
        ({"deleteEmbeddedObject": {"objectId": 1}}, "No chart with id: 1"),
        ({"deleteProtectedRange": {"protectedRangeId": 1}}, "No protected range"),
        (
            {
                "updateSheetProperties": {
                    "properties": {"gridProperties": {"rowCount": 1, "frozenRowCount": 1}},
                    "fields": "gridProperties(rowCount,frozenRowCount)",
                }
            },
            "freeze all visible rows",
        ),
    ],
)
def test_one_request_that_cannot_be_leaves_nothing_of_the_others(
    sheets: FakeSheets, spreadsheet: Spreadsheet, key: str, request_: dict[str, Any], said: str
) -> None:
    spreadsheet.update([write_request("antes")], repeatable=True)
    before = sheets.book(key)
    with pytest.raises(PermanentError, match=said):
        spreadsheet.update([write_request("depois"), add_request("a"), request_], repeatable=True)
    assert sheets.book(key) is before
    assert rows(sheets, key) == [["antes"]]


@pytest.mark.parametrize(
    ("request_", "said"),
    [
        ({"updateSheetProperties": {"properties": {"title": "x"}}}, "at least one field"),
        ({"updateSheetProperties": {"properties": {"title": "x"}, "fields": "titel"}}, "has no field titel"),
        ({"updateCells": {"rows": [], "fields": "userEnteredFormat.numberFormat.kind"}}, "has no field kind"),
        ({"addSheet": {"properties": {"titel": "x"}}}, "unknown field"),
        ({"addSheets": {"properties": {"title": "x"}}}, "unknown field"),
        ({"addSheet": {"properties": {"title": 7}}}, "expected string"),
        ({"addSheet": {"properties": {"sheetId": 2**31}}}, "expected integer"),
        ({"addSheet": {"properties": {"sheetId": "5"}}}, "expected integer"),
        ({"addSheet": {"properties": {"hidden": 1}}}, "expected boolean"),
        ({"addSheet": {"properties": {"sheetType": "TABLE"}}}, "not one of"),
        ({"copyPaste": {"source": {}, "destination": {}, "pasteType": "VALUES"}}, "not one of"),
        ({"addSheet": [{}]}, "expected object"),
    ],
)
def test_a_body_that_google_describes_otherwise_is_refused_and_fails_the_test(
    spreadsheet: Spreadsheet, sheets: FakeSheets, request_: dict[str, Any], said: str
) -> None:
    with pytest.raises(PermanentError, match="400"):
        spreadsheet.update([request_], repeatable=True)
    assert said in sheets.complaints[0]
    sheets.complaints.clear()


def test_a_complaint_fails_the_test_at_its_end() -> None:
    with pytest.raises(AssertionError), sheets_server() as server:
        server.complaints.append("something")


def test_a_request_that_the_fake_does_not_know_is_said(spreadsheet: Spreadsheet, sheets: FakeSheets) -> None:
    with pytest.raises(PermanentError, match="the fake does not know"):
        spreadsheet.update([{"trimWhitespace": {"range": {}}}], repeatable=True)
    assert sheets.complaints == ["the fake does not know the request trimWhitespace"]
    sheets.complaints.clear()


# The person at work


def test_a_person_types_in_the_spreadsheets_own_language(sheets: FakeSheets, key: str, person: Person) -> None:
    typed = ["1.234,56", "R$ 7.000,00", "50%", "23/11/2026", "VERDADEIRO", "'007", "=A1*2", "31/02/2026", "Pix 2"]
    for number, text in enumerate(typed, start=1):
        person.type("Página1", f"A{number}", text)
    found = [row[0] for row in rows(sheets, key)]
    assert found == [1234.56, 7000, 0.5, 46349, True, "007", Formula("=A1*2"), "31/02/2026", "Pix 2"]
    assert isinstance(found[6], Formula)
    american = sheets.new_spreadsheet(locale="en_US")
    for cell, text in {"A1": "1,234.56", "B1": "11/23/2026", "C1": "1.234,56"}.items():
        sheets.person(american).type("Sheet1", cell, text)
    assert rows(sheets, american, "Sheet1") == [[1234.56, 46349, "1.234,56"]]


def test_what_a_person_moves_takes_what_lies_on_it_along(sheets: FakeSheets, key: str, person: Person) -> None:
    for number, text in enumerate(["nome", "b", "a", "", "c"], start=1):
        person.type("Página1", f"A{number}", text)
        person.type("Página1", f"B{number}", str(number))
    person.filter("Página1", "A1:B5")
    person.sort("Página1", 0)
    assert rows(sheets, key) == [["nome", 1], ["a", 3], ["b", 2], ["c", 5], [None, 4]]
    person.insert_row("Página1", 2)
    assert rows(sheets, key)[:3] == [["nome", 1], [], ["a", 3]]
    assert sheets.book(key).sheet("Página1").basic_filter == {
        "range": {**_columns(0, 2), "startRowIndex": 0, "endRowIndex": 6}
    }
    person.delete_row("Página1", 3)
    assert rows(sheets, key)[2] == ["b", 2]
    assert sheets.book(key).sheet("Página1").row_count == 1000
    person.rename("Página1", "Minha aba")
    person.add("Outra")
    person.move("Outra", 0)
    person.delete("Minha aba")
    assert sheets.book(key).titles == ["Outra"]


def _columns(start: int, end: int) -> dict[str, int]:
    return {"sheetId": 0, "startColumnIndex": start, "endColumnIndex": end}


def test_what_a_person_protects_nobody_else_changes(
    sheets: FakeSheets, key: str, person: Person, spreadsheet: Spreadsheet
) -> None:
    person.protect("Página1", "A1:B2")
    with pytest.raises(PermanentError, match="protected cell"):
        spreadsheet.update([write_request("a")], repeatable=True)
    with pytest.raises(PermanentError, match="protected cell"):
        spreadsheet.write_values({"Página1!B2": [["a"]]})
    spreadsheet.write_values({"Página1!C1": [["a"]]})
    person.type("Página1", "A1", "meu")
    assert rows(sheets, key) == [["meu", None, "a"]]


# What the publisher stands on


def test_values_are_pasted_without_their_format_and_formats_without_values(
    sheets: FakeSheets, key: str, person: Person, spreadsheet: Spreadsheet
) -> None:
    person.type("Página1", "A1", "23/11/2026")
    person.type("Página1", "D1", "velho")
    person.type("Página1", "D2", "velho")
    spreadsheet.update([add_request("Depósito")], repeatable=False)
    source = {"startRowIndex": 0, "endRowIndex": 2, "startColumnIndex": 0, "endColumnIndex": 1}
    target = {**source, "startColumnIndex": 3, "endColumnIndex": 4}
    spreadsheet.update(
        [{"copyPaste": {"source": source, "destination": target, "pasteType": "PASTE_VALUES"}}], repeatable=True
    )
    sheet = sheets.book(key).sheet("Página1")
    assert sheet.rows() == [[46349, None, None, 46349]]
    assert sheet.format(0, 3) == {}
    spreadsheet.update(
        [{"copyPaste": {"source": source, "destination": target, "pasteType": "PASTE_FORMAT"}}], repeatable=True
    )
    assert sheets.book(key).sheet("Página1").format(0, 3) == {"numberFormat": {"type": "DATE"}}


def test_a_format_mask_changes_only_what_it_names(sheets: FakeSheets, key: str, spreadsheet: Spreadsheet) -> None:
    def repeat(format_: dict[str, Any], fields: str) -> dict[str, Any]:
        area = {"startRowIndex": 0, "endRowIndex": 1, "startColumnIndex": 0, "endColumnIndex": 1}
        return {"repeatCell": {"range": area, "cell": {"userEnteredFormat": format_}, "fields": fields}}

    both = {"textFormat": {"bold": True, "italic": True}, "wrapStrategy": "WRAP"}
    spreadsheet.update([repeat(both, "userEnteredFormat(textFormat,wrapStrategy)")], repeatable=True)
    spreadsheet.update([repeat({}, "userEnteredFormat.textFormat.italic")], repeatable=True)
    assert sheets.book(key).sheet("Página1").format(0, 0) == {"textFormat": {"bold": True}, "wrapStrategy": "WRAP"}
    spreadsheet.update([repeat({}, "userEnteredFormat")], repeatable=True)
    assert sheets.book(key).sheet("Página1").format(0, 0) == {}


def test_a_smaller_grid_cuts_cells_and_what_lies_on_them(
    sheets: FakeSheets, key: str, person: Person, spreadsheet: Spreadsheet
) -> None:
    for row in (1, 2, 3):
        person.type("Página1", f"A{row}", str(row))
    person.filter("Página1", "A1:A3")
    grid = {"gridProperties": {"rowCount": 2, "columnCount": 1}}
    request = {"updateSheetProperties": {"properties": grid, "fields": "gridProperties(rowCount,columnCount)"}}
    spreadsheet.update([request], repeatable=True)
    sheet = sheets.book(key).sheet("Página1")
    assert (sheet.rows(), sheet.row_count, sheet.column_count) == ([[1], [2]], 2, 1)
    assert sheet.basic_filter
    assert sheet.basic_filter["range"]["endRowIndex"] == 2


def test_charts_and_notes_of_programs_keep_their_ids_and_follow_their_worksheet(
    sheets: FakeSheets, key: str, spreadsheet: Spreadsheet
) -> None:
    at = {"overlayPosition": {"anchorCell": {"sheetId": 0, "rowIndex": 0, "columnIndex": 2}}}
    source = {"sheetId": 0, "startColumnIndex": 0, "endColumnIndex": 1}
    spec = {"basicChart": {"chartType": "BAR", "series": [{"series": {"sourceRange": {"sources": [source]}}}]}}
    note = {
        "metadataKey": "k",
        "metadataValue": "1",
        "visibility": "DOCUMENT",
        "location": {"sheetId": 5},
        "metadataId": 8,
    }
    spreadsheet.update(
        [
            {"addSheet": {"properties": {"sheetId": 5, "title": "Painel"}}},
            {"addChart": {"chart": {"chartId": 77, "spec": spec, "position": at}}},
            {"createDeveloperMetadata": {"developerMetadata": note}},
        ],
        repeatable=False,
    )
    lookup = [{"developerMetadataLookup": {"metadataKey": "k", "locationType": "SHEET"}}]
    moved = {"overlayPosition": {"anchorCell": {"sheetId": 5, "rowIndex": 9}}}
    spreadsheet.update(
        [
            {"updateChartSpec": {"chartId": 77, "spec": {**spec, "title": "Gastos"}}},
            {"updateEmbeddedObjectPosition": {"objectId": 77, "newPosition": moved, "fields": "anchorCell"}},
            {
                "updateDeveloperMetadata": {
                    "dataFilters": lookup,
                    "developerMetadata": {"metadataValue": "2"},
                    "fields": "metadataValue",
                }
            },
        ],
        repeatable=True,
    )
    painel = sheets.book(key).sheet("Painel")
    assert [(chart["chartId"], chart["spec"]["title"]) for chart in painel.charts] == [(77, "Gastos")]
    assert painel.metadata == [{**note, "metadataValue": "2", "location": {"locationType": "SHEET", "sheetId": 5}}]
    found = {sheet["properties"]["title"]: sheet for sheet in spreadsheet.structure()["sheets"]}
    assert found["Painel"]["charts"] == [{"chartId": 77, "position": moved}]
    sheets.person(key).delete("Painel")
    assert sheets.book(key).charts == []
