"""The calls of one spreadsheet: each is one request, reads what Google keeps, and sends nothing that is no JSON."""

import json
import pickle
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy
import pytest

from nubank_assets.domain.failures import InputError, PermanentError
from nubank_assets.google.accounts import SECRET
from nubank_assets.google.spreadsheet import FIELDS, Spreadsheet, open_spreadsheet
from nubank_assets.google.tokens import SCOPE
from nubank_assets.sources.credentials import LocalCredentials
from nubank_assets_tests.fakes.sheets import FakeSheets, Formula
from nubank_assets_tests.google.conftest import add_request, write_request


def test_nothing_is_asked_before_it_is_needed_and_then_one_request_at_a_time(
    sheets: FakeSheets, spreadsheet: Spreadsheet
) -> None:
    assert sheets.requests == []
    spreadsheet.structure()
    spreadsheet.values(["Página1!A1:B2"])
    spreadsheet.write_values({"Página1!A1": [["a"]]})
    spreadsheet.update([write_request("b")], repeatable=True)
    assert [request.kind for request in sheets.requests] == ["token", "read", "read", "write", "write"]
    assert spreadsheet.values([]) == []
    spreadsheet.write_values({})
    assert spreadsheet.update([], repeatable=True) == {"spreadsheetId": spreadsheet.key, "replies": []}
    assert len(sheets.requests) == 5


def test_it_may_do_no_more_than_spreadsheets(sheets: FakeSheets, spreadsheet: Spreadsheet) -> None:
    spreadsheet.structure()
    assert sheets.tokens.scopes == [SCOPE]


def test_the_structure_is_all_but_the_cells(sheets: FakeSheets, spreadsheet: Spreadsheet, key: str) -> None:
    person = sheets.person(key)
    person.type("Página1", "A1", "segredo")
    person.filter("Página1", "A1:C10")
    person.protect("Página1", "A1:A2")
    chart = person.add_chart("Página1", "B1:B9")
    found = spreadsheet.structure()
    assert found["properties"] == {
        "title": "Minhas finanças",
        "locale": "pt_BR",
        "timeZone": "America/Sao_Paulo",
    }
    (sheet,) = found["sheets"]
    assert sheet["properties"]["gridProperties"] == {"rowCount": 1000, "columnCount": 26}
    assert sheet["basicFilter"]["range"]["endColumnIndex"] == 3
    assert [one["chartId"] for one in sheet["charts"]] == [chart]
    assert len(sheet["protectedRanges"]) == 1
    assert "segredo" not in json.dumps(found)
    assert "spec" not in sheet["charts"][0]
    assert sheets.requests[-1].path == f"/v4/spreadsheets/{key}"
    assert FIELDS


def test_values_come_in_the_order_asked_ragged_and_dates_as_numbers(
    sheets: FakeSheets, spreadsheet: Spreadsheet, key: str
) -> None:
    person = sheets.person(key)
    for cell, value in {"A1": "dia", "A2": "23/11/2026", "B2": "1.234,50", "C4": "VERDADEIRO"}.items():
        person.type("Página1", cell, value)
    person.add("d'Outra aba")
    person.type("d'Outra aba", "B1", "=SUM(C1:C2)")
    person.type("d'Outra aba", "C1", "40")
    other, empty, whole = spreadsheet.values(["'d''Outra aba'!A1:B2", "Página1!D1:D9", "Página1"])
    assert other == [["", 40]]
    assert empty == []
    assert whole == [["dia"], [46349, 1234.5], [], ["", "", True]]


def test_written_values_are_never_formulas_and_leave_what_is_none(
    sheets: FakeSheets, spreadsheet: Spreadsheet, key: str
) -> None:
    sheets.person(key).type("Página1", "B1", "fica")
    spreadsheet.write_values({"Página1!A1:C2": [["=1+1", None, -1.5], ["", True]], "Página1!E1": [["1,50"]]})
    assert sheets.book(key).sheet("Página1").rows() == [["=1+1", "fica", -1.5, None, "1,50"], [None, True]]
    assert not isinstance(sheets.book(key).sheet("Página1").rows()[0][0], Formula)


def test_an_update_is_carried_out_whole_or_not_at_all(sheets: FakeSheets, spreadsheet: Spreadsheet, key: str) -> None:
    replies = spreadsheet.update([add_request("Extrato"), write_request("a")], repeatable=False)["replies"]
    made = replies[0]["addSheet"]["properties"]["sheetId"]
    assert sheets.book(key).sheet("Extrato").id == made
    with pytest.raises(PermanentError, match="400"):
        spreadsheet.update([write_request("b"), add_request("Extrato")], repeatable=False)
    assert sheets.book(key).sheet("Página1").rows() == [["a"]]
    assert sheets.book(key).titles == ["Página1", "Extrato"]


def test_the_address_is_what_a_person_opens(spreadsheet: Spreadsheet, key: str) -> None:
    assert spreadsheet.address == f"https://docs.google.com/spreadsheets/d/{key}/edit"


@pytest.mark.parametrize(
    "value", [Decimal("1.50"), date(2026, 11, 23), float("nan"), float("inf"), numpy.int64(1), {1}, b"x"]
)
def test_what_is_no_json_is_refused_before_anything_is_sent(
    sheets: FakeSheets, spreadsheet: Spreadsheet, value: Any
) -> None:
    request = write_request("")
    request["updateCells"]["rows"][0]["values"][0]["userEnteredValue"] = {"numberValue": value}
    with pytest.raises(TypeError, match=r"requests\[0\]\.updateCells\.rows\[0\]\.values\[0\]"):
        spreadsheet.update([request], repeatable=True)
    with pytest.raises(TypeError, match=r"values\.data\[0\]\.values\[0\]\[1\]"):
        spreadsheet.write_values({"A1": [["a", value]]})
    assert sheets.requests == []


@pytest.mark.parametrize("wrong", ["", "a/b", "../x", "planilha de casa", "ção"])
def test_a_key_that_is_none_is_named(sheets: FakeSheets, credentials: LocalCredentials, wrong: str) -> None:
    with pytest.raises(InputError, match="NUBANK_SPREADSHEET"):
        open_spreadsheet(wrong, sheets.url, credentials)


def test_a_missing_service_account_is_named(sheets: FakeSheets, key: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=f"{SECRET}.*nubank google connect"):
        open_spreadsheet(key, sheets.url, LocalCredentials(tmp_path / "empty"))
    assert sheets.requests == []


def test_an_old_token_is_renewed_without_a_word(sheets: FakeSheets, spreadsheet: Spreadsheet, key: str) -> None:
    spreadsheet.structure()
    sheets.expire_tokens()
    spreadsheet.update([add_request("Extrato")], repeatable=False)
    assert sheets.count("token") == 2
    assert sheets.book(key).titles == ["Página1", "Extrato"]


def test_a_spreadsheet_is_not_pickled_with_its_key(spreadsheet: Spreadsheet) -> None:
    spreadsheet.structure()
    with pytest.raises(TypeError, match="not pickled"):
        pickle.dumps(spreadsheet)


def test_a_netrc_replaces_no_token(
    sheets: FakeSheets, spreadsheet: Spreadsheet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("default login somebody password else\n")
    monkeypatch.setenv("NETRC", str(netrc))
    assert spreadsheet.structure()["sheets"]
    assert (sheets.count("token"), sheets.reads) == (1, 1)
    assert "authorization" not in sheets.requests[0].headers
