"""One household with a page, made once, and one browser for all tests of it."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from nubank_assets.dashboard.page import write_page
from nubank_assets.domain.vocabulary import AccountType, Reading
from nubank_assets.lake.inbox import Inbox
from nubank_assets.lake.sql import open_lake
from nubank_assets.sources.exports.collection import CollectionOptions, collect_files
from nubank_assets.sources.stated import state_readings
from nubank_assets_tests.dashboard.reading import OpenPage
from nubank_assets_tests.fakes.homes import DemoHome, demo_home, run

if TYPE_CHECKING:
    import duckdb
    from playwright.sync_api import Browser

#: Titles that would break a page, beside an ordinary one; the last date cannot be read.
HOSTILE = '</script><img src=x onerror="alert(1)">'
_MARIA = f"""date,title,amount
2026-09-12,{HOSTILE.replace('"', "'")},12.34
2026-09-13,<!--<script>{{{{7*7}}}},0.01
2026-09-14,Livraria\u2028Verde & Cia,31.50
2026-13-15,Quebrada,1.00
"""
_SAVED = datetime(2026, 10, 12, tzinfo=UTC).timestamp()
_NOW = datetime(2026, 11, 20, 15, tzinfo=UTC)

Opener = Callable[..., OpenPage]


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> DemoHome:
    """Fourteen months of a household, a second card with strange titles, limits and savings that a person stated."""
    home = demo_home(tmp_path_factory.mktemp("dashboard"), months=14)
    exported = home.settings.home / "files" / "Nubank_2026-10-10.csv"
    exported.write_text(_MARIA, encoding="utf-8")
    os.utime(exported, (_SAVED, _SAVED))
    inbox = Inbox(home.settings.inbox_root)
    assert len(list(collect_files(inbox, [exported], CollectionOptions(account="maria")))) == 1
    limits = {Reading.CARD_LIMIT: Decimal("8000"), Reading.AVAILABLE_LIMIT: Decimal("5500.50")}
    state_readings(inbox, AccountType.CARD, "card", limits, date(2026, 11, 20), _NOW)
    savings = {Reading.ACCOUNT_BALANCE: Decimal("1000.10")}
    state_readings(inbox, AccountType.ACCOUNT, "reserva", savings, date(2026, 9, 10), _NOW)
    assert all(outcome.succeeded for outcome in run(home.settings))
    return home


@pytest.fixture(scope="session")
def page_path(home: DemoHome) -> Path:
    """The page that the run wrote."""
    return home.settings.dashboard_path


@pytest.fixture(scope="session")
def page_in_english(home: DemoHome) -> Path:
    """The same in English, beside it."""
    path = home.settings.home / "english.html"
    write_page(home.lake, path, "en")
    return path


@pytest.fixture(scope="session")
def sql(home: DemoHome) -> "duckdb.DuckDBPyConnection":
    """The tables that the page was made of."""
    return open_lake(home.settings.lake_root)


@pytest.fixture(scope="package")
def browser(home: DemoHome) -> Iterator["Browser"]:
    """Debian's Chromium, started once for the tests of the page: its event loop must end with them."""
    if not shutil.which("chromium"):
        pytest.skip("needs a browser (Debian: chromium)")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
        chromium = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=arguments)
        yield chromium
        chromium.close()


@pytest.fixture
def open_page(browser: "Browser", page_path: Path) -> Iterator[Opener]:
    """Opens the page, in a browser as the test wants it; every page is looked at for complaints when it closes."""
    with ExitStack() as opened:

        def opener(path: Path = page_path, **context: Any) -> OpenPage:
            page = OpenPage(browser, path, **context)
            opened.callback(page.close)
            return page

        yield opener


@pytest.fixture(scope="module")
def report(browser: "Browser", page_path: Path) -> Iterator[OpenPage]:
    """One page for tests that only choose periods."""
    page = OpenPage(browser, page_path)
    yield page
    page.close()
