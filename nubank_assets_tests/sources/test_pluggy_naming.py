"""An account keeps its name: when others come and go, when the order turns, when a person connects again."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from nubank_assets_tests.fakes.pluggy_api import FakePluggy
from nubank_assets_tests.fakes.pluggy_content import BANK, CARD, ITEM, Row
from nubank_assets_tests.fakes.pluggy_rounds import PluggyHome, bank, bill, card, line

SECOND = "cccc0000-0000-4000-8000-000000000002"
THIRD = "cccc0000-0000-4000-8000-000000000003"
DAY, LATER = date(2026, 7, 6), date(2026, 7, 8)
STORED = Counter({("card", "2026-07", -10000): 1, ("card-5678", "2026-07", -7000): 1})


@pytest.fixture
def home(tmp_path: Path) -> Iterator[PluggyHome]:
    """Two cards, each with a bill that is closed, already collected once."""
    with FakePluggy() as pluggy:
        home = PluggyHome(tmp_path, pluggy)
        home.content.accounts[ITEM] = [card(), second()]
        spend(home, CARD, "100.00")
        spend(home, SECOND, "70.00")
        home.rounds([DAY])
        assert home.lines == STORED
        yield home


def second(id_: str = SECOND) -> Row:
    return card(id_, "**** 5678", created="2026-01-05")


def spend(home: PluggyHome, account: str, total: str) -> None:
    home.content.bills[account] = [bill("2026-07", total, f"{account}-07")]
    home.content.transactions[account] = [line("2026-06-10", total, "Loja", billId=f"{account}-07")]


def test_a_cancelled_first_card_leaves_the_second_its_name(home: PluggyHome) -> None:
    home.content.accounts[ITEM] = [second()]

    home.rounds([LATER])

    assert home.lines == STORED


def test_an_order_that_turns_changes_no_name(home: PluggyHome) -> None:
    home.content.accounts[ITEM] = [second() | {"createdAt": "2020-01-01T00:00:00.000Z"}, card()]

    home.rounds([LATER])

    assert home.lines == STORED


def test_after_a_reconnection_the_number_tells(home: PluggyHome) -> None:
    new = "0aa0a000-0000-4000-8000-0000000000ff"
    home.items = [new]
    home.content.accounts[new] = [card("d-2", "5678", created="2026-07-07"), card("d-1", "4321", created="2026-07-08")]
    spend(home, "d-1", "100.00")
    spend(home, "d-2", "70.00")

    home.rounds([LATER])

    assert home.lines == STORED
    assert {receipt.external_account for receipt in home.inbox.receipts() if receipt.account == "card"} == {
        f"{CARD} 4321",
        "d-1 4321",
    }


def test_a_new_card_gets_no_name_that_another_one_had(home: PluggyHome) -> None:
    home.content.accounts[ITEM] = [card(THIRD, "9999"), card("c4", "5678", created="2026-07-01"), second()]
    spend(home, THIRD, "30.00")
    spend(home, "c4", "40.00")

    home.rounds([LATER])

    new = {("card-9999", "2026-07", -3000): 1, ("card-5678-2", "2026-07", -4000): 1}
    assert home.lines == STORED + Counter(new)
    home.content.accounts[ITEM].reverse()
    home.rounds([date(2026, 7, 9)])
    assert home.lines == STORED + Counter(new)


def test_a_connection_that_is_renamed_keeps_the_names_of_its_accounts(home: PluggyHome) -> None:
    home.items = [f"{ITEM}=maria"]

    home.rounds([LATER])

    assert home.lines == STORED


def test_equal_numbers_of_two_people_are_two_accounts(home: PluggyHome) -> None:
    other = "0aa0a000-0000-4000-8000-0000000000ee"
    home.items = [ITEM, f"{other}=maria"]
    home.content.accounts[other] = [card("m-1", "4321"), bank("m-2", None)]
    spend(home, "m-1", "20.00")

    home.rounds([LATER])

    assert home.lines == STORED + Counter({("card-maria", "2026-07", -2000): 1})


def test_a_balance_belongs_to_the_account_that_says_it(home: PluggyHome) -> None:
    home.content.accounts[ITEM].append(bank())

    home.rounds([LATER])

    (receipt,) = [receipt for receipt in home.inbox.receipts() if receipt.account == "account"]
    assert receipt.external_account == f"{BANK} 123456789"
