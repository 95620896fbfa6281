"""Purchases in parcels, from bills to plans, parcels and months ahead, worked out by hand."""

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from nubank_assets_tests.fakes.frames import Row, Rows
from nubank_assets_tests.fakes.plans import Bill, make_plans

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

Made = dict[str, Rows]


def closed(month: str, *lines: tuple[Any, ...], **more: Any) -> Bill:
    return Bill(month, lines, **more)


def open_bill(month: str, *lines: tuple[Any, ...], **more: Any) -> Bill:
    return Bill(month, lines, "open", **{"seen": date(2026, 5, 20), **more})


def future(month: str, *lines: tuple[Any, ...], **more: Any) -> Bill:
    return Bill(month, lines, "future", **{"seen": date(2026, 5, 20), **more})


#: One account for each story, so that one run of the engine tells all of them.
STORIES: dict[str, list[Bill]] = {
    "exported and projected": [
        closed("2026-04", ("Loja Azul - Parcela 1/5", "345.87", date(2026, 3, 14))),
        closed("2026-05", ("Loja Azul - Parcela 2/5", "345.83")),
        open_bill("2026-06", ("Loja Azul - Parcela 3/5", "345.83")),
        future("2026-07", ("Loja Azul - Parcela 4/5", "345.83", date(2026, 6, 14))),
    ],
    "a gap": [
        closed("2026-01", ("Loja - Parcela 1/10", "31.12", date(2025, 12, 9))),
        closed("2026-05", ("Loja - Parcela 5/10", "31.10")),
    ],
    "cut by the begin": [closed("2026-05", ("Loja - Parcela 9/12", "10.00"))],
    "a gap ahead": [
        closed("2026-05", ("Loja - Parcela 1/4", "25.00")),
        future("2026-07", ("Loja - Parcela 3/4", "25.00")),
    ],
    "nothing closed yet": [open_bill("2026-06", ("Loja - Parcela 3/4", "25.00"))],
    "twins, one ends": [
        closed("2026-03", ("Loja - Parcela 1/4", "50.02"), ("Loja - Parcela 1/4", "20.01")),
        closed("2026-04", ("Loja - Parcela 2/4", "20.00"), ("Loja - Parcela 2/4", "50.00")),
        closed("2026-05", ("Loja - Parcela 3/4", "20.00"), seen=date(2026, 6, 1)),
    ],
    "equal twins": [
        closed("2026-04", ("Loja - Parcela 1/3", "33.34"), ("Loja - Parcela 1/3", "33.34")),
        closed("2026-05", ("Loja - Parcela 2/3", "33.33"), ("Loja - Parcela 2/3", "33.33")),
    ],
    "another name after the first": [
        closed("2026-04", ("Mercadopago *Loja - Parcela 1/3", "33.34"), ("Outra - Parcela 1/3", "99.00")),
        closed("2026-05", ("Loja Azul - Parcela 2/3", "33.33"), ("Outra - Parcela 2/3", "99.00")),
    ],
    "settled early": [
        closed("2026-04", ("Loja - Parcela 1/4", "25.00")),
        closed(
            "2026-05",
            ("Loja - Parcela 2/4", "25.00"),
            ("Antecipada - Loja - Parcela 3/4", "25.00", date(2026, 4, 20)),
            ("Antecipada - Loja - Parcela 4/4", "25.00", date(2026, 4, 20)),
            ("Desconto Antecipação Loja", "-1.50", date(2026, 4, 20)),
        ),
        # Exported before: it shows a parcel that is paid by now.
        future("2026-06", ("Loja - Parcela 3/4", "25.00"), seen=date(2026, 4, 10)),
    ],
    "early without a past": [
        closed("2026-05", ("Antecipada - Loja - Parcela 3/4", "25.00"), ("Antecipada - Loja - Parcela 4/4", "25.00")),
    ],
    "refunded what was charged": [
        closed("2026-04", ("Loja - Parcela 1/6", "20.00")),
        closed("2026-05", ("Loja - Parcela 2/6", "20.00"), ('Estorno de "Loja"', "-40.00", date(2026, 4, 28))),
        future("2026-06", ("Loja - Parcela 3/6", "20.00"), seen=date(2026, 4, 10)),
    ],
    "refunded whole": [
        closed("2026-05", ("Loja - NuPay - Parcela 1/6", "20.05", date(2026, 4, 9)), ("Loja - NuPay", "-120.05")),
    ],
    "refunded whole, charged on": [
        closed("2026-04", ("Loja - Parcela 1/4", "25.00"), ('Estorno de "Loja"', "-100.00")),
        closed("2026-05", ("Loja - Parcela 2/4", "25.00")),
    ],
    "refunded in part": [
        closed("2026-04", ("Loja - Parcela 1/4", "25.00")),
        closed("2026-05", ("Loja - Parcela 2/4", "25.00"), ('Estorno de "Loja"', "-30.00", date(2026, 4, 28))),
    ],
    "refund of a plain purchase": [
        closed("2026-04", ("Loja - Parcela 1/4", "25.00"), ("Loja", "100.00", date(2026, 3, 20))),
        closed("2026-05", ("Loja - Parcela 2/4", "25.00"), ('Estorno de "Loja"', "-100.00", date(2026, 4, 28))),
    ],
    "ended": [
        closed("2026-03", ("Loja - Parcela 1/4", "25.00")),
        closed("2026-04", ("Outra", "1.00")),
        open_bill("2026-06", ("Outra", "1.00")),
    ],
    "financed and Pix": [
        closed(
            "2026-05",
            ("Parcelamento de Compra - Loja - 3/4", "25.00"),
            ("CARLOS ALVES - 1/2", "80.00", date(2026, 4, 11)),
        ),
    ],
    "bought after the export": [
        closed("2026-05", ("Outra", "1.00")),
        future("2026-07", ("Outra - Parcela 2/2", "9.00"), seen=date(2026, 4, 10)),
        open_bill("2026-06", ("Loja - Parcela 1/2", "30.00", date(2026, 5, 12))),
    ],
}


