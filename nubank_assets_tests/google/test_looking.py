"""`nubank doctor` on the way to a spreadsheet: each missing step is one line, and looking changes nothing."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from nubank_assets.cli.doctor import _look_at_spreadsheet
from nubank_assets.google.looking import PATIENCE, look_at_spreadsheet
from nubank_assets.settings import load_settings
from nubank_assets.sources.credentials import LocalCredentials
from nubank_assets_tests.cli.conftest import Nubank, nubank
from nubank_assets_tests.fakes.sheets import FakeSheets
from nubank_assets_tests.google.conftest import TestClock

__all__ = ["nubank"]
Doctor = Callable[..., tuple[int, str]]
NO_KEY = "✗ Falta a chave da conta de serviço do Google (segredo google_service_account)"
NO_SPREADSHEET = "✗ Falta NUBANK_SPREADSHEET"


@pytest.fixture
def doctor(nubank: Nubank, sheets: FakeSheets) -> Doctor:
    """Run `nubank doctor`; its exit code, and all it said."""

    def run(**settings: str) -> tuple[int, str]:
        done = nubank(
            "doctor", **{"NUBANK_DESTINATIONS": "workbook,sheets", "NUBANK_SHEETS_URL": sheets.url, **settings}
        )
        assert done.stderr == ""
        private = json.loads(sheets.service_account)["private_key"].splitlines()[1]
        assert not [secret for secret in (private, *sheets.tokens.given) if secret in done.stdout]
        return done.returncode, done.stdout

    return run


def test_doctor_leads_a_person_through_every_step(
    doctor: Doctor, nubank: Nubank, sheets: FakeSheets, tmp_path: Path
) -> None:
    code, said = doctor()
    assert code == 2
    assert NO_KEY in said
    assert "nubank google connect ARQUIVO" in said
    assert NO_SPREADSHEET in said

    keyfile = tmp_path / "chave.json"
    keyfile.write_text(sheets.service_account)
    assert nubank("google", "connect", keyfile).returncode == 0
    assert sheets.requests == []

    key, email = sheets.new_spreadsheet(locale="en_US", role=None), sheets.client_email
    code, said = doctor(NUBANK_SPREADSHEET=key)
    assert (code, NO_KEY in said, NO_SPREADSHEET in said) == (2, False, False)
    assert f"✗ O Google não mostra a planilha {key}" in said
    assert f"compartilhe a planilha com {email} como Editor" in said

    sheets.person(key).share(email, "reader")
    code, said = doctor(NUBANK_SPREADSHEET=key)
    assert code == 2
    assert f"✓ A planilha «Minhas finanças» responde e está compartilhada com {email}." in said
    assert f"✗ A conta {email} só pode ler a planilha {key}; compartilhe-a com essa conta como Editor." in said

    sheets.person(key).share(email, "editor")
    before = sheets.book(key)
    code, said = doctor(NUBANK_SPREADSHEET=f"https://docs.google.com/spreadsheets/d/{key}/edit#gid=0")
    assert code == 0
    assert f"✓ {email} pode escrever na planilha." in said
    assert (
        "• A planilha está em en_US, no fuso Etc/GMT; a próxima publicação a põe em pt_BR, America/Sao_Paulo." in said
    )
    assert sheets.book(key) == before


def test_google_is_not_asked_where_sheets_are_not_chosen(sheets: FakeSheets, key: str) -> None:
    assert list(_look_at_spreadsheet(load_settings(sheets_url=sheets.url))) == []
    ((is_right, sentence),) = _look_at_spreadsheet(load_settings(spreadsheet=key, sheets_url=sheets.url))
    assert is_right is None
    assert "ponha sheets em NUBANK_DESTINATIONS" in sentence
    assert sheets.requests == []


def looked(
    sheets: FakeSheets, key: str, credentials: LocalCredentials, clock: TestClock
) -> list[tuple[bool | None, str]]:
    return list(look_at_spreadsheet(key, sheets.url, credentials, "pt-BR", clock.clock))


def test_a_spreadsheet_that_is_ready_has_nothing_to_mend_and_is_not_changed(
    sheets: FakeSheets, key: str, credentials: LocalCredentials, clock: TestClock
) -> None:
    note = {
        "metadataKey": "de outro",
        "metadataValue": "1",
        "visibility": "DOCUMENT",
        "location": {"spreadsheet": True},
    }
    sheets.person(key).do(createDeveloperMetadata={"developerMetadata": note})
    before = sheets.book(key)
    found = looked(sheets, key, credentials, clock)
    assert [is_right for is_right, _ in found] == [True, True, True]
    assert "pt_BR, no fuso America/Sao_Paulo" in found[-1][1]
    assert sheets.book(key) == before
    assert (sheets.reads, sheets.writes) == (1, 1)


@pytest.mark.parametrize(
    ("order", "said"),
    [
        (lambda sheets: setattr(sheets, "is_api_enabled", False), "Sheets API não está ativada no projeto 123456"),
        (lambda sheets: sheets.revoke(), "não aceita a chave da conta"),
        (lambda sheets: sheets.books.clear(), "confira NUBANK_SPREADSHEET"),
    ],
)
def test_what_else_may_be_wrong_is_one_line(
    sheets: FakeSheets,
    key: str,
    credentials: LocalCredentials,
    clock: TestClock,
    order: Callable[[FakeSheets], None],
    said: str,
) -> None:
    order(sheets)
    ((is_right, sentence),) = looked(sheets, key, credentials, clock)
    assert (is_right, said in sentence) == (False, True)


def test_a_reader_is_told_apart_from_an_editor(
    sheets: FakeSheets, key: str, credentials: LocalCredentials, clock: TestClock
) -> None:
    sheets.person(key).share(sheets.client_email, "reader")
    (answers, _), (is_right, sentence) = looked(sheets, key, credentials, clock)
    assert (answers, is_right, "só pode ler" in sentence) == (True, False, True)


def test_an_editor_is_known_though_google_refuses_what_there_is_not(
    sheets: FakeSheets, key: str, credentials: LocalCredentials, clock: TestClock
) -> None:
    sheets.fail_next(1, 400, kind="write")
    assert [is_right for is_right, _ in looked(sheets, key, credentials, clock)] == [True, True, True]


def test_who_waits_for_doctor_is_not_kept_for_long(
    sheets: FakeSheets, key: str, credentials: LocalCredentials, clock: TestClock
) -> None:
    sheets.refuse_connections()
    ((is_right, sentence),) = looked(sheets, key, credentials, clock)
    assert (is_right, "ConnectionError" in sentence) == (False, True)
    assert 0 < clock.seconds <= PATIENCE


def test_a_damaged_key_and_a_missing_spreadsheet_are_both_said(
    sheets: FakeSheets, credentials: LocalCredentials, clock: TestClock
) -> None:
    credentials.put("google_service_account", b"\xff\xfe")
    found = looked(sheets, "", credentials, clock)
    assert [is_right for is_right, _ in found] == [False, False]
    assert "google_service_account" in found[0][1]
    assert "NUBANK_SPREADSHEET" in found[1][1]
