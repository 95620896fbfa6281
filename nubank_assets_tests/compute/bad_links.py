"""Linked lines and a proof of counting in which everything holds, and what may be wrong in them."""

from decimal import Decimal
from typing import Any


def money(text: str) -> Decimal:
    return Decimal(text)


def linked() -> dict[str, list[dict[str, Any]]]:
    """A purchase that was given back in two parts, and the rest of it that was not."""
    purchase = {
        "reason": "partial_refund",
        "first_transaction_id": "bought",
        "first_amount_brl": money("-10.00"),
        "month": "2026-06",
    }
    return {
        "transaction_links": [
            {**purchase, "second_transaction_id": "a", "second_amount_brl": money("4.00"), "linked_brl": money("4.00")},
            {**purchase, "second_transaction_id": "b", "second_amount_brl": money("6.00"), "linked_brl": money("6.00")},
        ],
        "unlinked_transactions": [
            {"amount_brl": money("-7.00"), "linked_brl": money("2.00"), "unlinked_brl": money("5.00")}
        ],
    }


def counted() -> dict[str, list[dict[str, Any]]]:
    """A month of an income, spending with a refund, a bill's payment on both sides, and a parcel to come."""
    month = {"month": "2026-06", "basis": "bill"}
    parts = [
        ("moved", "whole", "nothing", "140.00", "-99.00", 6),
        ("income", "whole", "income", "100.00", "0.00", 1),
        ("expense", "whole", "expenses", "0.00", "-50.00", 1),
        ("given_back", "linked", "expenses", "10.00", "0.00", 1),
        ("bill_payment", "linked", "nothing", "30.00", "-30.00", 2),
        ("future", "whole", "nothing", "0.00", "-19.00", 1),
    ]
    summary = {"income_brl": money("100.00"), "expenses_brl": money("-40.00"), "future_brl": money("-19.00")}
    return {
        "monthly_summary": [{**month, **summary, "transactions": 6}],
        "counting_proof": [
            {
                **month,
                "part": part,
                "state": state,
                "counts_as": counts_as,
                "in_brl": money(came),
                "out_brl": money(went),
                "amount_brl": money(came) + money(went),
                "transactions": lines,
            }
            for part, state, counts_as, came, went, lines in parts
        ],
    }


GOOD = {"money_is_linked_once": linked, "unlinked_money_is_told": linked, "nothing_counts_twice": counted}
_APART = "2026-06 (bill): what moved, less what is not counted"

WRONG: list[tuple[str, str, int, dict[str, Any] | None, str]] = [
    ("money_is_linked_once", "transaction_links", 1, {"linked_brl": money("6.01")}, "line b has R$ 6.00, but R$ 6.01"),
    ("money_is_linked_once", "transaction_links", 0, {"second_transaction_id": "b"}, "line b has R$ 6.00"),
    ("money_is_linked_once", "transaction_links", 1, {"reason": "undone", "linked_brl": money("6.50")}, "line bought"),
    ("money_is_linked_once", "transaction_links", 0, {"linked_brl": money("0.00")}, "R$ 0.00 are linked as refund"),
    ("unlinked_money_is_told", "unlinked_transactions", 0, {"linked_brl": money("2.01")}, "R$ 2.01 linked"),
    ("unlinked_money_is_told", "unlinked_transactions", 0, {"amount_brl": money("7.01")}, "are not its amount"),
    ("nothing_counts_twice", "counting_proof", 1, None, _APART),
    ("nothing_counts_twice", "counting_proof", 3, {"counts_as": "income"}, _APART),
    ("nothing_counts_twice", "counting_proof", 3, {"part": "bill_payment"}, _APART),
    ("nothing_counts_twice", "counting_proof", 0, {"transactions": 7}, _APART),
    ("nothing_counts_twice", "counting_proof", 4, {"in_brl": money("31.00")}, _APART),
    ("nothing_counts_twice", "monthly_summary", 0, {"expenses_brl": money("-40.01")}, _APART),
    ("nothing_counts_twice", "monthly_summary", 0, None, _APART),
]
