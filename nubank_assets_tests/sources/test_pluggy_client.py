"""Pluggy over real HTTP: keys, pages, and every way it can fail. Whatever fails, nothing is answered."""

import logging
import time
import traceback
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from nubank_assets.domain.failures import InputError, SourceAnswerError, SourceRefusedError, SourceUnavailableError
from nubank_assets.sources import http
from nubank_assets.sources.base import Answer, Source
from nubank_assets.sources.credentials import Credentials, LocalCredentials
from nubank_assets.sources.demo.generator import write_demo
from nubank_assets.sources.demo.truth import Truth
from nubank_assets.sources.pluggy import client
from nubank_assets.sources.pluggy.client import PluggyClient
from nubank_assets.sources.pluggy.collection import PluggySource
from nubank_assets_tests.fakes.pluggy_api import CLIENT_ID, CLIENT_SECRET, Failure, FakePluggy
from nubank_assets_tests.fakes.pluggy_content import BANK, CARD

TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 15, tzinfo=UTC)


@pytest.fixture(scope="module")
def truth(tmp_path_factory: pytest.TempPathFactory) -> Truth:
    return write_demo(tmp_path_factory.mktemp("demo"), months=6, seed=3, today=TODAY)


@pytest.fixture
def pluggy(truth: Truth, monkeypatch: pytest.MonkeyPatch) -> Iterator[FakePluggy]:
    monkeypatch.setattr(http, "LONGEST_WAIT", 0.01)
    with FakePluggy(truth, TODAY) as running:
        yield running


@pytest.fixture
def credentials(tmp_path: Path) -> LocalCredentials:
    kept = LocalCredentials(tmp_path / "secrets")
    kept.put("pluggy_client_id", CLIENT_ID.encode())
    kept.put("pluggy_client_secret", CLIENT_SECRET.encode())
    return kept


def collect(pluggy: FakePluggy, credentials: Credentials) -> list[Answer]:
    source: Source = PluggySource(credentials, pluggy.url, [pluggy.item])
    return source.collect([], NOW)


def test_keys_go_in_the_body_and_the_header_only_and_each_thing_is_asked_once(
    pluggy: FakePluggy, credentials: LocalCredentials
) -> None:
    collect(pluggy, credentials)

    assert len(pluggy.called("/auth")) == 1
    assert CLIENT_SECRET in pluggy.called("/auth")[0].body
    others = [request for request in pluggy.requests if request.path != "/auth"]
    assert {request.headers["x-api-key"] for request in others} == set(pluggy.keys)
    asked = [(request.path, *sorted(request.query.items())) for request in others]
    assert len(asked) == len(set(asked))
    assert not [request for request in others if pluggy.keys[0] in str(request.query) + request.path]


