"""What the categories would be with something else said: the step's own transform on the stored lines. Read only.

What a person is about to say is not stored for it, and nothing of the lake is changed; who is asked, and what is stored
then, is for the commands.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Final

import pyarrow as pa
import pyarrow.parquet as pq

from nubank_assets.compute.frames import read_frame
from nubank_assets.domain.catalog import CATEGORIZED_TRANSACTIONS, CORRECTIONS, RULES, TRANSACTIONS
from nubank_assets.lake.publish import Lake, conform
from nubank_assets.transforms.steps import CATEGORIZATION, Parameters

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

#: What is compared, and what tells why.
_COLUMNS: Final = (
    "transaction_id",
    "month",
    "merchant",
    "amount_brl",
    "category",
    "category_method",
    "correction",
    "own_rule",
)


@dataclass(frozen=True)
class Said:
    """All that a person said of categories: the tables `corrections` and `rules`."""

    corrections: pa.Table
    rules: pa.Table


@dataclass(frozen=True)
class Change:
    """So many lines of a month go from one category to another; `amount` is their sum in BRL with our sign."""

    month: str
    before: str
    after: str
    lines: int
    amount: Decimal


def categorize_again(session: "SparkSession", lake: Lake, said: Said, parameters: Parameters) -> pa.Table:
    """Every stored line as it would be categorised now if this was said: `_COLUMNS`, in no order."""
    transform = CATEGORIZATION.transforms()[CATEGORIZED_TRANSACTIONS.name]
    with _frames(session, lake, said) as frames:
        made: pa.Table = transform(frames, parameters).select(*_COLUMNS).toArrow()
        return made


@contextmanager
def _frames(session: "SparkSession", lake: Lake, said: Said) -> "Iterator[Mapping[str, DataFrame]]":
    with lake.snapshot([TRANSACTIONS], None) as files, TemporaryDirectory() as folder:
        lines = read_frame(session, TRANSACTIONS, files[TRANSACTIONS.name])
        frames = {TRANSACTIONS.name: lines, f"all_{TRANSACTIONS.name}": lines}
        for table, rows in ((CORRECTIONS, said.corrections), (RULES, said.rules)):
            path = Path(folder) / f"{table.name}.parquet"
            pq.write_table(conform(rows, table), path)
            frames[table.name] = read_frame(session, table, [path.as_posix()] if rows.num_rows else [])
        yield frames


def stored_categories(lake: Lake) -> pa.Table:
    """Every line as it is stored; by a release before the last it may lack what only tells why."""
    return lake.read(CATEGORIZED_TRANSACTIONS, columns=["transaction_id", "month", "amount_brl", "category"])


def compare(before: pa.Table, after: pa.Table) -> list[Change]:
    """What changes between two states of the same lines, by month; lines that only one of them has are no change."""
    known = dict(zip(before["transaction_id"].to_pylist(), before["category"].to_pylist(), strict=True))
    sums: dict[tuple[str, str, str], list[Decimal]] = defaultdict(list)
    for row in after.select(["transaction_id", "month", "category", "amount_brl"]).to_pylist():
        was = known.get(row["transaction_id"], row["category"])
        if was != row["category"]:
            sums[row["month"], was or "", row["category"] or ""].append(row["amount_brl"])
    return [Change(*names, len(amounts), sum(amounts, Decimal(0))) for names, amounts in sorted(sums.items())]


def decided_by(lines: pa.Table, document: str) -> list[dict[str, Any]]:
    """The lines that a correction or a rule of this name decided."""
    rows: list[dict[str, Any]] = lines.to_pylist()
    return [row for row in rows if document in {row["correction"], row["own_rule"]}]
