"""What becomes of a source's answers: all of a round is stored, or nothing, and nothing twice."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from nubank_assets.domain.failures import SourceAnswerError, SourceUnavailableError
from nubank_assets.domain.vocabulary import DocumentFormat, Reading
from nubank_assets.lake.inbox import Inbox, Receipt
from nubank_assets.sources.base import Answer
from nubank_assets.sources.collection import Collection, collect_sources
from nubank_assets.sources.json_documents import write_json

NOW = datetime(2026, 6, 20, 15, tzinfo=UTC)
FEED, BILL = DocumentFormat.ACCOUNT_PLUGGY_FEED, DocumentFormat.CARD_PLUGGY_BILL


@dataclass
class ScriptedSource:
    """A source that answers what a test says, or fails."""

    answers: list[Answer] = field(default_factory=list)
    name: str = "pluggy"
    failure: Exception | None = None
    seen: list[int] = field(default_factory=list)

    def collect(self, known: Sequence[Receipt], now: datetime) -> list[Answer]:
        self.seen.append(len(known))
        if self.failure:
            raise self.failure
        return self.answers


def balance(day: date, brl: str, name: str = "saldo") -> Answer:
    """A document that any reader of ours can read: what a person would state."""
    content = {"account": "account", "observed_on": day.isoformat(), "readings": {Reading.ACCOUNT_BALANCE.value: brl}}
    return Answer(DocumentFormat.ACCOUNT_STATED_BALANCE, "account", name, write_json(content))


def movements(*lines: str, name: str = "extrato") -> Answer:
    """An account's month, in the words of an export."""
    text = "\n".join(["Data,Valor,Identificador,Descrição", *lines, ""])
    return Answer(DocumentFormat.ACCOUNT_CSV, "account", name, text.encode())


@pytest.fixture
def inbox(tmp_path: Path) -> Inbox:
    return Inbox(str(tmp_path / "inbox"))


def collect(inbox: Inbox, *sources: ScriptedSource, now: datetime = NOW) -> Collection:
    return collect_sources(inbox, sources, now)


MAY = [f"{day:02d}/05/2026,-1.00,id{day},Loja" for day in (3, 4, 5)]
JUNE = [f"{day:02d}/06/2026,-1.00,id{day},Loja" for day in (1, 2)]


def test_the_same_round_again_adds_nothing(inbox: Inbox) -> None:
    source = ScriptedSource([movements(*MAY), movements(*JUNE), balance(date(2026, 6, 20), "10.00")])
    first = collect(inbox, source)
    before = inbox.receipts()
    again = collect(inbox, source, now=NOW + timedelta(hours=1))
    assert [answer.is_new for answer in first.answers] == [True] * 3
    assert [answer.is_new for answer in again.answers] == [False] * 3
    assert inbox.receipts() == before
    assert source.seen == [0, 3]


def test_a_later_day_is_told_only_of_what_was_not_over(inbox: Inbox) -> None:
    source = ScriptedSource([movements(*MAY), movements(*JUNE)])
    collect(inbox, source)
    collect(inbox, source, now=NOW + timedelta(days=1))
    as_of = {receipt.months: receipt.as_of for receipt in inbox.receipts()}
    assert as_of == {("2026-05",): NOW, ("2026-06",): NOW + timedelta(days=1)}


def test_a_value_that_returns_within_a_day_is_the_latest_again(inbox: Inbox) -> None:
    for hour, brl in enumerate(["10.00", "5.00", "10.00"]):
        collect(inbox, ScriptedSource([balance(date(2026, 6, 20), brl)]), now=NOW + timedelta(hours=hour))
    receipts = inbox.receipts()
    assert len(receipts) == 2
    assert max(receipts, key=lambda receipt: receipt.as_of).collected_at == NOW


def test_a_failing_source_stores_nothing_and_stops_no_other(inbox: Inbox) -> None:
    failing = ScriptedSource([movements(*MAY)], name="pynubank", failure=SourceUnavailableError("away"))
    found = collect(inbox, failing, ScriptedSource([balance(date(2026, 6, 20), "1.00")]))
    assert [str(failure) for failure in found.failures] == ["away"]
    assert {receipt.source for receipt in inbox.receipts()} == {"pluggy"}
    assert found.new_months == ["2026-06"]


def test_one_login_that_fails_fails_its_source(inbox: Inbox) -> None:
    good, bad = ScriptedSource([movements(*MAY)]), ScriptedSource(failure=SourceAnswerError("odd"))
    assert len(collect(inbox, good, bad).failures) == 1
    assert inbox.receipts() == []


@pytest.mark.parametrize(
    "later",
    [
        pytest.param([movements(*MAY[:2]), movements(*JUNE)], id="a month that is over lost a line"),
        pytest.param([movements(*MAY)], id="the running month is gone"),
        pytest.param([], id="nothing at all"),
    ],
)
def test_less_than_before_changes_nothing(inbox: Inbox, later: list[Answer]) -> None:
    collect(inbox, ScriptedSource([movements(*MAY), movements(*JUNE)]))
    before = inbox.receipts()
    found = collect(inbox, ScriptedSource(later), now=NOW + timedelta(days=1))
    assert [type(failure) for failure in found.failures] == [SourceAnswerError]
    assert "extrato" in str(found.failures[0])
    assert inbox.receipts() == before


def test_more_than_before_or_a_moved_line_of_a_running_month_is_welcome(inbox: Inbox) -> None:
    collect(inbox, ScriptedSource([movements(*MAY), movements(*JUNE)]))
    found = collect(inbox, ScriptedSource([movements(*MAY, MAY[0]), movements(JUNE[0])]), now=NOW + timedelta(days=1))
    assert found.failures == ()
    assert [answer.is_new for answer in found.answers] == [True, True]