def test_pages_are_followed_to_their_end_and_a_line_of_two_pages_counts_once(
    pluggy: FakePluggy, credentials: LocalCredentials
) -> None:
    rows = PluggyClient(credentials, pluggy.url).transactions(CARD)

    pages = len(pluggy.called("/v2/transactions"))
    assert pages == -(-len(rows) // pluggy.page_size) > 3
    assert sorted(row["id"] for row in rows) == sorted(row["id"] for row in pluggy.content.transactions[CARD])


def test_numbered_pages_are_followed(
    pluggy: FakePluggy, credentials: LocalCredentials, monkeypatch: pytest.MonkeyPatch
) -> None:
    bills = pluggy.content.bills[CARD]
    plain_answer = pluggy.answer

    def in_pages(request):  # type: ignore[no-untyped-def]
        if request.path != "/bills":
            return plain_answer(request)
        number = int(request.query.get("page", "1"))
        return 200, {"page": number, "totalPages": len(bills), "results": bills[number - 1 : number]}

    monkeypatch.setattr(pluggy, "answer", in_pages)

    assert PluggyClient(credentials, pluggy.url).bills(CARD) == bills


@pytest.mark.parametrize(
    "cursor",
    [
        "?accountId=x&after=same",
        "accountId=x&after=same",
        "/v2/transactions?after=same",
        "{url}/v2/transactions?after=same",
    ],
)
def test_a_cursor_that_comes_again_ends_in_an_error_and_the_account_stays_ours(
    pluggy: FakePluggy, credentials: LocalCredentials, monkeypatch: pytest.MonkeyPatch, cursor: str
) -> None:
    monkeypatch.setattr(pluggy, "_transactions", lambda query: {"results": [], "next": cursor.format(url=pluggy.url)})

    with pytest.raises(SourceAnswerError, match="não acabam"):
        PluggyClient(credentials, pluggy.url).transactions(BANK)
    assert [request.query for request in pluggy.called("/v2/transactions")] == [
        {"accountId": BANK},
        {"accountId": BANK, "after": "same"},
    ]


def test_pages_that_never_end_are_cut_off(
    pluggy: FakePluggy, credentials: LocalCredentials, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client, "MOST_PAGES", 5)
    monkeypatch.setattr(
        pluggy, "_transactions", lambda query: {"results": [], "next": f"?after={len(pluggy.requests)}"}
    )

    with pytest.raises(SourceAnswerError, match="não acabam"):
        PluggyClient(credentials, pluggy.url).transactions(BANK)
    assert len(pluggy.called("/v2/transactions")) == 5


@pytest.mark.parametrize(
    "cursor", ["http://127.0.0.1:1/v2?after=1", "//evil.example/v2?after=1", "https://evil.example?after=1"]
)
def test_a_page_at_another_address_is_not_followed(
    pluggy: FakePluggy, credentials: LocalCredentials, monkeypatch: pytest.MonkeyPatch, cursor: str
) -> None:
    monkeypatch.setattr(pluggy, "_transactions", lambda query: {"results": [], "next": cursor})

    with pytest.raises(SourceAnswerError, match="outro endereço") as caught:
        PluggyClient(credentials, pluggy.url).transactions(BANK)
    assert "evil" not in str(caught.value)


def test_a_redirect_takes_no_key_anywhere(pluggy: FakePluggy, credentials: LocalCredentials, truth: Truth) -> None:
    with FakePluggy(truth, TODAY) as elsewhere:
        pluggy.fail_with("/accounts", 302, headers={"Location": f"{elsewhere.url}/accounts"})
        with pytest.raises(SourceAnswerError):
            collect(pluggy, credentials)
        assert elsewhere.requests == []


def test_wrong_keys_are_named_and_not_shown(pluggy: FakePluggy, tmp_path: Path) -> None:
    wrong = LocalCredentials(tmp_path / "wrong")
    wrong.put("pluggy_client_id", CLIENT_ID.encode())
    wrong.put("pluggy_client_secret", b"not-the-secret")

    with pytest.raises(SourceRefusedError, match="NUBANK_PLUGGY_CLIENT_SECRET") as caught:
        collect(pluggy, wrong)
    assert "not-the-secret" not in str(caught.value)
    assert len(pluggy.requests) == 1


def test_a_missing_secret_names_its_variable(pluggy: FakePluggy, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="NUBANK_PLUGGY_CLIENT_ID"):
        collect(pluggy, LocalCredentials(tmp_path))
    assert pluggy.requests == []


def test_an_expired_key_is_renewed_once(pluggy: FakePluggy, credentials: LocalCredentials) -> None:
    before = collect(pluggy, credentials)
    reader = PluggyClient(credentials, pluggy.url)
    reader.bills(CARD)
    pluggy.expire_key()

    assert reader.bills(CARD) == pluggy.content.bills[CARD]
    assert len(pluggy.keys) == 3

    pluggy.expire_key()
    with pytest.raises(SourceRefusedError, match="403"):
        reader.bills(CARD)
    assert len(pluggy.keys) == 3
    assert collect(pluggy, credentials) == before


@pytest.mark.parametrize("status", [401, 403])
def test_a_refusal_that_a_new_key_does_not_mend_says_what_to_do(
    pluggy: FakePluggy, credentials: LocalCredentials, status: int
) -> None:
    pluggy.fail_with("/v2/transactions", status)

    with pytest.raises(SourceRefusedError, match=rf"{status}.*teste.*MeuPluggy"):
        collect(pluggy, credentials)
    assert len(pluggy.called("/auth")) == 2


def test_a_connection_that_pluggy_does_not_know_is_named(pluggy: FakePluggy, credentials: LocalCredentials) -> None:
    pluggy.content.items.clear()

    with pytest.raises(SourceRefusedError, match=f"{pluggy.item[:8]}.*NUBANK_PLUGGY_ITEMS"):
        collect(pluggy, credentials)


@pytest.mark.parametrize("path", ["/auth", "/items/", "/accounts", "/bills", "/v2/transactions"])
@pytest.mark.parametrize("failure", [429, 500, 503, "drop"])
def test_a_failure_that_passes_changes_nothing(
    pluggy: FakePluggy, credentials: LocalCredentials, path: str, failure: Failure
) -> None:
    expected = collect(pluggy, credentials)
    pluggy.fail_with(path, failure, times=2)

    assert collect(pluggy, credentials) == expected


@pytest.mark.parametrize(
    ("failure", "kind"),
    [
        (429, SourceUnavailableError),
        (500, SourceUnavailableError),
        ("drop", SourceUnavailableError),
        ("garbage", SourceAnswerError),
        (410, SourceAnswerError),
    ],
)
def test_a_failure_that_stays_answers_nothing_even_in_the_middle_of_pages(
    pluggy: FakePluggy, credentials: LocalCredentials, failure: Failure, kind: type[Exception]
) -> None:
    pluggy.fail_with("/v2/transactions", failure, after=2)

    with pytest.raises(kind, match="nada foi alterado"):
        collect(pluggy, credentials)
    failed = len(pluggy.called("/v2/transactions")) - 2
    assert failed == (http.ATTEMPTS if kind is SourceUnavailableError else 1)


def test_a_slow_answer_is_not_waited_for_for_ever(
    pluggy: FakePluggy, credentials: LocalCredentials, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(http, "TIMEOUT", (0.2, 0.2))
    pluggy.fail_with("/bills", "slow")
    started = time.monotonic()

    with pytest.raises(SourceUnavailableError, match="Timeout"):
        collect(pluggy, credentials)
    assert time.monotonic() - started < http.ATTEMPTS * pluggy.slow_seconds


def test_a_busy_server_is_asked_again_when_it_says(
    pluggy: FakePluggy, credentials: LocalCredentials, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(http, "LONGEST_WAIT", 5.0)
    pluggy.fail_with("/bills", 429, times=1, headers={"Retry-After": "2"})
    started = time.monotonic()

    assert PluggyClient(credentials, pluggy.url).bills(CARD)
    assert time.monotonic() - started >= 2


@pytest.mark.parametrize("failure", [401, 403, 404, 429, 500, "garbage", "drop"])
@pytest.mark.parametrize("path", ["/auth", "/items/", "/v2/transactions"])
def test_no_secret_is_in_an_error_or_a_log(
    pluggy: FakePluggy, credentials: LocalCredentials, caplog: pytest.LogCaptureFixture, path: str, failure: Failure
) -> None:
    caplog.set_level(logging.DEBUG)
    pluggy.fail_with(path, failure)

    with pytest.raises((SourceRefusedError, SourceAnswerError, SourceUnavailableError)) as caught:
        collect(pluggy, credentials)

    said = "".join(traceback.format_exception(caught.value)) + caplog.text
    assert [secret for secret in (CLIENT_ID, CLIENT_SECRET, *pluggy.keys) if secret in said] == []
    assert [secret for secret in (pluggy.url, pluggy.item, CARD) if secret in str(caught.value)] == []
