"""What is asked again: after a round that was killed, a month that was lost, and a pause longer than a year."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from nubank_assets.domain.vocabulary import DocumentFormat
from nubank_assets_tests.fakes.pluggy_api import FakePluggy
from nubank_assets_tests.fakes.pluggy_content import BANK, CARD, ITEM, Row
from nubank_assets_tests.fakes.pluggy_rounds import Killed, Lines, PluggyHome, bank, bill, card, line

TODAY = date(2026, 8, 16)
BILLS = [f"2026-{month:02}" for month in range(1, 8)]


@pytest.fixture
def home(tmp_path: Path) -> Iterator[PluggyHome]:
    """A year of an account, and seven bills of a card."""
    with FakePluggy() as pluggy:
        home = PluggyHome(tmp_path, pluggy)
        home.content.accounts[ITEM] = [bank(), card()]
        home.content.transactions[BANK] = movements(date(2025, 9, 1), TODAY)
        home.content.transactions[CARD] = [purchase(month) for month in BILLS]
        home.content.bills[CARD] = [bill(month, "50.00") for month in reversed(BILLS)]
        yield home


def movements(first: date, last: date, step: int = 5) -> list[Row]:
    days = (first + timedelta(days=off) for off in range(0, (last - first).days + 1, step))
    return [line(day, f"-{number + 1}.00") for number, day in enumerate(days)]


def purchase(month: str) -> Row:
    return line(f"{month}-01", "50.00", "Loja", billId=f"bill-{month}")


def truth(home: PluggyHome) -> Lines:
    account = ((row["date"][:7], int(row["amount"] * 100)) for row in home.content.transactions[BANK])
    found = Counter(("account", month, centavos) for month, centavos in account)
    return found + Counter(("card", month, -5000) for month in BILLS)


def first_asked(home: PluggyHome, account: str) -> str | None:
    queries = [request.query for request in home.pluggy.called("/v2/transactions")]
    return next(query.get("dateFrom") for query in queries if query["accountId"] == account)


#: Twelve months, a balance, seven bills and a limit.
ANSWERS = 21


def test_a_round_has_as_many_answers_as_are_killed_below(home: PluggyHome) -> None:
    assert len(home.round(TODAY).answers) == ANSWERS
    assert home.lines == truth(home)


@pytest.mark.parametrize("lives", range(ANSWERS))
def test_a_first_round_that_is_killed_anywhere_loses_nothing(home: PluggyHome, lives: int) -> None:
    with pytest.raises(Killed):
        home.round(TODAY, lives=lives)

    home.rounds([TODAY + timedelta(days=1)])

    assert home.lines == truth(home)


@pytest.mark.parametrize("lives", range(8))
def test_a_round_that_is_killed_after_a_pause_loses_nothing(home: PluggyHome, lives: int) -> None:
    whole = home.content.transactions[BANK]
    paused = date(2026, 3, 20)
    home.content.transactions = {
        BANK: [row for row in whole if row["date"] <= str(paused)],
        CARD: [purchase("2026-01")],
    }
    home.rounds([paused])
    home.content.transactions = {BANK: whole, CARD: [purchase(month) for month in BILLS]}
    with pytest.raises(Killed):
        home.round(TODAY, lives=lives)

    home.rounds([TODAY + timedelta(days=1)])

    assert home.lines == truth(home)


@pytest.mark.parametrize("lost", ["2025-11", "2026-02"])
def test_what_was_lost_is_asked_for_again_and_nothing_older_is_answered(home: PluggyHome, lost: str) -> None:
    home.rounds([TODAY])
    for receipt in home.inbox.receipts():
        if lost in {receipt.bill, *receipt.months}:
            home.inbox.forget(receipt)
    home.pluggy.requests.clear()

    answers = home.round(TODAY + timedelta(days=1)).answers

    assert home.lines == truth(home)
    assert first_asked(home, BANK) == f"{lost}-01"
    months = {a.receipt.months[0] for a in answers if a.receipt.format is DocumentFormat.ACCOUNT_PLUGGY_FEED}
    assert months == {lost, "2026-05", "2026-06", "2026-07", "2026-08"}


def test_a_month_without_movements_is_told_of_and_asked_for_once(home: PluggyHome) -> None:
    rows = home.content.transactions[BANK]
    home.content.transactions[BANK] = [row for row in rows if row["date"][:7] != "2025-12"]
    home.rounds([TODAY])
    home.pluggy.requests.clear()

    home.rounds([TODAY + timedelta(days=1)])

    assert home.lines == truth(home)
    assert first_asked(home, BANK) == "2026-05-01"


def test_after_more_than_a_year_what_the_bank_answers_no_more_stays(home: PluggyHome) -> None:
    first, paused, again = date(2025, 3, 1), date(2025, 7, 10), date(2026, 8, 20)
    everything = movements(first, again, step=3)
    home.content.transactions = {BANK: [row for row in everything if row["date"][:10] <= str(paused)]}
    home.content.bills[CARD] = []
    home.rounds([date(2025, 6, 1), paused])
    before = home.lines
    # The bank answers a year: the account's August of 2025 is cut in its middle.
    kept = [row for row in everything if row["date"][:10] >= str(again - timedelta(days=365))]
    home.content.transactions[BANK] = kept

    home.rounds([again, again + timedelta(days=1)])

    since = Counter(("account", row["date"][:7], int(row["amount"] * 100)) for row in kept)
    assert home.lines == before + Counter({key: count for key, count in since.items() if key[1] > "2025-08"})


def test_a_bill_that_is_over_is_not_empty_because_its_lines_are_not_answered_any_more(home: PluggyHome) -> None:
    home.rounds([TODAY])
    before = home.lines
    home.content.transactions[CARD] = [purchase("2026-07")]

    home.rounds([TODAY + timedelta(days=1)])

    assert home.lines == before
