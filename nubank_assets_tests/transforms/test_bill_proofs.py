"""Bills and their payments, differences and states, against what was worked out by hand."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from nubank_assets_tests.transforms.proving import Rows, bills_of, carried, line, moment, paid, prove

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

Lines = Sequence[Mapping[str, Any]]
Prove = Callable[..., Rows]


@pytest.fixture
def proven(session: "SparkSession", tmp_path: Path) -> Prove:
    def run(lines: Lines, states: Mapping[str, Any] | None = None, **more: Any) -> Rows:
        rows = {"categorized_transactions": lines, "bills": bills_of(lines, **(states or {}))}
        return prove(session, tmp_path, {**rows, **more})

    return run


def settled(rows: Rows) -> dict[str, tuple[str, str, str]]:
    """Of each bill what settled it, what is open, and the word for it."""
    return {row["bill"]: (str(row["paid_brl"]), str(row["open_brl"]), row["settlement"]) for row in rows["bill_proofs"]}


def parts(rows: Rows) -> list[tuple[str | None, str, str, str]]:
    """Which bill was settled in the cycle of which, by how much, when."""
    found = [(row["bill"], row["paid_in"], str(row["amount_brl"]), row["timing"]) for row in rows["bill_payments"]]
    return sorted(found, key=lambda part: (part[1], part[0] or "", part[2]))


#: Bills of R$ 100, 200 and 300.
THREE = (
    line("2026-04", "2026-03-20", "-100"),
    line("2026-05", "2026-04-20", "-200"),
    line("2026-06", "2026-05-20", "-300"),
)
OPEN_JUNE = {"b2026_06": {"bill_state": "open", "as_of": moment("2026-05-25")}}


def test_a_payment_settles_the_bill_before(proven: Prove) -> None:
    found = proven([*THREE, paid("2026-05", "2026-04-09", "100"), paid("2026-06", "2026-05-12", "200")], OPEN_JUNE)
    assert settled(found) == {
        "2026-04": ("100.00", "0.00", "paid"),
        "2026-05": ("200.00", "0.00", "paid_late"),
        "2026-06": ("0.00", "-300.00", "not_due"),
    }
    assert parts(found) == [
        ("2026-04", "2026-05", "100.00", "on_time"),
        ("2026-05", "2026-06", "200.00", "late"),
    ]


def test_a_bill_due_on_a_weekend_can_be_paid_on_monday(proven: Prove) -> None:
    # 10 May 2026 is a Sunday.
    for day, expected in (("2026-05-11", "paid"), ("2026-05-12", "paid_late")):
        found = proven([*THREE, paid("2026-05", "2026-04-09", "100"), paid("2026-06", day, "200")], OPEN_JUNE)
        assert settled(found)["2026-05"][2] == expected


def test_early_and_several_payments_of_one_bill(proven: Prove) -> None:
    early = [
        paid("2026-05", "2026-04-09", "100"),
        paid("2026-05", "2026-04-25", "50"),
        paid("2026-05", "2026-04-26", "150"),
    ]
    found = proven([*THREE, *early], OPEN_JUNE)
    assert settled(found)["2026-05"] == ("200.00", "0.00", "paid_early")
    partly = proven([*THREE, *early[:2], paid("2026-06", "2026-05-09", "150")], OPEN_JUNE)
    assert settled(partly)["2026-05"] == ("200.00", "0.00", "paid")
    assert parts(partly) == [
        ("2026-04", "2026-05", "100.00", "on_time"),
        ("2026-05", "2026-05", "50.00", "early"),
        ("2026-05", "2026-06", "150.00", "on_time"),
    ]


def test_what_is_not_paid_is_carried_and_the_next_payment_settles_it_first(proven: Prove) -> None:
    rotativo = [carried("2026-05", "2026-04-11", "-60"), carried("2026-05", "2026-04-11", "60")]
    lines = [*THREE, paid("2026-05", "2026-04-10", "40"), *rotativo]
    waiting = proven(lines, OPEN_JUNE)
    assert settled(waiting)["2026-04"] == ("40.00", "-60.00", "carried")
    assert settled(waiting)["2026-05"] == ("0.00", "-200.00", "unpaid")
    found = proven([*lines, paid("2026-06", "2026-05-10", "260")], OPEN_JUNE)
    assert settled(found)["2026-04"] == ("100.00", "0.00", "carried")
    assert settled(found)["2026-05"] == ("200.00", "0.00", "paid")
    assert [row["carried_brl"] for row in found["bill_proofs"]] == [Decimal("-60.00"), None, None]
    assert parts(found)[1:] == [("2026-04", "2026-06", "60.00", "late"), ("2026-05", "2026-06", "200.00", "on_time")]


def test_a_carried_balance_without_its_credit_is_charged_once(proven: Prove) -> None:
    lines = [*THREE, carried("2026-05", "2026-04-11", "-60"), paid("2026-05", "2026-04-10", "40")]
    found = proven([*lines, paid("2026-06", "2026-05-10", "260")], OPEN_JUNE)
    assert settled(found)["2026-05"] == ("200.00", "0.00", "paid")
    dues = {row["bill"]: (str(row["total_brl"]), str(row["due_brl"])) for row in found["bill_proofs"]}
    assert dues["2026-05"] == ("-260.00", "-200.00")


def test_due_days_decide_between_unpaid_and_not_due(proven: Prove) -> None:
    for as_of, expected in (("2026-05-11", "not_due"), ("2026-05-12", "unpaid")):
        open_june = {"b2026_06": {"bill_state": "open", "as_of": moment(as_of)}}
        found = proven([*THREE, paid("2026-05", "2026-04-09", "100")], open_june)
        assert settled(found)["2026-05"] == ("0.00", "-200.00", expected)
    partly = proven([*THREE, paid("2026-05", "2026-04-09", "100"), paid("2026-06", "2026-05-09", "20")], OPEN_JUNE)
    assert settled(partly)["2026-05"] == ("20.00", "-180.00", "paid_partly")
    unknown = {"b2026_05": {"bill_due": None}, "b2026_06": {"bill_state": "open", "as_of": moment("2026-05-31")}}
    found = proven([*THREE, paid("2026-05", "2026-04-09", "100")], unknown)
    assert settled(found)["2026-05"][2] == "not_due"


def test_of_an_unknown_due_day_only_what_can_be_known_is_said(proven: Prove) -> None:
    states = {**OPEN_JUNE, "b2026_05": {"bill_due": None}}
    found = proven([*THREE, paid("2026-05", "2026-04-09", "100"), paid("2026-06", "2026-05-28", "200")], states)
    assert settled(found)["2026-05"][2] == "paid"
    assert parts(found)[1][3] == "due_unknown"


def test_what_is_paid_too_much_settles_the_next_bill(proven: Prove) -> None:
    twice = [paid("2026-05", "2026-04-09", "100"), paid("2026-05", "2026-04-09", "350")]
    found = proven([*THREE, *twice], OPEN_JUNE)
    assert settled(found)["2026-05"] == ("200.00", "0.00", "overpaid")
    assert settled(found)["2026-06"] == ("150.00", "-150.00", "not_due")
    assert parts(found)[2] == ("2026-06", "2026-05", "150.00", "from_credit")
    more = proven([*THREE, *twice, paid("2026-06", "2026-05-22", "400")], OPEN_JUNE)
    assert (None, "2026-06", "250.00", "unused") in parts(more)


def test_a_bill_that_gives_money_back_settles_what_is_owed(proven: Prove) -> None:
    refunds = [
        *THREE[:2],
        line("2026-05", "2026-04-28", "250", "refund"),
        THREE[2],
        paid("2026-05", "2026-04-09", "80"),
    ]
    found = proven(refunds, OPEN_JUNE)
    assert settled(found)["2026-05"] == ("0.00", "0.00", "nothing_due")
    assert settled(found)["2026-04"] == ("100.00", "0.00", "paid_late")
    assert settled(found)["2026-06"] == ("30.00", "-270.00", "not_due")
    assert {row["settled_by"] for row in found["bill_payments"] if row["transaction_id"] is None} == {"credit"}


def test_a_payment_taken_back_is_owed_again(proven: Prove) -> None:
    bounced = [paid("2026-05", "2026-04-09", "100"), paid("2026-05", "2026-04-12", "-100")]
    found = proven([*THREE, *bounced, paid("2026-06", "2026-05-08", "300")], OPEN_JUNE)
    assert settled(found)["2026-05"][1] == "0.00"
    assert ("2026-05", "2026-05", "-100.00", "returned") in parts(found)
    assert sum(row["amount_brl"] for row in found["bill_payments"]) == 300


def test_payments_of_bills_that_nobody_exported_settle_none_that_is_here(proven: Prove) -> None:
    lines = [THREE[0], paid("2026-04", "2026-03-09", "77"), THREE[2], paid("2026-06", "2026-05-09", "200")]
    found = proven(lines, OPEN_JUNE)
    assert parts(found) == [
        (None, "2026-04", "77.00", "unknown_bill"),
        (None, "2026-06", "200.00", "unknown_bill"),
    ]
    assert settled(found)["2026-04"] == ("0.00", "None", "unknown")


def test_what_a_first_bill_carries_of_bills_that_are_not_here_is_settled_first(proven: Prove) -> None:
    rotativo = [carried("2026-04", "2026-03-11", "-60"), carried("2026-04", "2026-03-11", "60")]
    first = [*THREE, paid("2026-04", "2026-03-10", "40"), *rotativo, paid("2026-05", "2026-04-09", "160")]
    found = proven([*first, paid("2026-06", "2026-05-09", "200")], OPEN_JUNE)
    assert [row[2] for row in settled(found).values()] == ["paid", "paid", "not_due"]
    assert [part[0] for part in parts(found)] == [None, None, "2026-04", "2026-05"]


def test_two_bills_of_one_month_and_two_cards_stay_apart(proven: Prove) -> None:
    second = line("2026-05-25", "2026-05-15", "-7")
    other = line("2026-05", "2026-04-20", "-9", account="other")
    found = proven(
        [*THREE, second, other, paid("2026-05", "2026-04-09", "100"), paid("2026-05-25", "2026-05-09", "200")],
        OPEN_JUNE,
    )
    assert (
        settled(found | {"bill_proofs": [r for r in found["bill_proofs"] if r["account"] == "card"]})["2026-05"][2]
        == "paid"
    )
    assert len(found["bill_proofs"]) == 5


def document(bill: str, ledger: str | None, total: str, **more: Any) -> dict[str, Any]:
    return {
        "account": "card",
        "bill": bill,
        "month": bill,
        "bill_state": "closed",
        "document": f"card {bill}",
        "document_state": "current",
        "format": "card_ofx",
        "ledger_brl": ledger and Decimal(ledger),
        "total_brl": Decimal(total),
        **more,
    }


def test_a_bill_is_proven_by_the_total_that_its_issuer_states(proven: Prove) -> None:
    documents = [
        document("2026-04", "-100", "-100"),
        document("2026-05", None, "-200", format="card_csv"),
        document("2026-05", "-200", "-200", document="again", document_state="duplicate", format="card_pynubank_bill"),
    ]
    found = proven(THREE, OPEN_JUNE, raw_documents=documents)["bill_proofs"]
    assert [(row["proof"], row["stated_by"]) for row in found] == [
        ("proven", "ofx"),
        ("proven", "pynubank"),
        ("not_closed", None),
    ]


def test_an_open_bill_is_compared_with_what_was_seen_on_its_day(proven: Prove) -> None:
    seen = {
        "account": "card",
        "reading": "open_bill",
        "value_brl": Decimal("-310"),
        "source": "stated",
        "document": "s",
    }
    readings = [seen | {"observed_on": moment(day).date()} for day in ("2026-05-24", "2026-05-25")]
    row = proven(THREE, OPEN_JUNE, balance_readings=readings)["bill_proofs"][-1]
    assert (row["proof"], row["stated_by"], row["difference_brl"]) == ("not_closed", "person", Decimal("-10.00"))
    own = [seen | {"observed_on": moment("2026-05-25").date(), "document": "card 2026-06"}]
    documents = [document("2026-06", None, "-300", bill_state="open")]
    row = proven(THREE, OPEN_JUNE, balance_readings=own, raw_documents=documents)["bill_proofs"][-1]
    assert row["stated_brl"] is None


def causes(rows: Rows) -> list[tuple[str, str]]:
    return [(row["cause"], str(row["amount_brl"])) for row in rows["bill_differences"]]


CURRENT, OTHER = "card 2026-05", "other"
REPLACED = {"line_state": "superseded", "document": OTHER, "own_id": "gone", "month": "2026-05"}
VOID = {"line_state": "void", "document": CURRENT, "line_number": 9, "month": "2026-05"}
NAMED: list[tuple[str, dict[str, Any], list[tuple[str, str]]]] = [
    ("-211.5", {}, [("unexplained", "-11.50")]),
    ("-212.5", {"rejects": [{"document": CURRENT, "amount_brl": Decimal("-12.5")}]}, [("rejected_lines", "-12.50")]),
    (
        "-212.5",
        {"rejects": [{"document": CURRENT, "amount_brl": Decimal("-12")}, {"document": CURRENT}]},
        [("rejected_lines", "-12.00"), ("unreadable_lines", "-0.50")],
    ),
    ("-212.5", {"rejects": [{"document": CURRENT, "amount_brl": Decimal("900")}]}, [("unexplained", "-12.50")]),
    (
        "-215",
        {"transaction_sources": [REPLACED | {"amount_brl": Decimal("-15")}] * 2},
        [("superseded_lines", "-15.00")],
    ),
    ("-217", {"transaction_sources": [VOID | {"amount_brl": Decimal("-17")}]}, [("void_lines", "-17.00")]),
    ("-110", {"more": [paid("2026-05", "2026-04-09", "90")]}, [("payments", "90.00")]),
    ("-260", {"more": [carried("2026-05", "2026-04-12", s + "60") for s in ("-", "")]}, [("carried_lines", "-60.00")]),
    ("-270", {"more": [paid("2026-05", "2026-04-09", "30")]}, [("bill_before", "-70.00")]),
]


@pytest.mark.parametrize(("stated", "more", "expected"), NAMED, ids=[str(case[2]) for case in NAMED])
def test_every_difference_is_named(
    proven: Prove, stated: str, more: dict[str, Any], expected: list[tuple[str, str]]
) -> None:
    given = {name: rows for name, rows in more.items() if name != "more"}
    documents = [document("2026-05", stated, "-200"), document("2026-05", None, "-1", document=OTHER)]
    found = proven([*THREE, *more.get("more", ())], OPEN_JUNE, raw_documents=documents, **given)
    assert causes(found) == expected
    row = found["bill_proofs"][1]
    assert row["proof"] == "differs"
    assert sum(Decimal(amount) for _, amount in expected) == row["difference_brl"] == Decimal(stated) + 200
    named = [cause for cause, _ in expected if cause != "unexplained"]
    assert row["causes"] == (", ".join(sorted(named)) or None)


def test_a_document_that_was_not_believed_states_a_total_and_is_named(proven: Prove) -> None:
    documents = [
        document("2026-05", None, "-200", format="card_csv"),
        document("2026-05", "-212.5", "-209", document=OTHER, document_state="superseded"),
    ]
    rejects = [{"document": OTHER, "amount_brl": Decimal("-3.5")}]
    found = proven(THREE, OPEN_JUNE, raw_documents=documents, rejects=rejects)
    assert causes(found) == [("other_document", "-12.50")]
