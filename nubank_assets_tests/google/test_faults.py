"""Everything that may pass: what is repeated, how often, how long, and what is never done twice."""

from collections.abc import Callable
from typing import Any

import pytest
import requests

from nubank_assets.domain.failures import RetryableError
from nubank_assets.google import client, repeating
from nubank_assets.google.answers import UnansweredError, unreachable
from nubank_assets.google.spreadsheet import Spreadsheet
from nubank_assets_tests.fakes.sheets import FakeSheets
from nubank_assets_tests.fakes.sheets.faults import How, Kind
from nubank_assets_tests.google.conftest import TestClock, add_request, write_request

STATUSES = (429, 500, 502, 503, 504)
Call = Callable[[Spreadsheet], Any]
#: Calls that may be repeated, with their kind.
REPEATABLE: dict[str, Call] = {
    "structure": lambda it: it.structure(),
    "values": lambda it: it.values(["Página1!A1"]),
    "write_values": lambda it: it.write_values({"Página1!A1": [["a"]]}),
    "update": lambda it: it.update([write_request("a")], repeatable=True),
}


@pytest.mark.parametrize("name", REPEATABLE)
@pytest.mark.parametrize("status", STATUSES)
def test_a_failure_that_passes_is_waited_for(
    sheets: FakeSheets, spreadsheet: Spreadsheet, clock: TestClock, name: str, status: int
) -> None:
    sheets.fail_next(2, status)
    REPEATABLE[name](spreadsheet)
    assert len(clock.slept) == 2
    assert sheets.reads + sheets.writes == 3


@pytest.mark.parametrize("how", ["drop", "page", "garbage"])
@pytest.mark.parametrize("name", REPEATABLE)
def test_an_answer_that_is_lost_or_nonsense_is_asked_for_again(
    sheets: FakeSheets, spreadsheet: Spreadsheet, key: str, name: str, how: How
) -> None:
    kind: Kind = "read" if name in {"structure", "values"} else "write"
    sheets.lose_response_after(1, how=how, kind=kind)
    REPEATABLE[name](spreadsheet)
    assert sheets.reads + sheets.writes == 2


@pytest.mark.parametrize("status", STATUSES)
def test_a_failure_that_stays_ends_after_so_many_attempts(
    sheets: FakeSheets, spreadsheet: Spreadsheet, clock: TestClock, status: int
) -> None:
    sheets.fail_next(100, status)
    with pytest.raises(RetryableError, match=str(status)):
        spreadsheet.structure()
    assert sheets.reads == repeating.ATTEMPTS
    assert clock.seconds <= repeating.LONGEST
    assert clock.slept == sorted(clock.slept)
    assert clock.slept[-1] > 30


def test_waits_are_jittered(sheets: FakeSheets, spreadsheet: Spreadsheet, clock: TestClock) -> None:
    waits = set()
    for _ in range(4):
        sheets.fail_next(1, 503)
        spreadsheet.structure()
        waits.add(clock.slept[-1])
    assert len(waits) == 4
    assert all(repeating.FIRST_WAIT <= wait <= 3 * repeating.FIRST_WAIT for wait in waits)


def test_google_is_asked_again_when_it_says_and_not_before(
    sheets: FakeSheets, spreadsheet: Spreadsheet, clock: TestClock
) -> None:
    sheets.fail_next(1, 429, retry_after=42)
    spreadsheet.structure()
    assert clock.slept == [42.0]


def test_a_wait_beyond_the_longest_is_not_waited_for(
    sheets: FakeSheets, spreadsheet: Spreadsheet, clock: TestClock
) -> None:
    sheets.fail_next(1, 429, retry_after=3600)
    with pytest.raises(RetryableError, match="429"):
        spreadsheet.structure()
    assert clock.slept == []
    assert sheets.reads == 1


def test_all_waits_together_have_an_end(sheets: FakeSheets, spreadsheet: Spreadsheet, clock: TestClock) -> None:
    sheets.fail_next(100, 503, retry_after=120)
    with pytest.raises(RetryableError, match="503"):
        spreadsheet.structure()
    assert clock.slept == [120.0, 120.0]


# What must not be done twice.


