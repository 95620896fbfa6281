"""What the page shows beside sums: balances, limits, what is open or could not be read.

Plain values for JSON. Sums and lines are in ``ledger.py``, parcels to come in ``commitments.py``, words in
``sentences.py``.
"""

from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc

from nubank_assets.dashboard import columns
from nubank_assets.domain import catalog
from nubank_assets.lake.publish import Lake

_LIMITS: Final = ("open_bill_brl", "available_limit_brl", "limit_brl")


def read_open_months(lake: Lake) -> dict[str, list[str]]:
    """The months that are not over, by basis."""
    rows = columns.read(lake, catalog.MONTHLY_SUMMARY, ["month", "basis", "is_open"])
    rows = rows.filter(pc.field("is_open")).sort_by("month")
    found: dict[str, list[str]] = {"bill": [], "date": []}
    for row in rows.to_pylist():
        found[row["basis"]].append(row["month"])
    return found


def read_balances(lake: Lake, first: int) -> dict[str, list[Any]]:
    """The balance of each account at the end of each day it moved or was observed, in order."""
    rows = columns.read(lake, catalog.DAILY_BALANCES).sort_by([("account", "ascending"), ("date", "ascending")])
    return {
        "account": rows["account"].to_pylist(),
        "day": columns.days(rows["date"], first),
        "amount": columns.centavos(rows["balance_brl"]),
        "observed": rows["is_observed"].cast(pa.int8()).to_pylist(),
    }


def read_limits(lake: Lake, first: int) -> dict[str, list[Any]]:
    """What is known of each card, by day; None is unknown."""
    rows = columns.read(lake, catalog.CREDIT_LIMITS).sort_by([("account", "ascending"), ("date", "ascending")])
    amounts = {name.removesuffix("_brl"): columns.centavos(rows[name]) for name in _LIMITS}
    return {"account": rows["account"].to_pylist(), "day": columns.days(rows["date"], first), **amounts}


def count_rejects(lake: Lake) -> int:
    """How many lines could not be read."""
    return int(columns.read(lake, catalog.REJECTS, ["line_number"]).num_rows)
