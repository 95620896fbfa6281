"""A step publishes what holds, holds back what does not, and does the same in one batch as in many."""

import hashlib
import json
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa
import pytest

from nubank_assets.compute import step as step_module
from nubank_assets.compute.report import Finding, Published, StepReport
from nubank_assets.compute.step import run_step
from nubank_assets.domain.catalog import TABLES
from nubank_assets.lake.files import STAGING
from nubank_assets.lake.publish import Lake, conform, split_by_month
from nubank_assets.sources.raw import read_raw_tables
from nubank_assets.transforms.steps import CATEGORIZATION, CLEANING, INSIGHTS, Parameters, Step
from nubank_assets_tests.fakes.exports import Household, account_csv, card_csv

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

MONTHS = ["2026-05", "2026-06", "2026-07"]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A lake with the raw tables of three months."""
    household = Household(tmp_path)
    at = datetime(2026, 7, 20, 12, tzinfo=UTC)
    for number, month in enumerate(MONTHS):
        lines = [f"2026-0{4 + number}-1{day},Loja {day} {day}/9,{day}.50" for day in range(1, 8)]
        household.bring(f"Nubank_{month}-10.csv", card_csv(*lines, "broken", *lines[:2]), at)
        moves = [f"0{day}/0{5 + number}/2026,-{day}.00,id{number}{day},Compra no débito - Bar" for day in range(1, 9)]
        household.bring(f"NU_{number}.csv", account_csv(*moves), at)
    raw = read_raw_tables(household.inbox, MONTHS)
    lake = Lake(str(tmp_path / "lake"))
    for name, rows in raw.by_name().items():
        for month, part in split_by_month(rows, MONTHS).items():
            lake.write(TABLES[name], month, part)
    return tmp_path / "lake"


def run(session: "SparkSession", root: Path, step: Step, months: list[str] = MONTHS) -> StepReport:
    return run_step(session, step, months if step.partitioned else [], Lake(str(root)), Parameters())


def run_all(session: "SparkSession", root: Path) -> list[StepReport]:
    return [run(session, root, step) for step in (CLEANING, CATEGORIZATION, INSIGHTS)]


def prints(root: Path) -> dict[str, str]:
    files = (path for path in root.rglob("*.parquet"))
    return {path.relative_to(root).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def spoil(root: Path, table: str, month: str, column: str, value: object) -> None:
    """Overwrite a column of a published month."""
    lake = Lake(str(root))
    rows = lake.read(TABLES[table], [month])
    values = pa.array([value] * rows.num_rows, rows.schema.field(column).type)
    spoilt = conform(rows.set_column(rows.schema.get_field_index(column), column, values), TABLES[table])
    lake.publish(lake.stage(spoilt), TABLES[table], month)


def staged(root: Path) -> list[Path]:
    return list((root / STAGING).iterdir())


def test_good_months_are_published_with_their_rows_and_sums(session: "SparkSession", root: Path) -> None:
    report = run(session, root, CLEANING)
    told = report.published
    assert (report.step, report.withheld) == ("cleaned_parquet", ())
    assert all(finding.passed for finding in report.findings)
    assert {(f.check, f.month) for f in report.findings} >= {("lines_are_conserved", month) for month in MONTHS}
    assert {(p.table, p.month) for p in told} == {(name, month) for name in CLEANING.outputs for month in MONTHS}
    transactions = next(p for p in told if (p.table, p.month) == ("transactions", "2026-05"))
    # 9 card lines, 28 + 1 + 2 and nine half reais; 8 account lines that add up to 36.
    assert (transactions.rows, transactions.sums) == (17, {"amount_brl": "-71.50"})
    assert staged(root) == []


def test_a_month_that_fails_is_held_back_and_its_old_files_stay(session: "SparkSession", root: Path) -> None:
    run_all(session, root)
    spoil(root, "raw_documents", "2026-06", "current_lines", 99)
    before = prints(root)
    report = run(session, root, CLEANING)
    assert report.withheld == ("2026-06",)
    failed = [(finding.check, finding.month) for finding in report.findings if not finding.passed]
    assert failed == [("lines_are_conserved", "2026-06")]
    assert {published.month for published in report.published} == {"2026-05", "2026-07"}
    assert prints(root) == before
    assert staged(root) == []


def test_a_first_run_of_a_bad_month_publishes_nothing_of_it(session: "SparkSession", root: Path) -> None:
    spoil(root, "raw_documents", "2026-06", "current_brl", Decimal("0.01"))
    assert run(session, root, CLEANING).withheld == ("2026-06",)
    lake = Lake(str(root))
    assert {name: lake.months(TABLES[name]) for name in CLEANING.outputs} == {
        name: ["2026-05", "2026-07"] for name in CLEANING.outputs
    }


def test_a_null_where_none_may_be_holds_its_month_back(session: "SparkSession", root: Path) -> None:
    spoil(root, "raw_lines", "2026-05", "source", None)
    report = run(session, root, CLEANING)
    assert report.withheld == ("2026-05",)
    assert any("source: " in finding.explanation for finding in report.findings)


def test_a_check_that_only_warns_holds_nothing_back(session: "SparkSession", root: Path) -> None:
    spoil(root, "raw_documents", "2026-06", "contradicts", "other")
    report = run(session, root, CLEANING)
    assert report.withheld == ()
    failed = [finding for finding in report.findings if not finding.passed]
    assert [(f.check, f.month, f.blocking) for f in failed] == [("documents_agree", "2026-06", False)]
    assert "nubank forget" in failed[0].explanation


def test_many_batches_give_the_bytes_of_one(
    session: "SparkSession", root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_all(session, root)
    whole = prints(root)
    for rows in (1, 40):
        monkeypatch.setattr(step_module, "ROWS_AT_ONCE", rows)
        run_all(session, root)
        assert prints(root) == whole
    for month in reversed(MONTHS):
        run(session, root, CLEANING, [month])
        run(session, root, CATEGORIZATION, [month])
    assert prints(root) == whole


def test_months_without_data_get_empty_tables(session: "SparkSession", tmp_path: Path) -> None:
    root = tmp_path / "lake"
    reports = run_all(session, root)
    assert all(not report.withheld for report in reports)
    assert {published.rows for report in reports for published in report.published} == {0}
    assert Lake(str(root)).months(TABLES["expenses"]) == MONTHS
    assert Lake(str(root)).read(TABLES["monthly_summary"]).num_rows == 0


def test_files_are_exactly_as_declared(session: "SparkSession", root: Path) -> None:
    import pyarrow.parquet as pq

    run_all(session, root)
    for path in root.rglob("*.parquet"):
        name = path.relative_to(root).parts[1]
        assert pq.read_schema(path).equals(TABLES[name].arrow_schema), name
        keys = [tuple(row.values()) for row in pq.ParquetFile(path).read(list(TABLES[name].key)).to_pylist()]
        if all(None not in key for key in keys):
            order = [pq.read_schema(path).names.index(column) for column in TABLES[name].key]
            positions = [sorted(order).index(place) for place in order]
            assert keys == sorted(keys, key=lambda key: [key[place] for place in positions]), name


def test_a_report_travels_as_json() -> None:
    report = StepReport(
        "cleaned_parquet",
        (Published("transactions", "2026-06", 3, {"amount_brl": "-1.00"}), Published("monthly_summary", None, 0)),
        (Finding("a", "transactions", "2026-06", passed=False, blocking=True, explanation="R$ 1,00 — faltam"),),
        ("2026-06",),
        1.25,
    )
    assert StepReport.from_dict(json.loads(json.dumps(report.to_dict()))) == report
