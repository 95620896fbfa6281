"""Proofs in which everything holds, and what may be wrong in them."""

from datetime import date
from decimal import Decimal
from typing import Any

Rows = dict[str, list[dict[str, Any]]]


def money(text: str) -> Decimal:
    return Decimal(text)


def billed() -> Rows:
    """A bill of R$ 90 that was paid but for R$ 20, half of it early, and states R$ 95; on it a payment of R$ 30."""
    bill = {"month": "2026-06", "account": "card", "bill": "2026-06"}
    total = {"basis": "bill", "account": "card", "account_type": "card", "date": date(2026, 6, 3)}
    return {
        "daily_totals": [
            {**total, "kind": "purchase", "amount_brl": money("-90.00")},
            {**total, "kind": "bill_payment", "amount_brl": money("30.00")},
        ],
        "bill_dues": [
            {
                **bill,
                "total_brl": money("-90.00"),
                "received_brl": money("30.00"),
                "due_brl": money("-90.00"),
                "owed_brl": money("90.00"),
            }
        ],
        "bill_payments": [
            {**bill, "paid_in": "2026-06", "settled_by": "payment", "amount_brl": money("30.00"), "timing": "early"},
            {**bill, "paid_in": "2026-07", "settled_by": "credit", "amount_brl": money("40.00"), "timing": "late"},
        ],
        "bill_differences": [
            {**bill, "cause": "unexplained", "amount_brl": money("-4.00")},
            {**bill, "cause": "void_lines", "amount_brl": money("-1.00")},
        ],
        "bill_proofs": [
            {
                **bill,
                "total_brl": money("-90.00"),
                "difference_brl": money("-5.00"),
                "due_brl": money("-90.00"),
                "paid_brl": money("70.00"),
                "open_brl": money("-20.00"),
            }
        ],
    }


def balanced() -> Rows:
    """An account in a month, and between two readings that differ."""
    moved = {"came_in_brl": money("10.00"), "went_out_brl": money("-3.00"), "account": "account"}
    known = {"opening_brl": money("1.00"), "closing_brl": money("9.50"), "difference_brl": money("1.50")}
    total = {"basis": "bill", "account": "account", "account_type": "account", "date": date(2026, 6, 3)}
    return {
        "daily_totals": [{**total, "amount_brl": money("7.00")}],
        "account_proofs": [
            {**moved, **known, "span": "month", "first_day": date(2026, 6, 1)},
            {**moved, **known, "span": "readings", "first_day": date(2026, 6, 2)},
        ],
    }


GOOD = {"payments_settle_bills_once": billed, "bill_proofs_add_up": billed, "account_proofs_add_up": balanced}

#: The audit, the table, its row, what becomes of it, what the audit says.
WRONG: list[tuple[str, str, int, dict[str, Any] | None, str]] = [
    (
        "payments_settle_bills_once",
        "bill_payments",
        0,
        None,
        "payments add up to R$ 30.00, what they settle to R$ 0.00",
    ),
    ("payments_settle_bills_once", "bill_payments", 0, {"amount_brl": money("29.99")}, "to R$ 29.99"),
    ("payments_settle_bills_once", "bill_payments", 1, {"amount_brl": money("60.01")}, "but is settled by R$ 90.01"),
    ("payments_settle_bills_once", "daily_totals", 1, None, "card card: payments add up to R$ 0.00"),
    ("bill_proofs_add_up", "bill_proofs", 0, None, "card 2026-06: lines add up to R$ -60.00, the proof has R$ 30.00"),
    ("bill_proofs_add_up", "bill_proofs", 0, {"difference_brl": None}, "difference is R$ 0.00, its parts"),
    ("bill_proofs_add_up", "bill_proofs", 0, {"open_brl": money("-20.01")}, "but R$ -20.01 stand as open"),
    ("bill_proofs_add_up", "bill_differences", 1, None, "its parts add up to R$ -4.00"),
    ("bill_proofs_add_up", "daily_totals", 0, {"amount_brl": money("-91.00")}, "lines add up to R$ -61.00"),
    ("account_proofs_add_up", "account_proofs", 1, {"closing_brl": money("9.51")}, "do not make R$ 9.51"),
    ("account_proofs_add_up", "account_proofs", 1, {"difference_brl": None}, "account from 2026-06-02"),
    ("account_proofs_add_up", "account_proofs", 0, None, "add up to R$ 7.00, the proof has R$ 0.00"),
]