@pytest.fixture(scope="module")
def made(session: "SparkSession", tmp_path_factory: pytest.TempPathFactory) -> Made:
    bills = [
        Bill(bill.month, bill.lines, bill.state, story, bill.seen) for story, told in STORIES.items() for bill in told
    ]
    return make_plans(session, tmp_path_factory.mktemp("plans"), bills)


def of(made: Made, table: str, story: str) -> list[Row]:
    return [row for row in made[table] if row["account"] == story]


#: Of each parcel its month and what became of it; an amount where it is not the usual one.
LETTERS = {"billed": "b", "settled_early": "s", "to_come": "t", "cancelled": "c", "ended": "e", "unseen": "u"}


def told(made: Made, story: str) -> list[str]:
    """Each plan: merchant, state, the letters of its parcels, a capital one for what no line shows."""
    plans = []
    for plan in sorted(of(made, "installment_plans", story), key=lambda plan: (plan["merchant"], plan["total_brl"])):
        parcels = [row for row in made["plan_parcels"] if row["plan_id"] == plan["plan_id"]]
        letters = [
            LETTERS[row["parcel_state"]].upper() if row["transaction_id"] is None else LETTERS[row["parcel_state"]]
            for row in sorted(parcels, key=lambda row: row["installment"])
        ]
        plans.append(f"{plan['merchant']} {plan['plan_state']} {''.join(letters)} {plan['total_brl']}")
    return plans


@pytest.mark.parametrize(
    ("story", "plans"),
    [
        ("exported and projected", ["Loja Azul active bbttT -1729.19"]),
        ("a gap", ["Loja active bUUUbTTTTT -311.02"]),
        ("cut by the begin", ["Loja active UUUUUUUUbTTT -120.00"]),
        ("a gap ahead", ["Loja active bTtT -100.00"]),
        ("nothing closed yet", ["Loja active UUtT -100.00"]),
        ("twins, one ends", ["Loja ended bbEE -200.02", "Loja active bbbT -80.01"]),
        ("equal twins", ["Loja active bbT -100.00"] * 2),
        ("another name after the first", ["Loja Azul active bbT -100.00", "Outra active bbT -297.00"]),
        ("settled early", ["Loja settled_early bbss -100.00"]),
        ("early without a past", ["Loja settled_early UUss -100.00"]),
        ("refunded what was charged", ["Loja cancelled bbCCCC -120.00"]),
        ("refunded whole", ["Loja - NuPay cancelled bCCCCC -120.30"]),
        ("refunded whole, charged on", ["Loja active bbTT -100.00"]),
        ("refunded in part", ["Loja active bbTT -100.00"]),
        ("refund of a plain purchase", ["Loja active bbTT -100.00"]),
        ("ended", ["Loja ended bEEE -100.00"]),
        ("financed and Pix", ["CARLOS ALVES active bT -160.00", "Loja active UUbT -100.00"]),
        ("bought after the export", ["Loja active tT -60.00", "Outra active Ut -18.00"]),
    ],
)
def test_what_became_of_each_parcel(made: Made, story: str, plans: list[str]) -> None:
    assert told(made, story) == plans
