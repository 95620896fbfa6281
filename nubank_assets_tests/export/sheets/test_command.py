"""`nubank run` with a spreadsheet, as a person has it: as a process, from the demo's exports."""

from pathlib import Path

import pytest

from nubank_assets.export.sheets.identity import fixed_id
from nubank_assets.lake.publish import Lake
from nubank_assets.settings import Settings
from nubank_assets_tests.export.sheets.home import Home, assert_shows
from nubank_assets_tests.fakes.homes import demo_home, run_process

KEY = "NUBANK_GOOGLE_SERVICE_ACCOUNT"


@pytest.fixture
def settings(tmp_path: Path, home: Home) -> Settings:
    """A home with three months of the demo that publishes to the workbook and to the spreadsheet."""
    where = {"destinations": ("workbook", "sheets"), "spreadsheet": home.key, "sheets_url": home.google.url}
    return demo_home(tmp_path / "home", months=3).settings.model_copy(update=where)


def test_a_run_publishes_all_and_says_where_and_another_writes_nothing(home: Home, settings: Settings) -> None:
    account = {KEY: home.google.service_account}
    done = run_process(settings, **account)
    assert done.returncode == 0, done.stderr
    assert f"https://docs.google.com/spreadsheets/d/{home.key}/edit" in done.stdout
    assert_shows(home.book, Lake(settings.lake_root))
    assert home.book.sheet("Transacao").id == fixed_id("Transacao")
    assert len(home.book.sheet("Painel").charts) == 7
    assert settings.workbook_path.exists()
    writes, book = home.google.writes, home.book
    again = run_process(settings, **account)
    assert again.returncode == 0, again.stderr
    assert (home.google.writes, home.book) == (writes, book)
    said = done.stdout + done.stderr + again.stdout + again.stderr
    assert "PRIVATE KEY" not in said


@pytest.mark.parametrize(
    ("spreadsheet", "account", "said"),
    [("", "{}", "NUBANK_SPREADSHEET"), ("1abc", "", "google connect"), ("1abc", "{}", "google_service_account")],
)
def test_a_missing_setting_is_named_before_anything_ran(
    settings: Settings, spreadsheet: str, account: str, said: str
) -> None:
    wrong = settings.model_copy(update={"spreadsheet": spreadsheet})
    done = run_process(wrong, **({KEY: account} if account else {}))
    assert (done.returncode, said in done.stderr) == (2, True), done.stderr
    assert not Path(settings.lake_root).exists()
