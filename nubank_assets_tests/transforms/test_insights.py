"""Months summed up and compared, against figures worked out by hand."""

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from nubank_assets.transforms.steps import INSIGHTS
from nubank_assets_tests.fakes.frames import Rows, run_transforms

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

Made = dict[str, Rows]
DUE = {"2026-05": date(2026, 5, 10), "2026-06": date(2026, 6, 10), "2026-07": date(2026, 7, 10)}
AS_OF = {"closed": datetime(2026, 6, 5, 12, tzinfo=UTC), "open": datetime(2026, 6, 20, 12, tzinfo=UTC)}


def card(month: str, day: str, brl: str, state: str = "closed", **more: Any) -> dict[str, Any]:
    """A line of the bill due in a month: spending in `outros` unless more is said."""
    spending = {"kind": "purchase", "flow": "expense", "category": "outros"}
    bill = {"bill": month, "bill_due": DUE.get(month), "bill_state": state, "as_of": AS_OF.get(state, AS_OF["open"])}
    line = {"account": "card", "account_type": "card", "month": month, "date": date.fromisoformat(day)}
    return {**spending, **bill, **line, "amount_brl": Decimal(brl), **more}


def account(day: str, brl: str, **more: Any) -> dict[str, Any]:
    """A movement of the account, last seen on 15 June: income unless more is said."""
    line = {"account": "account", "account_type": "account", "month": day[:7], "date": date.fromisoformat(day)}
    seen = {"as_of": datetime(2026, 6, 15, 12, tzinfo=UTC)}
    return {"kind": "pix_in", "flow": "income", **line, **seen, "amount_brl": Decimal(brl), **more}


REFUND = {"kind": "refund", "flow": "expense_reduction", "category": "casa"}
INTEREST = {"kind": "interest", "category": "encargos"}
DEBIT = {"kind": "debit_purchase", "flow": "expense", "category": "casa"}
NEUTRAL = {"kind": "bill_payment", "flow": "neutral", "category": None}

#: June's bill ran from 4 May to 3 June; July's, open and last seen on 20 June, from 4 June.
LINES = [
    card("2026-06", "2026-05-10", "-100.00"),
    card("2026-06", "2026-05-20", "-30.00"),
    card("2026-06", "2026-05-25", "-8.00", **INTEREST),
    card("2026-06", "2026-06-02", "12.00", **REFUND),
    card("2026-07", "2026-06-08", "-40.00", "open"),
    card("2026-07", "2026-06-18", "-20.00", "open", category="casa"),
    card("2026-07", "2026-06-19", "50.00", "open", **NEUTRAL),
    card("2026-12", "2026-11-08", "-500.00", "future"),
    account("2026-05-05", "1000.00"),
    account("2026-05-15", "-70.00", **DEBIT),
    account("2026-05-28", "200.00"),
    account("2026-05-30", "-90.00", **NEUTRAL),
    account("2026-06-05", "1100.00"),
    account("2026-06-14", "-35.00", **DEBIT),
]


@pytest.fixture(scope="module")
def made(session: "SparkSession", tmp_path_factory: pytest.TempPathFactory) -> Made:
    return run_transforms(session, tmp_path_factory.mktemp("insights"), INSIGHTS, {"categorized_transactions": LINES})


def summary(made: Made, basis: str) -> dict[str, list[str]]:
    names = ("income", "expenses", "net", "card_expenses", "account_expenses", "charges", "neutral", "future")
    return {
        row["month"]: [str(row[f"{name}_brl"]) for name in names] + [str(row["transactions"]), str(row["is_open"])]
        for row in made["monthly_summary"]
        if row["basis"] == basis
    }


def test_months_by_bill(made: Made) -> None:
    expected = {
        "2026-05": "1200.00  -70.00 1130.00    0.00 -70.00  0.00 -90.00    0.00 4 False",
        "2026-06": "1100.00 -161.00  939.00 -126.00 -35.00 -8.00   0.00    0.00 6 True",
        "2026-07": "   0.00  -60.00  -60.00  -60.00   0.00  0.00  50.00    0.00 3 True",
        "2026-12": "   0.00    0.00    0.00    0.00   0.00  0.00   0.00 -500.00 1 True",
    }
    assert summary(made, "bill") == {month: figures.split() for month, figures in expected.items()}


def test_months_by_date(made: Made) -> None:
    expected = {
        "2026-05": "1200.00 -208.00  992.00 -138.00 -70.00 -8.00 -90.00    0.00 7 False",
        "2026-06": "1100.00  -83.00 1017.00  -48.00 -35.00  0.00  50.00    0.00 6 True",
        "2026-11": "   0.00    0.00    0.00    0.00   0.00  0.00   0.00 -500.00 1 True",
    }
    assert summary(made, "date") == {month: figures.split() for month, figures in expected.items()}


