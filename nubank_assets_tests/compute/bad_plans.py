"""A plan of which everything that is told holds, and what may be wrong in it."""

from decimal import Decimal
from typing import Any

Rows = dict[str, list[dict[str, Any]]]


def money(text: str) -> Decimal:
    return Decimal(text)


def planned() -> Rows:
    """A plan of three parcels: one charged, one paid early, one to come."""
    parcel, early = {"amount_brl": money("-10.00")}, {"amount_brl": money("-9.00"), "is_early": True}
    states = {"billed": "-10.00", "settled_early": "-9.00", "to_come": "-10.00"}
    return {
        "installments": [{**parcel, "transaction_id": "id1"}, {**early, "transaction_id": "id2"}],
        "plan_lines": [
            {**parcel, "role": "parcel", "plan_id": "p", "transaction_id": "id1"},
            {"amount_brl": money("-9.00"), "role": "early_parcel", "plan_id": "p", "transaction_id": "id2"},
            {"amount_brl": money("1.00"), "role": "discount", "plan_id": "p", "transaction_id": "id3"},
        ],
        "plan_parcels": [
            {"plan_id": "p", "installment": n, "month": f"2026-0{n}", "parcel_state": state, "amount_brl": money(brl)}
            for n, (state, brl) in enumerate(states.items(), 1)
        ],
        "installment_plans": [
            {"plan_id": "p", "installments": 3, "total_brl": money("-29.00")}
            | {f"{state}_installments": 1 for state in states}
            | {f"{state}_brl": money(brl) for state, brl in states.items()}
        ],
        "commitment_months": [{"month": "2026-03", "committed_brl": money("-10.00")}],
    }


GOOD = dict.fromkeys(("parcels_are_of_one_plan", "plans_add_up", "commitments_add_up"), planned)

WRONG: list[tuple[str, str, int, dict[str, Any] | None, str]] = [
    ("parcels_are_of_one_plan", "plan_lines", 1, None, "parcel id2 is 1 times in bills and in 0 plans"),
    ("parcels_are_of_one_plan", "plan_lines", 0, {"amount_brl": money("-10.01")}, "parcel id1 is 0 times in bills"),
    ("parcels_are_of_one_plan", "plan_lines", 0, {"role": "refund"}, "in 0 plans"),
    ("parcels_are_of_one_plan", "installments", 0, None, "parcel id1 is 0 times in bills and in 1 plans"),
    ("plans_add_up", "plan_parcels", 1, None, "plan p (x): its 2 parcels do not add up to the 3"),
    ("plans_add_up", "plan_parcels", 1, {"amount_brl": money("-9.01")}, "do not add up"),
    ("plans_add_up", "installment_plans", 0, {"to_come_installments": 2}, "do not add up"),
    ("plans_add_up", "installment_plans", 0, {"unseen_brl": money("-0.01")}, "do not add up"),
    (
        "commitments_add_up",
        "commitment_months",
        0,
        None,
        "x 2026-03: R$ 0.00 are committed, parcels add up to R$ -10.00",
    ),
    ("commitments_add_up", "plan_parcels", 2, {"parcel_state": "billed"}, "add up to R$ 0.00"),
]
