"""Which bill an answer is of when the due day moves."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from nubank_assets.domain.vocabulary import DocumentFormat
from nubank_assets.lake.inbox import Receipt
from nubank_assets.sources.bill_keys import find_bill_keys, find_retired

JULY = datetime(2026, 7, 1, 15, tzinfo=UTC)


def receipt(document: str, days: int, due: date | None = None, **more: Any) -> Receipt:
    """An answer of pynubank, so many days after 1 July: a bill, or the limit that ends a round."""
    format_ = DocumentFormat.CARD_PYNUBANK_BILL if due else DocumentFormat.CARD_PYNUBANK_LIMIT
    at = JULY + timedelta(days=days)
    values: dict[str, Any] = {"source": "pynubank", "format": format_, "account": "card", "as_of": at, **more}
    return Receipt(
        document=document,
        sha256=document,
        name=document,
        bill=f"{due:%Y-%m}" if due else None,
        bill_due=due,
        collected_at=at,
        lines=1,
        months=("2026-08",),
        **values,
    )


OLD_DUE, NEW_DUE, NEXT_MONTH = date(2026, 8, 5), date(2026, 8, 25), date(2026, 9, 10)


def test_a_changed_due_day_renames_the_running_bill() -> None:
    first = [receipt("old", 0, OLD_DUE), receipt("limit", 0)]
    assert find_retired(first) == set()
    for due in (NEW_DUE, date(2026, 9, 1)):
        later = [*first, receipt("new", 1, due), receipt("limit2", 1)]
        assert find_retired(later) == {"old"}
        assert set(find_bill_keys(later)) == {"new"}
    assert find_retired([*first, receipt("new", 1, NEXT_MONTH), receipt("limit2", 1)]) == set()


def test_the_old_name_stays_retired_when_the_bill_is_over_and_answered_no_more() -> None:
    seen_last = JULY + timedelta(days=60)
    renamed = [receipt("old", 0, OLD_DUE), receipt("new", 1, NEW_DUE, as_of=seen_last)]
    much_later = receipt("limit", 90)
    assert find_retired([*renamed, much_later]) == {"old"}


def test_the_last_answer_of_a_bill_stays_when_nothing_took_its_place() -> None:
    assert (
        find_retired([receipt("old", 0, OLD_DUE), receipt("next", 1, date(2026, 9, 5)), receipt("limit", 90)]) == set()
    )


def test_two_bills_that_are_both_answered_stand() -> None:
    both = [receipt("a", 1, date(2026, 8, 2)), receipt("b", 1, date(2026, 8, 28)), receipt("limit", 1)]
    assert find_retired(both) == set()
    assert find_bill_keys(both) == {"a": "2026-08", "b": "2026-08-28"}


def test_a_bill_that_was_over_and_an_export_stand_without_being_answered_again() -> None:
    closed = receipt("closed", 32, OLD_DUE)
    export = receipt("export", 0, OLD_DUE, format=DocumentFormat.CARD_CSV, source="exports")
    new, limit = receipt("new", 40, NEW_DUE), receipt("limit", 40)
    assert find_retired([closed, export, new, limit]) == set()
