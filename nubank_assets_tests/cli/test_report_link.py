"""`nubank report-link` as a person types it, with a Google that is there, empty, or not there."""

from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from nubank_assets_tests.cli.conftest import Nubank
from nubank_assets_tests.export.household import household
from nubank_assets_tests.export.sheets.home import Home
from nubank_assets_tests.fakes.sheets import FakeSheets


def settings(home: Home, template: str = "") -> dict[str, str]:
    return {
        "NUBANK_SPREADSHEET": home.key,
        "NUBANK_SHEETS_URL": home.google.url,
        "NUBANK_GOOGLE_SERVICE_ACCOUNT": home.google.service_account,
        "NUBANK_REPORT_TEMPLATE_ID": template,
    }


@pytest.fixture
def home(sheets: FakeSheets) -> Home:
    return Home(sheets, sheets.new_spreadsheet())


def test_with_a_template_the_link_has_the_ids_of_the_published_worksheets(
    nubank: Nubank, home: Home, tmp_path: Path
) -> None:
    early = nubank("report-link", **settings(home, "0B_U5"))
    assert early.returncode == 2
    assert "A planilha ainda não tem a aba Saldo atual; ponha `sheets` em NUBANK_DESTINATIONS" in early.stderr
    done = home.publish(household(tmp_path))
    said = nubank("report-link", **settings(home, "0B_U5"))
    assert said.returncode == 0, said.stderr
    link, explained = said.stdout.splitlines()
    asked = parse_qs(urlsplit(link).query)
    assert asked["c.reportId"] == ["0B_U5"]
    assert asked["ds.cartao.worksheetId"] == [str(done.ids["sheet.card_use"])]
    assert "Editar e compartilhar" in explained
    home.google.refuse_connections()
    gone = nubank("report-link", **settings(home, "0B_U5"))
    assert gone.returncode == 1
    assert len(gone.stderr.splitlines()) == 1
    assert "Traceback" not in gone.stderr


def test_without_a_template_it_needs_nobody_and_tells_how(nubank: Nubank, home: Home) -> None:
    home.google.refuse_connections()
    said = nubank("report-link", **settings(home), NUBANK_LOCALE="en")
    assert said.returncode == 0, said.stderr
    link, why, first, *_ = said.stdout.splitlines()
    assert link.endswith("/reporting/create?c.mode=edit&r.reportName=Nubank+account+report")
    assert why.startswith("Without a template (NUBANK_REPORT_TEMPLATE_ID) the report starts blank")
    assert first.startswith("1. Open the link.")


def test_without_a_spreadsheet_it_says_which_setting_is_missing(nubank: Nubank) -> None:
    said = nubank("report-link")
    assert said.returncode == 2
    assert "NUBANK_SPREADSHEET" in said.stderr
