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


def test_a_bill_to_come_may_be_emptied_by_early_payment_and_an_open_one_may_not(inbox: Inbox) -> None:
    line = "2026-06-05,Loja - Parcela 2/3,10.00"
    collect(inbox, ScriptedSource([parcels(line), parcels(line, bill="2026-07")]))
    paid = collect(inbox, ScriptedSource([parcels(), parcels(line, bill="2026-07")]))
    assert paid.failures == ()
    emptied = collect(inbox, ScriptedSource([parcels(), parcels(bill="2026-07")]))
    assert [type(failure) for failure in emptied.failures] == [SourceAnswerError]


def test_notices_that_vanish_are_not_less(inbox: Inbox) -> None:
    def feed(*titles: str) -> Answer:
        rows = [
            {"id": title, "title": title, "detail": "ANA", "footer": "R$ 1,00", "postDate": "2026-05-03"}
            | {"tags": ["money-out"], "strikethrough": title == "Transferência falhou", "kind": "NEUTRAL"}
            for title in titles
        ]
        return Answer(
            DocumentFormat.ACCOUNT_PYNUBANK_FEED, "account", "feed", write_json({"month": "2026-05", "nodes": rows})
        )

    kept = feed("Transferência enviada", "Transferência falhou")
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
