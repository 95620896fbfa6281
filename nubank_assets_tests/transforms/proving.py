"""Cards, accounts and documents in a few words each, and the tables that prove, made of them by the real engine."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nubank_assets.compute.step import run_step
from nubank_assets.domain.catalog import TABLES
from nubank_assets.lake.inbox import Inbox
from nubank_assets.lake.publish import Lake, conform, split_by_month
from nubank_assets.settings import Settings
from nubank_assets.sources.raw import read_raw_tables
from nubank_assets.transforms.steps import INSIGHTS, STEPS, Parameters
from nubank_assets_tests.fakes.frames import _frame, arrow_rows
from nubank_assets_tests.fakes.homes import import_files, months_in

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

Rows = dict[str, list[dict[str, Any]]]
#: The tables that prove, after the one that they stand on; what documents cover is beside them.
PROVING = ("daily_balances", "bill_dues", "bill_payments", "bill_differences", "bill_proofs", "account_proofs")


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
    for name in (*PROVING, "statement_coverage"):
        made = conform(INSIGHTS.transforms()[name](frames, Parameters()).toArrow(), TABLES[name])
        frames[name] = _frame(session, folder, name, made)
        found[name] = made.to_pylist()
    return found


def tables_of_files(session: "SparkSession", home: Path, files: Sequence[Path]) -> Rows:
    """The tables that prove, of these files imported in this order."""
    made_of, lake = Settings(home=home), Lake(str(home / "lake"))
    for file in files:
        import_files(made_of, [file], source="demo")
    months = months_in(made_of)
    raw = read_raw_tables(Inbox(made_of.inbox_root), months)
    for name, rows in raw.by_name().items():
        for month, part in split_by_month(rows, months).items():
            lake.write(TABLES[name], month, conform(part, TABLES[name]))
    for name in ("corrections", "rules"):
        lake.write(TABLES[name], None, TABLES[name].arrow_schema.empty_table())
    for step in STEPS.values():
        assert not run_step(session, step, months, lake, Parameters()).withheld
    return {name: lake.read(TABLES[name]).to_pylist() for name in (*PROVING, "statement_coverage")}


def moment(day: str) -> datetime:
    """Noon of a day in São Paulo."""
    return datetime.combine(_day(day), datetime.min.time(), UTC).replace(hour=15)


def _day(day: str) -> date:
    return date.fromisoformat(day)
