"""Rounds of questions to the fake of Nubank's API: what comes back, what is asked again, and what is refused."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from nubank_assets.domain.failures import InputError, SourceAnswerError, SourceRefusedError
from nubank_assets.domain.vocabulary import DocumentFormat
from nubank_assets.lake.inbox import Inbox, Receipt
from nubank_assets.sources.base import Answer
from nubank_assets.sources.collection import collect_sources
from nubank_assets.sources.credentials import LocalCredentials
from nubank_assets.sources.json_documents import read_json
from nubank_assets.sources.pynubank import feeds
from nubank_assets.sources.pynubank.collection import PynubankSource
from nubank_assets.sources.pynubank.reading import read_answer
from nubank_assets_tests.fakes.certificates import pkcs12_of_a_person
from nubank_assets_tests.fakes.nubank_api import FakeNubank
from nubank_assets_tests.fakes.nubank_logins import NOW, TODAY, allowed, demo_truth, receipts

BILL, CARD_FEED = DocumentFormat.CARD_PYNUBANK_BILL, DocumentFormat.CARD_PYNUBANK_FEED
FEED = DocumentFormat.ACCOUNT_PYNUBANK_FEED


@pytest.fixture
def fake() -> Iterator[FakeNubank]:
    with FakeNubank(demo_truth(), TODAY) as fake:
        yield fake


def _of(answers: list[Answer], format_: DocumentFormat) -> list[Answer]:
    return [answer for answer in answers if answer.format is format_]


def _content(answer: Answer) -> Any:
    return read_json(answer.data, answer.name)


def _nodes(answers: list[Answer]) -> list[dict[str, Any]]:
    return [node for answer in _of(answers, FEED) for node in _content(answer)["nodes"]]


def test_a_round_brings_bills_months_and_readings(fake: FakeNubank, tmp_path: Path) -> None:
    answers = allowed(fake, tmp_path).collect([], NOW)
    months = {
        format_: [(answer.bill or answer.name.rpartition("feed-")[2]) for answer in _of(answers, format_)]
        for format_ in DocumentFormat
    }
    assert months[BILL] == ["2026-09", "2026-10", "2026-11", "2026-12"]
    assert months[FEED] == ["2026-09.json", "2026-10.json", "2026-11.json"]
    assert months[CARD_FEED][-3:] == ["2026-09.json", "2026-10.json", "2026-11.json"]
    assert len(_of(answers, DocumentFormat.CARD_PYNUBANK_LIMIT)) == 1
    assert len(_of(answers, DocumentFormat.ACCOUNT_PYNUBANK_BALANCE)) == 1
    assert [answer.bill_due for answer in _of(answers, BILL)][-1] == date(2026, 12, 10)
    assert {answer.account for answer in answers} == {"card", "account"}


def test_an_unchanged_answer_is_the_same_document_again(fake: FakeNubank, tmp_path: Path) -> None:
    source = allowed(fake, tmp_path)
    assert source.collect([], NOW) == source.collect([], NOW)
    fake.answers.today = TODAY + timedelta(days=1)
    later = source.collect([], NOW + timedelta(days=1))
    assert {a.data for a in later if a.format in {FEED, CARD_FEED}} == {
        a.data for a in source.collect([], NOW) if a.format in {FEED, CARD_FEED}
    }


def test_amounts_keep_every_digit(fake: FakeNubank, tmp_path: Path) -> None:
    [balance] = _of(allowed(fake, tmp_path).collect([], NOW), DocumentFormat.ACCOUNT_PYNUBANK_BALANCE)
    deposits = _content(balance)["deposits"]
    assert deposits[1]["principal"] == Decimal("1000.10")
    assert b"1000.10" in balance.data
    assert not any("amount" in node for node in _nodes(allowed(fake, tmp_path).collect([], NOW)))


def test_another_login_has_accounts_of_its_own(fake: FakeNubank, tmp_path: Path) -> None:
    answers = allowed(fake, tmp_path, "maria").collect([], NOW)
    assert {answer.account for answer in answers} == {"card-maria", "account-maria"}


def test_a_name_that_no_account_can_have_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError):
        PynubankSource(LocalCredentials(tmp_path), "http://127.0.0.1:1", "../maria")


def test_each_token_is_kept_and_used_once(fake: FakeNubank, tmp_path: Path) -> None:
    source = allowed(fake, tmp_path)
    used = []
    for _ in range(3):
        used.append(fake.refresh_token)
        source.collect([], NOW)
        assert LocalCredentials(tmp_path / "secrets").get("nubank_refresh_token") == fake.refresh_token.encode()
    assert [login.body["refresh_token"] for login in fake.logins] == used
    assert len(set(used)) == 3


def test_a_new_token_is_kept_even_if_all_else_fails(fake: FakeNubank, tmp_path: Path) -> None:
    source = allowed(fake, tmp_path)
    fake.fail_with("/api/proxy", 403)
    with pytest.raises(Exception, match="403"):
        source.collect([], NOW)
    assert LocalCredentials(tmp_path / "secrets").get("nubank_refresh_token") == fake.refresh_token.encode()


def test_cpf_and_password_serve_where_there_is_no_token(
    fake: FakeNubank, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    credentials = LocalCredentials(tmp_path)
    credentials.put("nubank_certificate", pkcs12_of_a_person())
    monkeypatch.setenv("NUBANK_NUBANK_CPF", fake.cpf)
    monkeypatch.setenv("NUBANK_NUBANK_PASSWORD", fake.password)
    source = PynubankSource(credentials, fake.url)
    assert source.collect([], NOW)
    source.collect([], NOW)
    assert [login.body["grant_type"] for login in fake.logins] == ["password", "refresh_token"]


@pytest.mark.parametrize("kept", [[], ["nubank_certificate"], ["nubank_refresh_token"]])
def test_without_a_login_it_says_which_command_makes_one(tmp_path: Path, fake: FakeNubank, kept: list[str]) -> None:
    credentials = LocalCredentials(tmp_path)
    for name in kept:
        credentials.put(name, b"x")
    with pytest.raises(InputError, match="nubank login"):
        PynubankSource(credentials, fake.url).collect([], NOW)
    assert not fake.asked


def test_a_feed_that_never_ends_ends(fake: FakeNubank, tmp_path: Path) -> None:
    whole = _nodes(allowed(fake, tmp_path).collect([], NOW))
    fake.endless = True
    assert _nodes(allowed(fake, tmp_path).collect([], NOW)) == whole
    ids = sorted(line.identifier for line in fake.truth.lines if line.account == "account")
    assert sorted(node["id"] for node in whole) == ids


def test_a_feed_with_ever_new_pages_is_refused(
    fake: FakeNubank, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feeds, "MOST_PAGES", 3)
    fake.page_size = 1
    with pytest.raises(SourceAnswerError, match="Nubank"):
        allowed(fake, tmp_path).collect([], NOW)


def test_two_movements_of_one_id_are_two_and_repeated_ones_are_one(fake: FakeNubank, tmp_path: Path) -> None:
    node = {"id": "same", "title": "Transferência enviada", "detail": "A", "postDate": "2026-11-02", "tags": []}
    fake.answers.extra_nodes = [{**node, "footer": footer} for footer in ("R$ 1,00", "R$ 2,00", "R$ 1,00")]
    found = [node["footer"] for node in _nodes(allowed(fake, tmp_path).collect([], NOW)) if node["id"] == "same"]
    assert found == ["R$ 1,00", "R$ 2,00"]


def _pages(fake: FakeNubank) -> int:
    return len(fake.requests("account_feed_paginated"))


def test_known_months_are_not_read_again(fake: FakeNubank, tmp_path: Path) -> None:
    fake.page_size = 3
    source = allowed(fake, tmp_path)
    first = source.collect([], NOW)
    pages = _pages(fake)
    second = source.collect(receipts(first), NOW)
    assert _pages(fake) - pages < pages
    assert _of(second, FEED) == [a for a in _of(first, FEED) if a.name >= "account-feed-2026-10"]


def test_months_that_nobody_collected_meanwhile_are_read(fake: FakeNubank, tmp_path: Path) -> None:
    fake.page_size = 3
    source = allowed(fake, tmp_path)
    first = source.collect([], NOW)
    known = [receipt for receipt in receipts(first) if receipt.format is not FEED or receipt.months[-1] <= "2026-09"]
    assert _of(source.collect(known, NOW), FEED) == _of(first, FEED)


def test_a_month_that_was_lost_is_read_again_with_all_after_it(fake: FakeNubank, tmp_path: Path) -> None:
    source = allowed(fake, tmp_path)
    first = source.collect([], NOW)
    oldest = next(r for r in receipts(first) if r.format is FEED).model_copy(update={"months": ("2026-07",)})
    assert _of(source.collect([*receipts(first), oldest], NOW), FEED) == _of(first, FEED)


def test_a_month_without_movements_is_an_empty_document_and_not_lost(fake: FakeNubank, tmp_path: Path) -> None:
    node = {"id": "old", "title": "Transferência enviada", "detail": "A", "footer": "R$ 1,00", "tags": ["money-out"]}
    fake.answers.extra_nodes = [{**node, "postDate": day} for day in ("2026-06-05", "0001-01-01", "9999-01-01")]
    inbox, source = Inbox(str(tmp_path / "inbox")), allowed(fake, tmp_path)
    fake.page_size = 3
    assert collect_sources(inbox, [source], NOW).failures == ()
    stored = {r.months: r.lines for r in inbox.receipts() if r.format is FEED and r.lines == 0}
    assert {months for months in stored if months[0] < "2026-11"} == {("2026-07",), ("2026-08",)}
    again = source.collect(inbox.receipts(), NOW)
    assert [a.name[-12:-5] for a in _of(again, FEED)] == ["2026-10", "2026-11", "9999-01"]


def test_two_logins_that_hold_the_same_have_documents_of_their_own(fake: FakeNubank, tmp_path: Path) -> None:
    def readings(name: str | None) -> list[Answer]:
        found = allowed(fake, tmp_path, name).collect([], NOW)
        return [answer for answer in found if answer.format.name.endswith(("LIMIT", "BALANCE"))]

    one, other = readings(None), readings("maria")
    assert len({answer.data for answer in one + other}) == 4
    read = [[read_answer(a.data, a.format, date(2027, 12, 31)).observations for a in found] for found in (one, other)]
    assert read[0] == read[1]


def _details(fake: FakeNubank) -> list[str]:
    return [asked.path.rpartition("/")[2] for asked in fake.requests("/api/bills/")]


def test_bills_that_cannot_change_any_more_are_not_asked_for_again(fake: FakeNubank, tmp_path: Path) -> None:
    source = allowed(fake, tmp_path)
    known = receipts(source.collect([], NOW))
    fake.asked.clear()
    source.collect(known, NOW)
    # On 23 November the bill of 10 October was due 44 days ago, that of 10 November 13 days ago.
    assert _details(fake) == ["bill-2026-11", "open"]


def test_a_bill_seen_soon_after_its_due_date_is_asked_for_once_more(fake: FakeNubank, tmp_path: Path) -> None:
    source = allowed(fake, tmp_path)
    first = datetime(2026, 10, 15, 12, tzinfo=UTC)
    known = [r.model_copy(update={"as_of": first}) for r in receipts(source.collect([], NOW))]
    fake.asked.clear()
    source.collect(known, NOW)
    assert "bill-2026-10" in _details(fake)
    known += receipts(source.collect(known, NOW))
    fake.asked.clear()
    source.collect(known, NOW + timedelta(days=1))
    assert "bill-2026-10" not in _details(fake)


def test_only_the_newest_stored_answer_settles_a_bill(fake: FakeNubank, tmp_path: Path) -> None:
    source = allowed(fake, tmp_path)
    first = datetime(2026, 10, 15, 12, tzinfo=UTC)
    early = receipts(source.collect([], first), first)
    last = receipts(source.collect(early, NOW))
    settled = [receipt for receipt in last if receipt.bill == "2026-10"]
    fake.asked.clear()
    source.collect([*early, *last], NOW)
    assert "bill-2026-10" not in _details(fake)
    # The person forgets the last one: the rounds that were whole since then do not speak for the one before.
    source.collect([*early, *(receipt for receipt in last if receipt not in settled)], NOW)
    assert "bill-2026-10" in _details(fake)


def test_the_last_answer_of_a_bill_is_stored_although_nothing_changed(fake: FakeNubank, tmp_path: Path) -> None:
    inbox, source = Inbox(str(tmp_path / "inbox")), allowed(fake, tmp_path)
    due = date(2026, 10, 10)
    asked = []
    for days in (5, 39, 40, 41, 42):
        fake.asked.clear()
        now = datetime(2026, 10, 10, 15, tzinfo=UTC) + timedelta(days=days)
        assert collect_sources(inbox, [source], now).failures == ()
        asked.append("bill-2026-10" in _details(fake))
    assert asked == [True, True, True, True, False]
    stored = [(r.as_of_day - due).days for r in inbox.receipts() if r.bill_due == due]
    assert stored == [5, 41]


def test_a_closed_bill_that_is_gone_from_the_list_is_refused(fake: FakeNubank, tmp_path: Path) -> None:
    source = allowed(fake, tmp_path)
    known = receipts(source.collect([], NOW))
    fake.answers.lost_bills = {"2026-10"}
    with pytest.raises(SourceAnswerError, match=r"card-bill-2026-10-10\.json: 2 .* 3"):
        source.collect(known, NOW)


def test_a_bill_that_was_not_closed_may_go_and_so_may_a_card(fake: FakeNubank, tmp_path: Path) -> None:
    source = allowed(fake, tmp_path)
    known = receipts(source.collect([], NOW))
    fake.answers.lost_bills = {"2026-12"}
    assert [answer.bill for answer in _of(source.collect(known, NOW), BILL)] == ["2026-11"]
    fake.answers.lost_bills = {"2026-09", "2026-10", "2026-11", "2026-12"}
    assert _of(source.collect(known, NOW), BILL) == []
    fake.answers.has_card = False
    assert {answer.account for answer in source.collect(known, NOW)} == {"account"}


def test_a_bill_of_long_ago_may_be_gone(fake: FakeNubank, tmp_path: Path) -> None:
    source = allowed(fake, tmp_path)
    known = receipts(source.collect([], NOW))
    old = next(receipt for receipt in known if receipt.bill == "2026-10")
    old = old.model_copy(update={"bill": "2025-10", "bill_due": date(2025, 10, 10)})
    assert source.collect([*known, old], NOW)


def test_the_bills_of_others_do_not_matter(fake: FakeNubank, tmp_path: Path) -> None:
    known: list[Receipt] = receipts(allowed(fake, tmp_path, "maria").collect([], NOW))
    fake.answers.lost_bills = {"2026-10"}
    assert len(_of(allowed(fake, tmp_path).collect(known, NOW), BILL)) == 3


def test_an_account_without_a_card_is_no_error(fake: FakeNubank, tmp_path: Path) -> None:
    fake.answers.has_card = False
    answers = allowed(fake, tmp_path).collect([], NOW)
    assert {answer.account for answer in answers} == {"account"}


def test_a_card_without_an_account_is_no_error(fake: FakeNubank, tmp_path: Path) -> None:
    fake.answers.has_account = False
    answers = allowed(fake, tmp_path).collect([], NOW)
    assert {answer.account for answer in answers} == {"card"}
    assert _of(answers, BILL)


@pytest.mark.parametrize(
    ("method", "answer", "missing"),
    [
        ("bills_summary", {}, "bills"),
        ("bills_summary", {"bills": ["text"]}, "bills"),
        ("bills_summary", {"bills": [{"summary": {}}]}, "state"),
        ("bills_summary", {"bills": [{"state": "open", "summary": {}}]}, "summary.due_date"),
        ("bills_summary", {"bills": [{"state": "open", "summary": {"due_date": "soon"}}]}, "summary.due_date"),
        ("bills_summary", {"bills": [{"state": "open", "summary": {"due_date": "2026-12-10"}}]}, "_links.self"),
        ("bill", {"bill": {"line_items": None}}, "line_items"),
        ("bill", {}, "bill"),
        ("events", {}, "events"),
        ("events", {"events": [{"category": "transaction"}]}, "time"),
        ("card_account", {}, "account"),
        ("card_account", {"account": {}}, "account.credit_limit"),
        ("account_balance", {"data": None, "errors": []}, "data.viewer"),
        ("account_balance", {"data": {"viewer": {"savingsAccount": {}}}}, "currentSavingsBalance"),
        ("investments", {"data": {"viewer": {"savingsAccount": {"redeemableDeposits": [{}]}}}}, "principal"),
        (
            "viewer",
            {"data": {"viewer": {"savingsAccount": {"currentSavingsBalance": {"netAmount": "1"}}}}},
            "netAmount",
        ),
    ],
)
def test_an_unknown_shape_is_named(
    fake: FakeNubank, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, method: str, answer: object, missing: str
) -> None:
    monkeypatch.setattr(type(fake.answers), method, lambda *_: answer)
    with pytest.raises(SourceAnswerError, match=missing):
        allowed(fake, tmp_path).collect([], NOW)


@pytest.mark.parametrize(
    ("feed", "missing"),
    [
        ({}, "feedItems"),
        ({"feedItems": {"pageInfo": {}, "edges": None}}, "edges"),
        ({"feedItems": {"edges": []}}, "pageInfo"),
        ({"feedItems": {"pageInfo": {}, "edges": [{}]}}, "node"),
        ({"feedItems": {"pageInfo": {}, "edges": [{"node": {"id": "x", "title": "t"}}]}}, "postDate"),
    ],
)
def test_an_unknown_shape_of_the_feed_is_named(
    fake: FakeNubank, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, feed: Any, missing: str
) -> None:
    answer = {"data": {"viewer": {"savingsAccount": feed}}}
    monkeypatch.setattr(FakeNubank, "_feed", lambda *_: answer)
    with pytest.raises(SourceAnswerError, match=missing):
        allowed(fake, tmp_path).collect([], NOW)


def test_a_movement_whose_day_cannot_be_read_is_not_lost(fake: FakeNubank, tmp_path: Path) -> None:
    fake.answers.extra_nodes = [{"id": "odd", "title": "t", "detail": "R$ 1,00", "footer": None, "postDate": "Hoje"}]
    answers = allowed(fake, tmp_path).collect([], NOW)
    assert [node["id"] for node in _nodes(answers)].count("odd") == 1


def test_doctor_learns_of_a_broken_login_without_logging_in(fake: FakeNubank, tmp_path: Path) -> None:
    source = allowed(fake, tmp_path, "maria")
    assert source.check(NOW) == ["card-maria", "account-maria"]
    assert fake.asked == []
    credentials = LocalCredentials(tmp_path / "secrets")
    credentials.put("nubank_certificate_maria", b"no certificate")
    with pytest.raises(SourceRefusedError):
        PynubankSource(credentials, fake.url, "maria").check(NOW)
    with pytest.raises(InputError, match="nubank login --name ana"):
        PynubankSource(credentials, fake.url, "ana").check(NOW)


def test_a_refused_login_names_the_command_that_renews_it(fake: FakeNubank, tmp_path: Path) -> None:
    source = allowed(fake, tmp_path, "maria")
    fake.fail_with("/api/token", 401)
    with pytest.raises(SourceRefusedError, match="nubank login --name maria"):
        source.collect([], NOW)


class Unwritable(LocalCredentials):
    """Secrets that can be read and not be kept, as without the permission to put them."""

    def put(self, name: str, secret: bytes) -> None:
        raise SourceRefusedError("AWS negou PutSecretValue")


def test_a_token_that_could_not_be_replaced_is_not_spent(fake: FakeNubank, tmp_path: Path) -> None:
    allowed(fake, tmp_path)
    with pytest.raises(SourceRefusedError, match="PutSecretValue"):
        PynubankSource(Unwritable(tmp_path / "secrets"), fake.url).collect([], NOW)
    assert fake.logins == []
    assert PynubankSource(LocalCredentials(tmp_path / "secrets"), fake.url).collect([], NOW)
