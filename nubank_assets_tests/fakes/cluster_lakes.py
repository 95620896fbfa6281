"""The same raw tables for two engines, and whether what they made of them is the same."""

import shutil
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Final

from nubank_assets.compute.report import StepReport
from nubank_assets.compute.step import run_step
from nubank_assets.domain.catalog import CORRECTIONS, RULES, TABLES
from nubank_assets.domain.vocabulary import Layer
from nubank_assets.lake.inbox import Inbox
from nubank_assets.lake.publish import Lake, split_by_month
from nubank_assets.settings import Settings
from nubank_assets.sources.demo.cast import HOLDER_NAME
from nubank_assets.sources.demo.generator import write_demo
from nubank_assets.sources.own_rules import rules_table
from nubank_assets.sources.raw import read_raw_tables
from nubank_assets.transforms.steps import STEPS, Parameters
from nubank_assets_tests.fakes.frames import Row, arrow_rows
from nubank_assets_tests.fakes.homes import TODAY, import_files

if TYPE_CHECKING:
    import pyarrow as pa
    from pyspark.sql import SparkSession

#: Names whose transfers are the person's own.
HOLDERS: Final = (HOLDER_NAME,)
_RAW: Final = [table for table in TABLES.values() if table.layer is Layer.RAW and table.partitioned]


def fill_raw(folder: Path, *roots: str) -> list[str]:
    """The raw tables of a small demo, some lines of which cannot be read, below each root; the months."""
    home = Settings(home=folder / "home")
    write_demo(folder / "files", months=2, seed=1, today=TODAY)
    bill = next((folder / "files" / "exports").glob("Nubank_2026-10-10.csv"))
    bill.write_text(bill.read_text(encoding="utf-8") + "2026-13-45,Linha estragada,1.00\n", encoding="utf-8")
    import_files(home, [folder / "files" / "exports"], source="demo")
    months = sorted({month for receipt in Inbox(home.inbox_root).receipts() for month in receipt.months})
    raw = read_raw_tables(Inbox(home.inbox_root), months).by_name()
    corrections = _corrections(raw["raw_lines"])
    for root in roots:
        Lake(root).write(CORRECTIONS, None, corrections)
        Lake(root).write(RULES, None, _rules(corrections))
        for table in _RAW:
            for month, rows in split_by_month(raw[table.name], months).items():
                Lake(root).write(table, month, rows)
    shutil.rmtree(folder / "files")
    return months


def _corrections(lines: "pa.Table") -> "pa.Table":
    """Two that change a line by its words, two that contradict each other, one of no line, one that cannot be used,
    one of a merchant, and a command that another replaces.
    """
    bills = [row for row in lines.to_pylist() if row["line_state"] == "current" and row["bill"] and row["centavos"] < 0]
    named = [
        {name: row[name] for name in ("account", "bill", "raw_title")}
        | {"amount_brl": Decimal(-row["centavos"]).scaleb(-2)}
        for row in bills[:4]
    ]
    rows: list[Row] = [
        {**named[0], "correction": "c1", "category": "lazer"},
        {**named[1], "correction": "c2", "category": "casa"},
        {**named[2], "correction": "c3", "category": "lazer"},
        {**named[2], "correction": "c4", "category": "casa"},
        {"correction": "c5", "transaction_id": "0" * 32, "category": "casa"},
        {"correction": "c6", "reason": "no_line"},
        {"correction": "c7", "raw_title": bills[4]["raw_title"], "category": "viagem", "applies_to": "merchant"},
        {**named[3], "correction": "c8", "document": "c8", "category": "casa"},
        {
            **named[3],
            "correction": "c9",
            "document": "c9",
            "category": "lazer",
            "as_of": datetime(2027, 1, 1, tzinfo=UTC),
        },
    ]
    return arrow_rows("corrections", rows)


def _rules(corrections: "pa.Table") -> "pa.Table":
    """The row that applies to a merchant, and two commands."""
    rules = rules_table([], corrections).to_pylist()
    words = {"source": "stated", "as_of": datetime(2026, 11, 23, 9, tzinfo=UTC), "category": "casa"}
    commands: list[Row] = [
        {**words, "rule": "r8", "document": "r8", "number": 8, "match_type": "contains", "raw_pattern": "padaria"},
        {**words, "rule": "r9", "document": "r9", "number": 9, "match_type": "words", "raw_pattern": "azul loja"},
    ]
    return arrow_rows("rules", [*rules, *commands])


def run_sail(session: "SparkSession", root: str, months: Sequence[str]) -> dict[str, StepReport]:
    """All steps as the embedded engine makes them."""
    return {
        name: timeless(run_step(session, step, months if step.partitioned else [], Lake(root), Parameters(HOLDERS)))
        for name, step in STEPS.items()
    }


def timeless(report: StepReport) -> StepReport:
    """The report without how long it took, its parts in order."""
    published = tuple(sorted(report.published, key=lambda part: (part.table, part.month or "")))
    findings = tuple(sorted(report.findings, key=lambda finding: (finding.check, finding.month or "")))
    return replace(report, published=published, findings=findings, seconds=0)


def assert_same_tables(one: Lake, other: Lake) -> None:
    """Every table has the same months, columns, types, and rows in the same order."""
    for name, table in TABLES.items():
        ours, theirs = one.read(table), other.read(table)
        assert ours.num_rows or name in _MAY_BE_EMPTY, name
        assert theirs.schema.equals(ours.schema), name
        assert theirs.equals(ours), name
        assert other.months(table) == one.months(table), name


_MAY_BE_EMPTY: Final[tuple[str, ...]] = ()
