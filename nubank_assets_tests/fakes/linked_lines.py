"""Categorised lines in a few words each, and the three tables about lines that belong together made of them."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nubank_assets.domain.flows import flow_of
from nubank_assets.domain.vocabulary import AccountType, Kind
from nubank_assets.transforms.steps import INSIGHTS
from nubank_assets_tests.fakes.frames import Row, Rows, run_transform

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

#: In the order in which they are made of each other.
_TABLES = ("daily_totals", "monthly_summary", "transaction_links", "unlinked_transactions", "counting_proof")


def line(name: str, day: str, brl: str, kind: Kind, title: str, **more: Any) -> dict[str, Any]:
    """A line of the card; `account=` one of an account. The merchant is the title unless `merchant` says otherwise."""
    amount, account = Decimal(brl), more.get("account", "card")
    account_type = AccountType.CARD if account.startswith("card") else AccountType.ACCOUNT
    bill = {"bill": day[:7], "bill_state": "closed"} if account_type is AccountType.CARD else {}
    return {
        "transaction_id": name,
        "month": day[:7],
        "date": date.fromisoformat(day),
        "amount_brl": amount,
        "kind": kind.value,
        "flow": flow_of(kind, account_type, int(amount.scaleb(2))).value,
        "title": title,
        "merchant": title,
        "account": account,
        "account_type": account_type.value,
        **bill,
        **more,
    }


def link(
    session: "SparkSession", folder: Path, lines: Sequence[Row], plan_lines: Sequence[Row] = ()
) -> dict[str, Rows]:
    """What insights says of these lines, by table; `plan_lines` are those of purchases in parcels."""
    made: dict[str, Any] = {"categorized_transactions": lines, "plan_lines": plan_lines}
    for name in _TABLES:
        made[name] = run_transform(session, folder, INSIGHTS, name, made)
    return made
