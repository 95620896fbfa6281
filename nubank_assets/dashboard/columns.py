"""From Arrow columns to small JSON: amounts as integer centavos, days counted from the first, words as numbers.

How a column is written down; which columns the page has is for ``ledger.py`` and ``readings.py``.
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc

from nubank_assets.domain.tables import Table
from nubank_assets.lake.publish import Lake

#: Days are counted from here.
EPOCH: Final = date(1970, 1, 1)
_HUNDRED: Final = pa.scalar(Decimal(100), pa.decimal128(3, 0))


def read(lake: Lake, table: Table, names: Sequence[str] | None = None) -> pa.Table:
    """All months of a table at once, in no order."""
    return lake.dataset(table, now=True).to_table(columns=list(names) if names else None)


def centavos(amounts: pa.ChunkedArray) -> list[Any]:
    """BRL as whole centavos; NULL stays None."""
    numbers: list[Any] = pc.multiply(amounts, _HUNDRED).cast(pa.int64()).to_pylist()
    return numbers


def days(dates: pa.ChunkedArray, first: int) -> list[int]:
    """Days after the day `first`, which is counted from 1970."""
    numbers: list[int] = pc.subtract(day_numbers(dates), first).to_pylist()
    return numbers


def day_numbers(dates: pa.ChunkedArray) -> pa.ChunkedArray:
    """Days counted from 1970."""
    return dates.cast(pa.int32())


def words(values: pa.ChunkedArray) -> tuple[list[str], list[int]]:
    """The different words in order, and for each value its place among them; -1 for NULL."""
    known = sorted(pc.unique(values.drop_null()).to_pylist())
    return known, places(values, known)


def places(values: pa.ChunkedArray, known: list[str]) -> list[int]:
    """For each value its place among the known ones; -1 for what is not among them."""
    numbers: list[int] = pc.fill_null(pc.index_in(values, pa.array(known, pa.string())), -1).to_pylist()
    return numbers
