"""Accounts and what documents cover, against what was worked out by hand."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from nubank_assets_tests.transforms.proving import Rows, moment, prove

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

Prove = Callable[..., Rows]


@pytest.fixture
def proven(session: "SparkSession", tmp_path: Path) -> Prove:
    def run(**rows: list[dict[str, Any]]) -> Rows:
        return prove(session, tmp_path, rows)

    return run


def moved(day: str, brl: str, account: str = "account", as_of: str = "2026-09-01") -> dict[str, Any]:
    day_of, amount = date.fromisoformat(day), Decimal(brl)
    line = {"account": account, "account_type": "account", "date": day_of, "month": day[:7], "amount_brl": amount}
    return line | {"as_of": moment(as_of)}


def read(day: str, brl: str, as_of: str = "2026-09-01", account: str = "account") -> dict[str, Any]:
    seen = {"account": account, "reading": "account_balance", "observed_on": date.fromisoformat(day)}
    return seen | {"value_brl": Decimal(brl), "as_of": moment(as_of)}


def spans(rows: Rows, span: str) -> list[tuple[Any, ...]]:
    return [
        (
            str(row["first_day"]),
            str(row["last_day"]),
            *(
                None if row[name] is None else str(row[name])
                for name in ("opening_brl", "closing_brl", "difference_brl")
            ),
            row["proof"],
        )
        for row in rows["account_proofs"]
        if row["span"] == span
    ]


def test_opening_and_movements_make_the_closing_balance(proven: Prove) -> None:
    lines = [moved("2026-06-03", "-10"), moved("2026-06-20", "5"), moved("2026-07-02", "-1"), moved("2026-08-05", "7")]
    found = proven(
        categorized_transactions=lines, balance_readings=[read("2026-06-30", "95"), read("2026-08-31", "101")]
    )
    assert spans(found, "readings") == [("2026-07-01", "2026-08-31", "95.00", "101.00", "0.00", "proven")]
    assert spans(found, "month") == [
        ("2026-06-01", "2026-06-30", "100.00", "95.00", "0.00", "half_stated"),
        ("2026-07-01", "2026-07-31", "95.00", "94.00", "0.00", "proven"),
        ("2026-08-01", "2026-08-31", "94.00", "101.00", "0.00", "proven"),
    ]
    assert [(str(row["came_in_brl"]), str(row["went_out_brl"])) for row in found["account_proofs"]][:2] == [
        ("5.00", "-10.00"),
        ("0.00", "-1.00"),
    ]


def test_a_difference_is_of_every_month_between_the_two_readings(proven: Prove) -> None:
    lines = [moved("2026-07-02", "-1"), moved("2026-08-05", "7")]
    readings = [read("2026-06-30", "95"), read("2026-08-31", "90")]
    found = proven(categorized_transactions=lines, balance_readings=readings)
    assert spans(found, "readings") == [("2026-07-01", "2026-08-31", "95.00", "90.00", "-11.00", "differs")]
    assert [row[-1] for row in spans(found, "month")] == ["half_stated", "differs", "differs"]
    assert [row[4] for row in spans(found, "month")] == ["0.00", "0.00", "-11.00"]


def test_a_day_that_still_ran_may_explain_it(proven: Prove) -> None:
    lines = [moved("2026-06-30", "-40"), moved("2026-07-02", "-1")]
    readings = [read("2026-06-30", "95", as_of="2026-06-30"), read("2026-07-31", "54")]
    found = proven(categorized_transactions=lines, balance_readings=readings)
    assert spans(found, "readings") == [("2026-07-01", "2026-07-31", "95.00", "54.00", "-40.00", "running_day")]


def test_a_running_month_and_an_account_that_nobody_stated(proven: Prove) -> None:
    lines = [moved("2026-08-03", "-10", as_of="2026-08-04"), moved("2026-08-03", "1", "reserva")]
    found = proven(categorized_transactions=lines, balance_readings=[read("2026-08-01", "95", as_of="2026-08-02")])
    assert spans(found, "month") == [
        ("2026-08-01", "2026-08-31", "95.00", "85.00", "0.00", "running"),
        ("2026-08-01", "2026-08-31", None, None, None, "unstated"),
    ]


def statement(name: str, first: str, last: str, **more: Any) -> dict[str, Any]:
    days = {"covers_from": date.fromisoformat(first), "covers_to": date.fromisoformat(last)}
    said = {"account": "account", "account_type": "account", "document": name, "format": "account_csv"}
    return said | days | {"period_by": "document", "month": first[:7], **more}


def covered(rows: Rows) -> list[tuple[Any, ...]]:
    return [
        (
            row["coverage"],
            str(row["first_day"] or row["first_month"]),
            str(row["last_day"] or row["last_month"]),
            *(row[name] for name in ("documents", "repeated_lines", "period_by")),
        )
        for row in rows["statement_coverage"]
    ]


def test_gaps_and_overlaps_of_statements(proven: Prove) -> None:
    documents = [
        statement("may", "2026-05-01", "2026-05-31"),
        statement("late may", "2026-05-20", "2026-06-10", month="2026-05"),
        statement("late may", "2026-05-20", "2026-06-10", month="2026-06"),
        statement("july", "2026-07-01", "2026-07-31", period_by="lines"),
    ]
    repeated = {"document": "late may", "line_state": "duplicate", "line_date": date(2026, 5, 20), "month": "2026-05"}
    found = proven(raw_documents=documents, transaction_sources=[repeated, repeated | {"line_date": date(2026, 5, 31)}])
    assert covered(found) == [
        ("covered", "2026-05-01", "2026-05-19", 1, 0, "document"),
        ("overlap", "2026-05-20", "2026-05-31", 2, 2, "document"),
        ("covered", "2026-06-01", "2026-06-10", 1, 0, "document"),
        ("gap", "2026-06-11", "2026-06-30", 0, 0, None),
        ("covered", "2026-07-01", "2026-07-31", 1, 0, "lines"),
    ]


def test_of_an_answer_given_again_the_last_one_covers(proven: Prove) -> None:
    documents = [
        statement(
            f"day {day}", "2026-05-01", f"2026-05-{day}", format="account_pluggy_feed", as_of=moment(f"2026-05-{day}")
        )
        for day in (20, 25, 31)
    ]
    assert covered(proven(raw_documents=documents)) == [("covered", "2026-05-01", "2026-05-31", 1, 0, "document")]


def test_gaps_of_bills(proven: Prove) -> None:
    bill = {"account": "card", "format": "card_csv", "bill_state": "closed"}
    documents = [
        bill
        | {"bill": month, "month": month, "document": f"{month} {ending}", "format": f"card_{ending}"}
        | {"duplicate_lines": repeated}
        for month, ending, repeated in (("2026-01", "csv", 0), ("2026-01", "ofx", 7), ("2026-04", "csv", 0))
    ]
    future = bill | {"bill": "2026-06", "month": "2026-06", "document": "future", "bill_state": "future"}
    assert covered(proven(raw_documents=[*documents, future])) == [
        ("overlap", "2026-01", "2026-01", 2, 7, "document"),
        ("gap", "2026-02", "2026-03", 0, 0, None),
        ("covered", "2026-04", "2026-04", 1, 0, "document"),
    ]
