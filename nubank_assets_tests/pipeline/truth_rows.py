"""The truth ledger's lines beside the rows that the platform made of them."""

import re
from collections import defaultdict
from decimal import Decimal
from typing import Any

from nubank_assets.domain.catalog import TABLES
from nubank_assets.sources.demo.truth import TruthLine
from nubank_assets_tests.fakes.homes import DemoHome

Row = dict[str, Any]
Key = tuple[str, str, str, str, int]


def masked(title: str) -> str:
    """The title as a person may see it: digits that identify people are masked in the tables."""
    title = re.sub(r"(?<!\d)\d{3}(\d{6})\d{2}(?!\d)", r"•••\1••", title)
    return re.sub(r"(Conta: )[0-9.]*([0-9]-?[0-9X])", r"\1•••\2", title)


def rows_of(demo: DemoHome, table: str) -> list[Row]:
    rows: list[Row] = demo.lake.read(TABLES[table]).to_pylist()
    return rows


def centavos(row: Row, column: str = "amount_brl") -> int:
    value = row[column]
    assert isinstance(value, Decimal)
    return int(value.scaleb(2))


def paired(demo: DemoHome) -> list[tuple[TruthLine, Row]]:
    """Each true line with its row; equal lines are paired by their order."""
    rows: dict[Key, list[Row]] = defaultdict(list)
    for row in rows_of(demo, "categorized_transactions"):
        key = (str(row["account_type"]), str(row["month"]), str(row["date"]), str(row["title"]), centavos(row))
        rows[key].append(row)
    pairs = []
    for line in demo.truth.lines:
        key = (line.account.value, line.month, str(line.date), masked(line.title), line.centavos)
        pairs.append((line, rows[key].pop()))
    assert not any(rows.values())
    return pairs