@pytest.mark.parametrize("status", STATUSES[1:])
def test_what_may_be_done_already_is_not_sent_again(
    sheets: FakeSheets, spreadsheet: Spreadsheet, clock: TestClock, status: int
) -> None:
    sheets.fail_next(1, status)
    with pytest.raises(UnansweredError) as caught:
        spreadsheet.update([add_request("Extrato")], repeatable=False)
    assert not caught.value.is_undone
    assert (sheets.writes, clock.slept) == (1, [])


@pytest.mark.parametrize("how", ["drop", "page", "garbage"])
def test_a_lost_answer_of_what_was_done_is_said_and_not_sent_again(
    sheets: FakeSheets, spreadsheet: Spreadsheet, key: str, how: How
) -> None:
    sheets.lose_response_after(2, how=how)
    spreadsheet.update([add_request("Extrato")], repeatable=False)
    with pytest.raises(RetryableError):
        spreadsheet.update([add_request("Resumo")], repeatable=False)
    assert sheets.book(key).titles == ["Página1", "Extrato", "Resumo"]
    assert sheets.writes == 2


def test_what_google_had_no_time_for_was_not_done_and_is_sent_again(
    sheets: FakeSheets, spreadsheet: Spreadsheet, key: str
) -> None:
    sheets.fail_next(3, 429)
    spreadsheet.update([add_request("Extrato")], repeatable=False)
    assert sheets.book(key).titles == ["Página1", "Extrato"]
    assert sheets.writes == 4


@pytest.mark.parametrize("repeatable", [True, False])
def test_a_connection_that_never_was_did_nothing_and_is_tried_again(
    sheets: FakeSheets, spreadsheet: Spreadsheet, clock: TestClock, key: str, repeatable: bool
) -> None:
    spreadsheet.structure()
    sheets.refuse_connections()
    clock.while_waiting = sheets.accept_connections
    spreadsheet.update([add_request("Extrato")], repeatable=repeatable)
    assert len(clock.slept) == 1
    assert sheets.book(key).titles == ["Página1", "Extrato"]


def test_a_server_that_is_not_there_is_named_and_given_up(
    sheets: FakeSheets, spreadsheet: Spreadsheet, clock: TestClock
) -> None:
    sheets.refuse_connections()
    with pytest.raises(UnansweredError, match="ConnectionError") as caught:
        spreadsheet.update([add_request("Extrato")], repeatable=False)
    assert caught.value.is_undone
    assert len(clock.slept) == repeating.ATTEMPTS - 1


@pytest.mark.parametrize("error", [requests.ConnectTimeout(), requests.exceptions.SSLError()])
def test_a_connection_that_was_not_made_carried_nothing_out(error: requests.RequestException) -> None:
    assert unreachable(error).is_undone
    assert not unreachable(requests.ReadTimeout()).is_undone


def test_a_slow_answer_is_not_waited_for_for_ever(
    sheets: FakeSheets, spreadsheet: Spreadsheet, key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    spreadsheet.structure()
    monkeypatch.setattr(client, "READ_TIMEOUT", (1, 0.2))
    monkeypatch.setattr(client, "WRITE_TIMEOUT", (1, 0.2))
    sheets.answer_slowly(0.6, kind="read")
    spreadsheet.structure()
    sheets.answer_slowly(0.6, kind="write")
    with pytest.raises(RetryableError, match="Timeout"):
        spreadsheet.update([add_request("Extrato")], repeatable=False)
    assert (sheets.reads, sheets.writes) == (3, 1)


# Tokens are asked for by the same rules.


@pytest.mark.parametrize("how", ["error", "drop", "page", "garbage"])
def test_a_token_that_does_not_come_is_asked_for_again_even_for_what_must_not_be_done_twice(
    sheets: FakeSheets, spreadsheet: Spreadsheet, clock: TestClock, key: str, how: How
) -> None:
    sheets.fail_next(2, 503 if how == "error" else 200, kind="token", how=how)
    spreadsheet.update([add_request("Extrato")], repeatable=False)
    assert (sheets.count("token"), sheets.writes, len(clock.slept)) == (3, 1, 2)


def test_tokens_that_never_come_are_given_up(sheets: FakeSheets, spreadsheet: Spreadsheet, clock: TestClock) -> None:
    sheets.fail_next(100, 500, kind="token")
    with pytest.raises(RetryableError, match="500"):
        spreadsheet.structure()
    assert (sheets.count("token"), sheets.reads) == (repeating.ATTEMPTS, 0)
