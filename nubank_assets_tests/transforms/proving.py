"""Cards, accounts and documents in a few words each, and the tables that prove, made of them by the real engine."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nubank_assets.domain.catalog import TABLES
from nubank_assets.lake.publish import conform
from nubank_assets.transforms.steps import INSIGHTS, Parameters
from nubank_assets_tests.fakes.frames import _frame, arrow_rows

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

Rows = dict[str, list[dict[str, Any]]]
_PROVING = ("daily_balances", "bill_dues", "bill_payments", "bill_differences", "bill_proofs", "account_proofs")


def line(bill: str, day: str, brl: str, kind: str = "purchase", **more: Any) -> dict[str, Any]:
    """A line of a card."""
    amount = Decimal(brl)
    return {
        "account": "card",
        "bill": bill,
        "month": bill[:7],
        "date": _day(day),
        "amount_brl": amount,
        "kind": kind,
    } | {
        "transaction_id": f"{bill} {day} {brl} {kind}",
        **more,
    }


def paid(bill: str, day: str, brl: str, **more: Any) -> dict[str, Any]:
    """A payment received, in the cycle of a bill."""
    return line(bill, day, brl, "bill_payment", **more)


def carried(bill: str, day: str, brl: str) -> dict[str, Any]:
    """A balance carried on, or the credit that goes with it."""
    return line(bill, day, brl, "carried_balance")


def bills_of(lines: Sequence[Mapping[str, Any]], **states: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The bills that these lines are on, closed and due on the 10th but for what is said of one (`b2026_06={...}`)."""
    rows = []
    for account, bill in sorted({(one["account"], one["bill"]) for one in lines}):
        own = [one for one in lines if (one["account"], one["bill"]) == (account, bill)]
        received = sum((one["amount_brl"] for one in own if one["kind"] == "bill_payment"), Decimal("0.00"))
        total = sum((one["amount_brl"] for one in own), Decimal("0.00")) - received
        row = {"account": account, "bill": bill, "month": bill[:7], "bill_due": _day(f"{bill[:7]}-10")}
        row |= {"bill_state": "closed", "total_brl": total, "payments_brl": received, "document": f"{account} {bill}"}
        rows.append(row | dict(states.get("b" + bill.replace("-", "_"), {})))
    return rows


def prove(session: "SparkSession", folder: Path, rows: Mapping[str, Sequence[Mapping[str, Any]]]) -> Rows:
    """The tables that prove, each in the order of its key; inputs not given are empty, but for the bills of lines."""
    given = {**dict.fromkeys(INSIGHTS.inputs, ()), **rows}
    frames = {name: _frame(session, folder, name, arrow_rows(name, its_rows)) for name, its_rows in given.items()}
    found: Rows = {}
    for name in (*_PROVING, "statement_coverage"):
        made = conform(INSIGHTS.transforms()[name](frames, Parameters()).toArrow(), TABLES[name])
        frames[name] = _frame(session, folder, name, made)
        found[name] = made.to_pylist()
    return found


def moment(day: str) -> datetime:
    """Noon of a day in São Paulo."""
    return datetime.combine(_day(day), datetime.min.time(), UTC).replace(hour=15)


def _day(day: str) -> date:
    return date.fromisoformat(day)
