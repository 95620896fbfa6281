"""The tables against the truth ledger, which the demo wrote without knowing how they are made."""

from collections import defaultdict
from decimal import Decimal

import pytest

from nubank_assets.sources.demo.truth import TruthLine
from nubank_assets_tests.fakes.homes import DemoHome
from nubank_assets_tests.pipeline.truth_rows import Row, centavos, paired, rows_of


@pytest.fixture(scope="module")
def pairs(demo: DemoHome) -> list[tuple[TruthLine, Row]]:
    return paired(demo)


def test_every_true_line_is_one_row(demo: DemoHome, pairs: list[tuple[TruthLine, Row]]) -> None:
    assert len(pairs) == len(demo.truth.lines) == len(rows_of(demo, "transactions")) > 1500


def test_what_each_line_is(pairs: list[tuple[TruthLine, Row]]) -> None:
    wrong = [
        (line.title, line.centavos, row["kind"], row["flow"])
        for line, row in pairs
        if (row["kind"], row["flow"]) != (line.kind.value, line.flow.value)
    ]
    assert not wrong


def test_bill_states_and_parcels(pairs: list[tuple[TruthLine, Row]]) -> None:
    for line, row in pairs:
        assert row["bill_state"] == (line.bill_state.value if line.bill_state else None), line
        assert (row["installment"], row["installments"]) == (line.installment, line.installments), line


def test_categories_are_mostly_right_and_never_missing(pairs: list[tuple[TruthLine, Row]]) -> None:
    spending = [(line, row) for line, row in pairs if line.category]
    assert all(row["category"] for _, row in spending)
    assert not any(row["category"] for line, row in pairs if not line.category)
    right = sum(row["category"] == line.category for line, row in spending if line.category)
    # First rules: the demo's merchants were made up without looking at them.
    assert right / len(spending) > 0.85


def test_monthly_totals_to_the_centavo(demo: DemoHome) -> None:
    summary = {row["month"]: row for row in rows_of(demo, "monthly_summary") if row["basis"] == "bill"}
    assert set(summary) == set(demo.truth.totals)
    for month, totals in demo.truth.totals.items():
        row = summary[month]
        assert (centavos(row, "income_brl"), centavos(row, "expenses_brl")) == (totals.income, totals.expenses), month
        assert row["transactions"] == totals.lines


def test_account_balances(demo: DemoHome) -> None:
    balances = {str(row["date"])[:7]: centavos(row, "balance_brl") for row in rows_of(demo, "account_balances")}
    assert balances
    assert balances == {month: demo.truth.balances[month] for month in balances}


def test_every_bill_is_proven_by_its_ofx(demo: DemoHome) -> None:
    bills = rows_of(demo, "bills")
    proven = [bill for bill in bills if bill["ledger_brl"] is not None]
    assert len(proven) >= 8
    assert all(bill["ledger_difference_brl"] == 0 for bill in proven)


def test_comparisons_add_up(demo: DemoHome) -> None:
    rows = rows_of(demo, "period_comparison")
    totals: dict[tuple[object, ...], list[Decimal]] = defaultdict(lambda: [Decimal(0), Decimal(0)])
    for row in rows:
        amount, compared = row["amount_brl"], row["compared_brl"]
        assert isinstance(amount, Decimal)
        assert isinstance(compared, Decimal)
        assert row["difference_brl"] == amount - compared
        part = row["name"] if row["dimension"] == "total" else row["dimension"]
        sums = totals[row["month"], row["basis"], row["comparison"], part]
        sums[0] += amount
        sums[1] += compared
    nothing = [Decimal(0), Decimal(0)]
    for (month, basis, comparison, part), sums in list(totals.items()):
        expenses = totals.get((month, basis, comparison, "expenses"), nothing)
        income = totals.get((month, basis, comparison, "income"), nothing)
        if part == "category":
            assert sums == expenses
        if part == "kind":
            assert sums == [expenses[0] + income[0], expenses[1] + income[1]]