def parcels(*lines: str, bill: str = "2026-09") -> Answer:
    """A bill in the words of an export."""
    text = "\n".join(["date,title,amount", *lines, ""])
    due = date.fromisoformat(f"{bill}-10")
    return Answer(DocumentFormat.CARD_CSV, "card", f"bill {bill}", text.encode(), bill, due)


def test_a_bill_may_be_emptied_until_it_is_over(inbox: Inbox) -> None:
    line = "2026-06-05,Loja - Parcela 2/3,10.00"
    collect(inbox, ScriptedSource([parcels(line), parcels(line, bill="2026-07")]))
    emptied = collect(inbox, ScriptedSource([parcels(), parcels(bill="2026-07")]))
    assert emptied.failures == ()
    later = datetime(2026, 7, 20, 15, tzinfo=UTC)
    collect(inbox, ScriptedSource([parcels(line, bill="2026-07")]), now=later)
    less = collect(inbox, ScriptedSource([parcels(bill="2026-07")]), now=later + timedelta(days=1))
    assert [type(failure) for failure in less.failures] == [SourceAnswerError]


def test_two_bills_due_in_one_month_are_not_compared(inbox: Inbox) -> None:
    first, second = (
        parcels("2026-05-05,A,1.00", "2026-05-06,B,1.00", bill="2026-06"),
        parcels("2026-06-05,C,1.00", bill="2026-06"),
    )
    second = replace(second, bill_due=date(2026, 6, 28))
    assert collect(inbox, ScriptedSource([first, second])).failures == ()
    assert collect(inbox, ScriptedSource([first, second]), now=NOW + timedelta(days=1)).failures == ()


def test_an_account_that_is_gone_is_told_of_and_keeps_what_is_stored(inbox: Inbox) -> None:
    other = replace(movements(*JUNE), account="account-ana")
    collect(inbox, ScriptedSource([movements(*JUNE), other]))
    found = collect(inbox, ScriptedSource([movements(*JUNE)]), now=NOW + timedelta(days=1))
    assert found.failures == ()
    assert "account-ana" in found.warnings[0]
    assert {receipt.account for receipt in inbox.receipts()} == {"account", "account-ana"}
    later = collect(inbox, ScriptedSource([movements(*JUNE)]), now=NOW + timedelta(days=60))
    assert later.warnings == ()


def test_two_accounts_that_are_answered_the_same_are_two_documents(inbox: Inbox) -> None:
    nothing = balance(date(2026, 6, 20), "0.00")
    found = collect(inbox, ScriptedSource([nothing, replace(nothing, account="account-ana")]))
    assert found.failures == ()
    assert [receipt.account for receipt in inbox.receipts()] in (["account", "account-ana"], ["account-ana", "account"])


def test_a_movement_that_failed_later_is_not_less(inbox: Inbox) -> None:
    rows = [
        {"id": "a", "title": "Transferência enviada", "detail": "ANA", "footer": "R$ 1,00", "postDate": "2026-05-03"}
        | {"tags": ["money-out"], "strikethrough": failed, "kind": "NEUTRAL"}
        for failed in (False, True)
    ]
    for row in rows:
        feed = Answer(
            DocumentFormat.ACCOUNT_PYNUBANK_FEED, "account", "feed", write_json({"month": "2026-05", "nodes": [row]})
        )
        assert collect(inbox, ScriptedSource([feed])).failures == ()


def test_a_moment_that_the_source_knows_is_kept(inbox: Inbox) -> None:
    moment = NOW - timedelta(hours=9)
    answer = replace(balance(date(2026, 6, 20), "10.00"), as_of=moment)
    collect(inbox, ScriptedSource([answer]))
    collect(inbox, ScriptedSource([answer]), now=NOW + timedelta(days=1))
    assert [receipt.as_of for receipt in inbox.receipts()] == [moment]


def test_notices_that_vanish_are_not_less(inbox: Inbox) -> None:
    def feed(*titles: str) -> Answer:
        rows = [
            {"id": title, "title": title, "detail": "ANA", "footer": "R$ 1,00", "postDate": "2026-05-03"}
            | {"tags": ["money-out"], "strikethrough": False, "kind": "NEUTRAL"}
            for title in titles
        ]
        return Answer(
            DocumentFormat.ACCOUNT_PYNUBANK_FEED, "account", "feed", write_json({"month": "2026-05", "nodes": rows})
        )

    kept = feed("Transferência enviada", "Transferência agendada")
    (answer,) = collect(inbox, ScriptedSource([kept])).answers
    assert answer.receipt.lines == 1
    assert collect(inbox, ScriptedSource([feed("Transferência enviada")])).failures == ()


def test_a_month_that_is_answered_empty_keeps_its_month(inbox: Inbox) -> None:
    (answer,) = collect(inbox, ScriptedSource([replace(movements(), month="2026-04")])).answers
    assert answer.receipt.months == ("2026-04",)


def test_months_long_past_need_not_be_answered_again(inbox: Inbox) -> None:
    collect(inbox, ScriptedSource([movements(*MAY), movements(*JUNE)]))
    july = movements("01/07/2026,-1.00,j,Loja")
    august = movements("01/08/2026,-1.00,a,Loja")
    found = collect(inbox, ScriptedSource([july, august]), now=datetime(2026, 8, 20, 15, tzinfo=UTC))
    assert found.failures == ()
