"""The tables that prove, whole, against the demo's truth; and what they say of a household that lost documents."""

import re
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from nubank_assets.domain.catalog import TABLES
from nubank_assets.sources.demo.generator import write_demo
from nubank_assets.sources.demo.truth import Truth
from nubank_assets_tests.fakes.homes import TODAY, DemoHome
from nubank_assets_tests.transforms.proving import Rows, tables_of_files

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

Row = dict[str, Any]


def rows(demo: DemoHome, table: str) -> list[Row]:
    found: list[Row] = demo.lake.read(TABLES[table]).to_pylist()
    return found


def brl(centavos: int) -> Decimal:
    return Decimal(centavos).scaleb(-2)


def identifiers(truth: Truth) -> dict[tuple[str, str, Decimal], str]:
    """The payments on the card by bill, day and amount, which no two share."""
    payments = [line for line in truth.lines if line.title == "Pagamento recebido"]
    found = {(line.month, str(line.date), brl(line.centavos)): line.identifier for line in payments}
    assert len(found) == len(payments)
    return found


def test_every_bill_is_as_the_truth_has_it(demo: DemoHome) -> None:
    proofs = [row for row in rows(demo, "bill_proofs") if row["bill_state"] != "future"]
    found = [(row["bill"], -row["total_brl"], row["paid_brl"], row["settlement"]) for row in proofs]
    assert found == [(one.bill, brl(one.total), brl(one.paid), one.settlement.value) for one in demo.truth.bills]
    assert {row["settlement"] for row in rows(demo, "bill_proofs")} == {"paid", "paid_late", "carried", "not_due"}
    assert Counter(row["proof"] for row in proofs) == {"proven": 8, "unstated": 16, "not_closed": 1}
    assert all(row["open_brl"] == 0 for row in proofs if row["bill_state"] == "closed")


def test_every_payment_settles_what_the_truth_says(demo: DemoHome) -> None:
    lines = {row["transaction_id"]: row for row in rows(demo, "categorized_transactions")}
    names = identifiers(demo.truth)
    found = Counter[Any]()
    for row in rows(demo, "bill_payments"):
        line = lines[row["transaction_id"]]
        name = names[line["month"], str(line["date"]), line["amount_brl"]]
        found[name, row["paid_in"], row["bill"], row["date"], row["amount_brl"]] += 1
    expected = [(p.identifier, p.paid_in, p.bill, p.date, brl(p.centavos)) for p in demo.truth.payments]
    assert found == Counter(expected)
    timings = Counter(row["timing"] for row in rows(demo, "bill_payments"))
    assert timings.keys() == {"early", "on_time", "late", "due_unknown", "unknown_bill"}


def test_every_month_of_the_account_is_as_the_truth_has_it(demo: DemoHome) -> None:
    months = [row for row in rows(demo, "account_proofs") if row["span"] == "month"]
    assert {row["month"]: row["closing_brl"] for row in months} == {
        month: brl(balance) for month, balance in demo.truth.balances.items()
    }
    moved = Counter[str]()
    for line in demo.truth.lines:
        if line.account == "account":
            moved[line.month] += line.centavos
    assert {row["month"]: row["came_in_brl"] + row["went_out_brl"] for row in months} == {
        month: brl(centavos) for month, centavos in moved.items()
    }
    assert all(row["difference_brl"] == row["unexplained_brl"] == 0 for row in rows(demo, "account_proofs"))
    assert Counter(row["proof"] for row in months) == {"proven": 21, "half_stated": 2, "running": 1}


def test_the_demo_has_no_gap(demo: DemoHome) -> None:
    coverage = rows(demo, "statement_coverage")
    assert {row["coverage"] for row in coverage} == {"covered", "overlap"}
    assert {row["period_by"] for row in coverage} == {"document"}
    repeated = sum(row["duplicate_lines"] + row["superseded_lines"] for row in rows(demo, "raw_documents"))
    future = [row for row in rows(demo, "raw_documents") if row["bill_state"] == "future"]
    unseen = sum(row["duplicate_lines"] + row["superseded_lines"] for row in future)
    assert sum(row["repeated_lines"] for row in coverage) == repeated - unseen


@pytest.fixture(scope="module")
def lossy(session: "SparkSession", tmp_path_factory: pytest.TempPathFactory) -> tuple[Truth, Rows]:
    """Eight months, of which August has no statement, July no bill, and October's OFX states R$ 9.99 too much."""
    folder = tmp_path_factory.mktemp("lossy")
    truth = write_demo(folder / "demo", months=8, seed=1, today=TODAY)
    lost = "_01AGO2026_|Nubank_2026-07-10|Nubank_2026-10-10[.]csv"
    files = [file for file in sorted((folder / "demo" / "exports").iterdir()) if not re.search(lost, file.name)]
    _overstate(next(file for file in files if file.name == "Nubank_2026-10-10.ofx"))
    return truth, tables_of_files(session, folder / "home", files)


def _overstate(exported: Path) -> None:
    text = exported.read_text(encoding="utf-8")
    balance = re.search(r"<BALAMT>(-[0-9.]+)", text)
    assert balance
    exported.write_text(text.replace(balance[0], f"<BALAMT>{Decimal(balance[1]) - Decimal('9.99')}"), encoding="utf-8")


def test_a_gap_is_told_and_so_is_what_it_breaks(lossy: tuple[Truth, Rows]) -> None:
    gaps = [row for row in lossy[1]["statement_coverage"] if row["coverage"] == "gap"]
    assert [(row["account"], row["first_month"], row["last_month"], str(row["first_day"])) for row in gaps] == [
        ("account", "2026-08", "2026-08", "2026-08-01"),
        ("card", "2026-07", "2026-07", "None"),
    ]
    spans = [row for row in lossy[1]["account_proofs"] if row["proof"] == "differs"]
    readings = next(row for row in spans if row["span"] == "readings")
    lost = sum(line.centavos for line in lossy[0].lines if line.account == "account" and line.month == "2026-08")
    assert readings["unexplained_brl"] == readings["difference_brl"] == brl(lost)
    assert (str(readings["first_day"]), str(readings["last_day"])) == ("2026-08-01", "2026-10-31")
    assert [row["month"] for row in spans if row["span"] == "month"] == ["2026-09", "2026-10"]


def test_a_bill_without_the_next_one_is_not_called_unpaid(lossy: tuple[Truth, Rows]) -> None:
    bills = {row["bill"]: row for row in lossy[1]["bill_proofs"]}
    assert "2026-07" not in bills
    assert (bills["2026-06"]["settlement"], bills["2026-06"]["open_brl"]) == ("unknown", None)
    assert bills["2026-08"]["settlement"] == "paid"


def test_a_total_that_differs_is_told_with_what_is_left(lossy: tuple[Truth, Rows]) -> None:
    bill = next(row for row in lossy[1]["bill_proofs"] if row["bill"] == "2026-10")
    assert (bill["proof"], bill["difference_brl"], bill["unexplained_brl"]) == ("differs", brl(-999), brl(-999))
    parts = lossy[1]["bill_differences"]
    assert [(row["bill"], row["cause"], row["amount_brl"]) for row in parts] == [("2026-10", "unexplained", brl(-999))]
