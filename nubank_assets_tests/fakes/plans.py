"""Bills of purchases in parcels from a few words each, and the plans that are made of them by the real engine."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nubank_assets.domain.months import add_months, first_day
from nubank_assets.transforms.steps import CATEGORIZATION, INSIGHTS
from nubank_assets_tests.fakes.frames import Rows, run_transform

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

_PARCEL = re.compile(r"^(.*?)(?: - Parcela| -)? ([0-9]{1,2})/([0-9]{1,2})$")
_PREFIX = re.compile("^(Antecipada|Parcelamento de Compra) - ")
PLAN_TABLES = ("plan_lines", "plan_parcels", "installment_plans", "commitment_months")


@dataclass(frozen=True)
class Bill:
    """A bill due in `month`: its lines are title, amount as the app shows it, and the day if it matters.

    `seen` is the day of its document; without it, when such a bill is exported.
    """

    month: str
    lines: tuple[tuple[Any, ...], ...]
    state: str = "closed"
    account: str = "card"
    seen: date | None = None

    @property
    def as_of(self) -> datetime:
        """The moment of the document."""
        of_closed = first_day(add_months(self.month, 1))
        return datetime.combine(self.seen or of_closed, time(15), tzinfo=UTC)


def transactions(bills: Iterable[Bill]) -> list[dict[str, Any]]:
    """The rows of `transactions` of these bills; equal lines of a bill are two rows."""
    rows = []
    for bill in bills:
        for place, (title, brl, *rest) in enumerate(bill.lines):
            day = rest[0] if rest else first_day(add_months(bill.month, -1)).replace(day=4)
            found = _PARCEL.match(title)
            base, number, count = found.groups() if found else (title, None, None)
            rows.append(
                {
                    "transaction_id": f"{bill.account}/{bill.month}/{place:02d}/{title}",
                    "month": bill.month,
                    "account": bill.account,
                    "date": day,
                    "title": title,
                    "merchant": _PREFIX.sub("", base),
                    "amount_brl": -Decimal(brl),
                    "installment": int(number) if number else None,
                    "installments": int(count) if count else None,
                    "bill": bill.month,
                    "bill_state": bill.state,
                    "as_of": bill.as_of,
                    **(rest[1] if len(rest) > 1 else {}),
                }
            )
    return rows


def bill_rows(bills: Iterable[Bill]) -> list[dict[str, Any]]:
    """The rows of `bills`."""
    names = ("month", "account")
    return [
        {name: getattr(bill, name) for name in names}
        | {"bill": bill.month, "bill_state": bill.state, "as_of": bill.as_of}
        for bill in bills
    ]


def make_plans(session: "SparkSession", folder: Path, bills: Sequence[Bill]) -> dict[str, Rows]:
    """The tables of plans made from these bills, by way of what the lines are."""
    rows: dict[str, Any] = {"transactions": transactions(bills)}
    for name in ("categorized_transactions", "installments"):
        rows[name] = run_transform(session, folder, CATEGORIZATION, name, rows)
    rows["bills"] = bill_rows(bills)
    for name in PLAN_TABLES:
        rows[name] = run_transform(session, folder, INSIGHTS, name, rows)
    return {name: rows[name] for name in PLAN_TABLES}