def comparison(made: Made, month: str, basis: str, name: str = "previous_month") -> dict[tuple[str, str], str]:
    """Amount, compared amount, difference and change by dimension and name."""
    columns = ("amount_brl", "compared_brl", "difference_brl", "change_percent")
    return {
        (row["dimension"], row["name"]): " ".join(str(row[column]) for column in columns)
        for row in made["period_comparison"]
        if (row["month"], row["basis"], row["comparison"]) == (month, basis, name)
    }


def test_an_open_bill_is_compared_with_the_same_days_of_the_one_before(made: Made) -> None:
    """On 20 June the bill is 20 days from due: of June's bill counts what was there by 21 May."""
    assert comparison(made, "2026-07", "bill") == {
        ("total", "expenses"): "-60.00 -130.00 70.00 53.8462",
        ("category", "outros"): "-40.00 -130.00 90.00 69.2308",
        ("category", "casa"): "-20.00 0.00 -20.00 None",
        ("kind", "purchase"): "-60.00 -130.00 70.00 53.8462",
    }


def test_an_open_month_is_compared_with_the_same_days_of_the_month_before(made: Made) -> None:
    """The account was seen until the 15th, the card until the 20th, so of May each counts until then."""
    assert comparison(made, "2026-06", "date") == {
        ("total", "income"): "1100.00 1000.00 100.00 10.0000",
        ("total", "expenses"): "-83.00 -200.00 117.00 58.5000",
        ("category", "casa"): "-43.00 -70.00 27.00 38.5714",
        ("category", "outros"): "-40.00 -130.00 90.00 69.2308",
        ("kind", "pix_in"): "1100.00 1000.00 100.00 10.0000",
        ("kind", "purchase"): "-60.00 -130.00 70.00 53.8462",
        ("kind", "refund"): "12.00 0.00 12.00 None",
        ("kind", "debit_purchase"): "-35.00 -70.00 35.00 50.0000",
    }


def test_a_month_without_the_compared_one_is_not_compared(made: Made) -> None:
    found = {(row["month"], row["basis"]) for row in made["period_comparison"]}
    assert found == {("2026-06", "bill"), ("2026-07", "bill"), ("2026-06", "date")}
    assert {row["comparison"] for row in made["period_comparison"]} == {"previous_month"}


def test_a_month_over_is_compared_whole_and_with_the_year_before(session: "SparkSession", tmp_path: Path) -> None:
    later = {"as_of": datetime(2026, 8, 1, 12, tzinfo=UTC)}
    lines = [
        account("2025-06-30", "-10.00", **DEBIT, **later),
        account("2026-06-01", "-25.00", **DEBIT, **later),
        account("2026-05-31", "-5.00", **DEBIT, **later),
    ]
    made = run_transforms(session, tmp_path, INSIGHTS, {"categorized_transactions": lines})
    totals = [("total", "expenses"), ("category", "casa"), ("kind", "debit_purchase")]
    for basis in ("bill", "date"):
        monthly, yearly = (comparison(made, "2026-06", basis, name) for name in ("previous_month", "previous_year"))
        assert monthly == dict.fromkeys(totals, "-25.00 -5.00 -20.00 -400.0000")
        assert yearly == dict.fromkeys(totals, "-25.00 -10.00 -15.00 -150.0000")
    assert not any(row["is_open"] for row in made["period_comparison"])


def test_every_dimension_adds_up_to_its_total(made: Made) -> None:
    sums: dict[tuple[str, str, str, str], list[Decimal]] = {}
    for row in made["period_comparison"]:
        key = (row["month"], row["basis"], row["comparison"], row["dimension"])
        both = sums.setdefault(key, [Decimal(0), Decimal(0), Decimal(0)])
        is_income = row["name"] == "income" and row["dimension"] == "total"
        both[0] += row["amount_brl"]
        both[1] += row["compared_brl"]
        both[2] += Decimal(0) if is_income else row["amount_brl"]
    for month, basis, name, _ in sums:
        total, kinds, categories = (sums[month, basis, name, d] for d in ("total", "kind", "category"))
        assert total[:2] == kinds[:2]
        assert total[2] == categories[0]


def test_money_is_in_the_summary_once_for_each_basis(made: Made) -> None:
    total = sum(line["amount_brl"] for line in LINES)
    for basis in ("bill", "date"):
        rows = [row for row in made["monthly_summary"] if row["basis"] == basis]
        assert sum(row["net_brl"] + row["neutral_brl"] + row["future_brl"] for row in rows) == total
        assert sum(row["transactions"] for row in rows) == len(LINES)
    assert sum(row["amount_brl"] for row in made["daily_totals"]) == 2 * total


def test_nothing_gives_empty_tables(session: "SparkSession", tmp_path: Path) -> None:
    assert run_transforms(session, tmp_path, INSIGHTS, {}) == {name: [] for name in INSIGHTS.outputs}
