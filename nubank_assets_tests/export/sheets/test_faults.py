"""Whatever fails at whatever moment: the spreadsheet is wholly old or wholly new, and the next publishing mends it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from nubank_assets.domain.failures import InputError, PermanentError, RetryableError
from nubank_assets.export.sheets import publishing, staging
from nubank_assets.export.sheets.identity import STAGING
from nubank_assets.lake.publish import Lake
from nubank_assets_tests.export.household import TABLES, household
from nubank_assets_tests.export.sheets.home import Home, assert_shows
from nubank_assets_tests.fakes.lake import make_lake
from nubank_assets_tests.fakes.sheets import Book
from nubank_assets_tests.fakes.sheets.faults import Fault


@pytest.fixture
def first(tmp_path: Path) -> Lake:
    return household(tmp_path / "first")


@pytest.fixture
def second(tmp_path: Path) -> Lake:
    """With other rows in many worksheets."""
    more = [{"title": f"Outra {number}", "amount_brl": f"-{number}.10"} for number in range(30)]
    tables = {name: [*TABLES[name], *more] for name in ("expenses", "income", "card_transactions")}
    return make_lake(tmp_path / "second", **{**TABLES, **tables})


@pytest.fixture(params=["at once", "staged"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Cells in the one request, or by the hidden worksheet."""
    if request.param == "staged":
        monkeypatch.setattr(staging, "MOST_BYTES_OF_CELLS", 3_000)
        monkeypatch.setattr(staging, "MOST_BYTES_OF_VALUES", 6_000)
    return str(request.param)


def _visible(book: Book) -> dict[str, Any]:
    """What a person sees."""
    return {sheet.title: (sheet.rows(), sheet.charts) for sheet in book.sheets if sheet.title != STAGING}


def _requests_of(home: Home, publish: Callable[[], Any]) -> int:
    """How many reads and writes it takes."""
    before = len([one for one in home.google.requests if one.kind != "token"])
    publish()
    return len([one for one in home.google.requests if one.kind != "token"]) - before


def test_a_fault_at_any_request_leaves_all_old_or_all_new_and_the_next_mends_it(
    home: Home, first: Lake, second: Lake, way: str
) -> None:
    if way == "staged":
        home.publish(first)
    before = home.book
    old, count = _visible(before), _requests_of(home, lambda: home.publish(second))
    new = _visible(home.book)
    assert count == (6 if way == "staged" else 2)
    for nth in range(1, count + 1):
        for is_carried_out in (False, True):
            home.google.books[home.key] = before
            # From then on Google hangs up: no repeating helps, and nobody knows what was done.
            home.google.faults.append(Fault("drop", is_carried_out=is_carried_out, skip=nth - 1, times=1000))
            with pytest.raises(RetryableError):
                home.publish(second)
            home.google.faults.clear()
            assert _visible(home.book) in (old, new), (nth, is_carried_out)
            home.publish(second)
            assert _visible(home.book) == new
    assert_shows(home.book, second)
    assert home.publish(second).writes == 0


@pytest.mark.usefixtures("way")
def test_a_lost_answer_is_looked_up_and_nothing_is_written_twice(home: Home, first: Lake, second: Lake) -> None:
    home.publish(first)
    count = _requests_of(home, lambda: home.publish(second)) - 2
    home.publish(first)
    before = home.google.writes
    home.google.lose_response_after(count)
    done = home.publish(second)
    assert home.google.writes - before == count == done.writes
    assert done.written == ()
    assert_shows(home.book, second)


@pytest.mark.parametrize("status", [429, 500, 503])
@pytest.mark.usefixtures("way")
def test_a_busy_google_is_asked_again(home: Home, first: Lake, status: int) -> None:
    home.google.fail_next(2, status)
    home.google.fail_next(2, status, kind="write")
    home.publish(first)
    assert_shows(home.book, first)


@pytest.mark.parametrize(("asked", "least"), [(None, 10), (40, 40)])
def test_who_is_not_answered_waits_before_looking_again(
    home: Home, first: Lake, asked: int | None, least: float
) -> None:
    home.google.fail_next(2, 503, kind="write", retry_after=asked)
    home.publish(first)
    assert least < home.time.seconds < 200
    assert_shows(home.book, first)
    home.google.person(home.key).delete("Resumo")
    home.google.fail_next(9, 503, kind="write", retry_after=9_999)
    before = home.time.seconds
    with pytest.raises(RetryableError, match="503"):
        home.publish(first)
    assert home.time.seconds - before < 1


def test_googles_rate_is_waited_for(home: Home, first: Lake, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(staging, "MOST_BYTES_OF_CELLS", 0)
    monkeypatch.setattr(staging, "MOST_BYTES_OF_VALUES", 500)
    home.google.limit(4, home.time.now)
    done = home.publish(first)
    assert done.writes > 10
    assert 120 < home.time.seconds < 1800
    assert_shows(home.book, first)


def _between(monkeypatch: pytest.MonkeyPatch, happens: Callable[[], object], times: int = 1) -> None:
    """Let something happen after the spreadsheet was looked at and before anything is written."""
    decide, left = publishing._Publishing._requests, [times]

    def deciding(self: Any, *arguments: Any) -> Any:
        requests = list(decide(self, *arguments))
        if left[0]:
            left[0] -= 1
            happens()
        return requests

    monkeypatch.setattr(publishing._Publishing, "_requests", deciding)


@pytest.mark.usefixtures("way")
def test_a_worksheet_that_is_deleted_meanwhile_is_made_again(
    home: Home, first: Lake, second: Lake, monkeypatch: pytest.MonkeyPatch
) -> None:
    home.publish(first)
    _between(monkeypatch, lambda: home.google.person(home.key).delete("Despesas"))
    home.publish(second)
    assert_shows(home.book, second)


def test_a_title_that_a_person_takes_meanwhile_stays_theirs(
    home: Home, first: Lake, monkeypatch: pytest.MonkeyPatch
) -> None:
    def take() -> None:
        home.google.person(home.key).add("Despesas")
        home.google.person(home.key).type("Despesas", "A1", "minha")

    _between(monkeypatch, take)
    home.publish(first)
    assert home.book.sheet("Despesas").rows() == [["minha"]]
    assert_shows(home.book, first)


def test_who_changes_the_spreadsheet_all_the_time_is_told_after_three_looks(
    home: Home, first: Lake, second: Lake, monkeypatch: pytest.MonkeyPatch
) -> None:
    home.publish(first)
    titles = iter(("Despesas", "Receitas", "Transacao"))
    _between(monkeypatch, lambda: home.google.person(home.key).delete(next(titles)), times=3)
    before = home.google.writes
    with pytest.raises(PermanentError, match="No grid with id"):
        home.publish(second)
    assert home.google.writes - before == 3
    monkeypatch.undo()
    home.publish(second)
    assert_shows(home.book, second)


def test_who_may_only_read_is_told_at_once_and_nothing_changes(home: Home, first: Lake) -> None:
    home.google.person(home.key).share(home.google.client_email, "reader")
    before = home.book
    with pytest.raises(InputError, match="só pode ler"):
        home.publish(first)
    assert home.google.writes == 1
    assert home.book is before


def test_cells_that_the_person_locked_are_a_plain_sentence(home: Home, first: Lake, second: Lake) -> None:
    home.publish(first)
    home.google.person(home.key).protect("Despesas", "A1:C3")
    old = _visible(home.book)
    with pytest.raises(PermanentError, match="protected cell"):
        home.publish(second)
    assert _visible(home.book) == old
