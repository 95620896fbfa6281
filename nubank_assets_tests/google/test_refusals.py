"""What Google refuses for good: one plain sentence that says what to do, at once; and no secret in any of them."""

import json
import logging
import traceback
from collections.abc import Callable

import pytest
import requests

from nubank_assets.domain.failures import InputError, PermanentError, RetryableError
from nubank_assets.google.spreadsheet import Spreadsheet, open_spreadsheet
from nubank_assets.sources.credentials import LocalCredentials
from nubank_assets_tests.fakes.sheets import FakeSheets
from nubank_assets_tests.fakes.sheets.faults import Fault
from nubank_assets_tests.google.conftest import TestClock, add_request, write_request


@pytest.mark.parametrize("language", ["pt-BR", "en"])
def test_a_spreadsheet_that_is_not_shared_says_with_whom_and_as_what(
    sheets: FakeSheets, spreadsheet: Spreadsheet, key: str, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NUBANK_LOCALE", language)
    sheets.person(key).share(sheets.client_email, None)
    with pytest.raises(InputError, match=f"{key}.*NUBANK_SPREADSHEET.*{sheets.client_email}.*Editor"):
        spreadsheet.structure()
    assert sheets.reads == 1


def test_a_wrong_key_says_the_same(sheets: FakeSheets, credentials: LocalCredentials, clock: TestClock) -> None:
    wrong = open_spreadsheet("1nobodys", sheets.url, credentials, clock.clock)
    with pytest.raises(InputError, match=f"1nobodys.*NUBANK_SPREADSHEET.*{sheets.client_email}.*Editor"):
        wrong.values(["A1"])


@pytest.mark.parametrize("repeatable", [True, False])
def test_a_reader_is_told_to_be_an_editor(
    sheets: FakeSheets, spreadsheet: Spreadsheet, key: str, repeatable: bool
) -> None:
    sheets.person(key).share(sheets.client_email, "reader")
    assert spreadsheet.structure()["sheets"]
    with pytest.raises(InputError, match=f"{sheets.client_email} só pode ler.*Editor"):
        spreadsheet.update([add_request("Extrato")], repeatable=repeatable)
    with pytest.raises(InputError, match="só pode ler"):
        spreadsheet.write_values({"A1": [["a"]]})
    assert sheets.writes == 2


def test_an_api_that_is_not_enabled_names_the_project_and_the_page(
    sheets: FakeSheets, spreadsheet: Spreadsheet
) -> None:
    sheets.is_api_enabled = False
    with pytest.raises(InputError, match=r"projeto 123456.*console\.cloud\.google\.com/apis/library/sheets"):
        spreadsheet.structure()


def test_a_key_that_was_deleted_says_to_make_another(sheets: FakeSheets, spreadsheet: Spreadsheet) -> None:
    spreadsheet.structure()
    sheets.revoke()
    with pytest.raises(InputError, match=f"{sheets.client_email} .invalid_grant.*nubank google connect"):
        spreadsheet.structure()
    assert sheets.count("token") == 2


def test_a_token_that_is_refused_twice_is_a_key_that_is_refused(sheets: FakeSheets, spreadsheet: Spreadsheet) -> None:
    sheets.fail_next(2, 401)
    with pytest.raises(InputError, match=r"401.*nubank google connect"):
        spreadsheet.structure()
    assert (sheets.count("token"), sheets.reads) == (2, 2)


def test_a_clock_that_is_wrong_is_named(
    sheets: FakeSheets, spreadsheet: Spreadsheet, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("nubank_assets_tests.fakes.sheets.oauth.time.time", lambda: 0.0)
    with pytest.raises(InputError, match="relógio"):
        spreadsheet.structure()


def test_an_excel_file_in_drive_is_no_spreadsheet(sheets: FakeSheets, spreadsheet: Spreadsheet) -> None:
    text = "This operation is not supported for this document"
    sheets.faults.append(Fault("error", 400, text=text, status_name="FAILED_PRECONDITION"))
    with pytest.raises(InputError, match="Salvar como Planilhas Google"):
        spreadsheet.structure()


def test_what_google_does_not_understand_is_told_without_what_a_cell_holds(
    sheets: FakeSheets, spreadsheet: Spreadsheet
) -> None:
    sheets.faults.append(Fault("error", 400, text="Invalid value at 'requests[0]' (TYPE_DOUBLE), \"R$ 9.876,54\"."))
    with pytest.raises(PermanentError, match=r"400.*TYPE_DOUBLE") as caught:
        spreadsheet.update([write_request("a")], repeatable=True)
    assert "9.876" not in str(caught.value)
    assert not isinstance(caught.value, InputError)
    assert sheets.writes == 1


def test_a_redirect_takes_no_token_anywhere(sheets: FakeSheets, spreadsheet: Spreadsheet) -> None:
    sheets.faults.append(Fault("error", 302, location="http://127.0.0.1:1/elsewhere"))
    with pytest.raises(PermanentError, match="302"):
        spreadsheet.structure()
    sheets.expire_tokens()
    sheets.faults.append(Fault("error", 307, kind="token", location="http://127.0.0.1:1/elsewhere"))
    with pytest.raises((PermanentError, RetryableError)):
        spreadsheet.structure()


ORDERS: dict[str, Callable[[FakeSheets, str], None]] = {
    "not shared": lambda sheets, key: sheets.person(key).share(sheets.client_email, None),
    "reader": lambda sheets, key: sheets.person(key).share(sheets.client_email, "reader"),
    "revoked": lambda sheets, key: sheets.revoke(),
    "disabled": lambda sheets, key: setattr(sheets, "is_api_enabled", False),
    "401": lambda sheets, key: sheets.fail_next(9, 401),
    "429": lambda sheets, key: sheets.fail_next(99, 429),
    "500": lambda sheets, key: sheets.fail_next(99, 500),
    "page": lambda sheets, key: sheets.fail_next(99, 200, how="page"),
    "drop": lambda sheets, key: sheets.fail_next(99, 200, how="drop"),
    "no token": lambda sheets, key: sheets.fail_next(99, 500, kind="token"),
    "garbled token": lambda sheets, key: sheets.fail_next(99, 200, kind="token", how="garbage"),
    "nobody there": lambda sheets, key: sheets.refuse_connections(),
}


#: Not in the test itself: a traceback quotes its lines.
AMOUNT = "R$ 9.876,54"


@pytest.mark.parametrize("order", ORDERS)
def test_no_secret_is_in_an_error_a_log_or_what_the_client_shows(
    sheets: FakeSheets, spreadsheet: Spreadsheet, key: str, caplog: pytest.LogCaptureFixture, order: str
) -> None:
    caplog.set_level(logging.DEBUG)
    ORDERS[order](sheets, key)
    with pytest.raises((PermanentError, RetryableError)) as caught:
        spreadsheet.update([write_request(AMOUNT)], repeatable=True)
    said = "".join(traceback.format_exception(caught.value)) + caplog.text + repr(vars(spreadsheet))
    said += "".join(repr(vars(record)) for record in caplog.records)
    private = json.loads(sheets.service_account)["private_key"].splitlines()[1]
    assert [secret for secret in (private, "PRIVATE KEY", AMOUNT, *sheets.tokens.given) if secret in said] == []
    assert "assertion" not in said
    # In the sentence itself no address either: people send it around.
    assert sheets.url not in str(caught.value)
    assert str(caught.value).endswith((".", ":"))
    assert "\n" not in str(caught.value)


def test_what_was_asked_for_a_token_is_all_that_is_asked(
    sheets: FakeSheets, spreadsheet: Spreadsheet, monkeypatch: pytest.MonkeyPatch
) -> None:
    """google-auth's own session would ask other addresses of Google in the background."""
    asked: list[str] = []
    plain_send = requests.Session.send

    def send(self, request, **options):  # type: ignore[no-untyped-def]
        asked.append(request.url)
        return plain_send(self, request, **options)

    monkeypatch.setattr(requests.Session, "send", send)
    spreadsheet.structure()
    assert all(url.startswith(sheets.url) for url in asked)
    assert len(asked) == 2
