"""Which document counts: every rule of the choice, and that the order of asking changes nothing."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nubank_assets.domain.documents import (
    DocumentFacts,
    Verdict,
    bill_keys,
    bill_state,
    choose_bill_document,
    choose_day_documents,
)
from nubank_assets.domain.months import SAO_PAULO
from nubank_assets.domain.vocabulary import BillState, DocumentFormat, LineState

CURRENT, SUPERSEDED, DUPLICATE = Verdict(LineState.CURRENT), Verdict(LineState.SUPERSEDED), Verdict(LineState.DUPLICATE)
START = datetime(2026, 6, 1, 12, tzinfo=UTC)


def facts(
    name: str,
    state: BillState | None = BillState.CLOSED,
    *,
    day: int = 0,
    collected: int = 0,
    format_: DocumentFormat = DocumentFormat.CARD_CSV,
) -> DocumentFacts:
    return DocumentFacts(name, format_, START + timedelta(days=day), START + timedelta(days=collected), state)


def choose(documents: list[DocumentFacts], prints: dict[str, str] | None = None) -> dict[str, Verdict]:
    def fingerprint(name: str) -> str:
        return (prints or {}).get(name, name)

    return choose_bill_document(documents, lambda one, other: fingerprint(one) == fingerprint(other))


@pytest.mark.parametrize(
    ("moment", "state"),
    [
        ("2026-06-03T23:59:59", BillState.FUTURE),
        ("2026-06-04T00:00:00", BillState.OPEN),
        ("2026-07-03T23:59:59", BillState.OPEN),
        ("2026-07-04T00:00:00", BillState.CLOSED),
    ],
)
def test_a_bill_closes_at_midnight_in_sao_paulo_a_week_before_it_is_due(moment: str, state: BillState) -> None:
    local = datetime.fromisoformat(moment).replace(tzinfo=SAO_PAULO)
    assert bill_state("2026-07", date(2026, 7, 10), local) is state
    assert bill_state("2026-07", date(2026, 7, 10), local.astimezone(UTC)) is state


def test_midnight_in_london_is_not_midnight_in_sao_paulo() -> None:
    due = date(2026, 7, 10)
    assert bill_state("2026-07", due, datetime(2026, 7, 4, 2, 59, tzinfo=UTC)) is BillState.OPEN
    assert bill_state("2026-07", due, datetime(2026, 7, 4, 3, 0, tzinfo=UTC)) is BillState.CLOSED


def test_a_bill_of_which_only_the_month_is_known_never_closes_too_early() -> None:
    for due in range(1, 32):
        day = date(2026, 7, due) - timedelta(days=7)
        moment = datetime(day.year, day.month, day.day, 12, tzinfo=SAO_PAULO)
        assert bill_state("2026-07", None, moment) is not BillState.CLOSED
    assert bill_state("2026-07", None, datetime(2026, 7, 25, 12, tzinfo=SAO_PAULO)) is BillState.CLOSED


@given(st.dates(date(2015, 1, 1), date(2030, 1, 1)), st.integers(-400, 400))
def test_states_only_go_forward(due: date, shift: int) -> None:
    order = [BillState.FUTURE, BillState.OPEN, BillState.CLOSED]
    moment = datetime(due.year, due.month, due.day, 12, tzinfo=UTC) + timedelta(days=shift)
    now, later = (bill_state(f"{due:%Y-%m}", due, m) for m in (moment, moment + timedelta(days=1)))
    assert order.index(now) <= order.index(later)


def test_closed_counts_before_open_before_future_however_late() -> None:
    documents = [facts("c"), facts("o", BillState.OPEN, day=1), facts("f", BillState.FUTURE, day=2)]
    assert choose(documents) == {"c": CURRENT, "o": SUPERSEDED, "f": SUPERSEDED}
    assert choose(documents[1:]) == {"o": CURRENT, "f": SUPERSEDED}


def test_the_later_counts_and_an_equal_one_is_a_duplicate() -> None:
    documents = [facts("old", BillState.OPEN), facts("new", BillState.OPEN, day=1)]
    assert choose(documents) == {"new": CURRENT, "old": SUPERSEDED}
    assert choose(documents, {"old": "=", "new": "="}) == {"new": CURRENT, "old": DUPLICATE}


def test_of_one_moment_the_ofx_counts() -> None:
    documents = [facts("csv"), facts("ofx", format_=DocumentFormat.CARD_OFX)]
    assert choose(documents, {"csv": "=", "ofx": "="}) == {"ofx": CURRENT, "csv": DUPLICATE}


def test_of_closed_bills_that_contradict_the_first_collected_stays() -> None:
    documents = [facts("first", collected=0), facts("second", day=9, collected=1, format_=DocumentFormat.CARD_OFX)]
    contradiction = Verdict(LineState.SUPERSEDED, "first")
    assert choose(documents) == {"first": CURRENT, "second": contradiction}
    third = facts("third", day=3, collected=2)
    verdicts = choose([*documents, third], {"first": "=", "third": "=", "second": "other"})
    assert verdicts == {"third": CURRENT, "first": DUPLICATE, "second": Verdict(LineState.SUPERSEDED, "third")}


def test_a_copy_that_lost_its_file_time_does_not_stay_as_a_closed_bill() -> None:
    """Its lines tell that it was exported open, though it was collected first and its file is as new."""
    copied = replace(facts("open"), looks_open=True)
    verdicts = choose([copied, facts("closed", collected=1)])
    assert verdicts["closed"] == CURRENT
    assert verdicts["open"] == Verdict(LineState.SUPERSEDED, contradicts="closed")


def test_an_open_bill_contradicts_nothing() -> None:
    assert choose([facts("c"), facts("o", BillState.OPEN, collected=-1)])["o"] == SUPERSEDED


def test_a_lone_document_is_never_compared() -> None:
    def agree(one: str, other: str) -> bool:
        raise AssertionError(one, other)

    assert choose_bill_document([facts("only")], agree) == {"only": CURRENT}


FACTS = st.builds(
    facts,
    st.just("?"),
    st.sampled_from(BillState),
    day=st.integers(0, 2),
    collected=st.integers(0, 2),
    format_=st.sampled_from([DocumentFormat.CARD_CSV, DocumentFormat.CARD_OFX]),
)


@given(
    st.lists(FACTS, min_size=1, max_size=6),
    st.randoms(use_true_random=False),
    st.lists(st.sampled_from("ab"), min_size=6),
)
def test_exactly_one_counts_in_whatever_order_they_are_given(
    found: list[DocumentFacts], random: object, prints: list[str]
) -> None:
    documents = [
        DocumentFacts(f"d{index}", d.format, d.as_of, d.collected_at, d.bill_state) for index, d in enumerate(found)
    ]
    by_name = {document.document: prints[index] for index, document in enumerate(documents)}
    verdicts = choose(documents, by_name)
    shuffled = documents[:]
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert choose(shuffled, by_name) == verdicts
    current = [name for name, verdict in verdicts.items() if verdict == CURRENT]
    assert len(current) == 1
    closed = {d.document for d in documents if d.bill_state is BillState.CLOSED}
    assert not closed or current[0] in closed
    for name, verdict in verdicts.items():
        same = by_name[name] == by_name[current[0]]
        assert (verdict.state is LineState.SUPERSEDED) == (not same)
        assert (verdict.contradicts == current[0]) == (not same and name in closed)


def test_each_day_of_an_account_has_one_document() -> None:
    account = DocumentFormat.ACCOUNT_CSV
    documents = [facts("old", None, format_=account), facts("new", None, day=1, format_=account)]
    one, two, three = (date(2026, 6, day) for day in (1, 2, 3))
    assert choose_day_documents(documents, {"old": [one, two, two], "new": [two, three]}) == {two: "new"}
    ofx = facts("ofx", None, day=1, format_=DocumentFormat.ACCOUNT_OFX)
    assert choose_day_documents([*documents, ofx], {"new": [one], "ofx": [one], "old": [one]}) == {one: "ofx"}


def test_a_bill_is_called_by_its_month_unless_two_are_due_in_it() -> None:
    first, second = date(2026, 6, 2), date(2026, 6, 30)
    assert bill_keys([("2026-06", first)]) == {("2026-06", None): "2026-06", ("2026-06", first): "2026-06"}
    keys = bill_keys([("2026-06", second), ("2026-06", None), ("2026-06", first), ("2026-07", None)])
    assert keys == {
        ("2026-06", None): "2026-06",
        ("2026-06", first): "2026-06",
        ("2026-06", second): "2026-06-30",
        ("2026-07", None): "2026-07",
    }
