"""What cards and charts are drawn from where little is known; ``pipeline/test_report_figures.py`` asks SQL."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from nubank_assets.export.chart_sheets import CARD_USE, CURRENT_BALANCE, PANEL
from nubank_assets.export.rows import read_rows
from nubank_assets.export.sheet import Worksheet
from nubank_assets.lake.publish import Lake
from nubank_assets_tests.fakes.lake import make_lake

AUGUST, SEPTEMBER, OCTOBER = ("2026-08", "2026-09", "2026-10")
UNKNOWN = "não informado"


def rows_of(lake: Lake, sheet: Worksheet) -> list[tuple[Any, ...]]:
    return list(read_rows(lake, sheet, "pt-BR").rows)


def test_a_long_gap_is_not_filled_with_days_of_nothing(tmp_path: Path) -> None:
    days = [date(2026, 1, 1), date(2026, 1, 3), date(2026, 3, 1), date(2026, 3, 2)]
    lake = make_lake(tmp_path, expenses=[{"date": day, "amount_brl": "-1.00"} for day in days])
    assert [row[0] for row in rows_of(lake, CARD_USE)] == [days[0], date(2026, 1, 2), *days[1:]]


def test_what_is_not_known_is_never_zero(tmp_path: Path) -> None:
    lake = make_lake(tmp_path, monthly_summary=[{"basis": "date", "income_brl": "5.00", "card_expenses_brl": "-1.00"}])
    balance, income, expenses, card, *categories = rows_of(lake, PANEL)
    assert balance == ("Saldo", None, UNKNOWN, None, None, None)
    assert income == ("Receitas", date(2026, 9, 1), Decimal("5.00"), None, None, None)
    assert (expenses[2], card[2]) == (Decimal(0), Decimal("1.00"))
    assert {row[2:] for row in categories} == {(Decimal(0), None, None, None)}


def test_a_balance_is_compared_only_where_every_account_is_known(tmp_path: Path) -> None:
    def balance(account: str, day: date, amount: str) -> dict[str, Any]:
        return {"account": account, "date": day, "balance_brl": amount}

    known = [balance("a", date(2026, 9, 30), "10.00"), balance("a", date(2026, 10, 5), "20.00")]
    late = make_lake(tmp_path / "late", daily_balances=[*known, balance("b", date(2026, 10, 1), "5.00")])
    assert rows_of(late, PANEL)[0] == ("Saldo", date(2026, 10, 1), Decimal("25.00"), None, None, None)
    early = make_lake(tmp_path / "early", daily_balances=[*known, balance("b", date(2026, 8, 1), "-30.00")])
    assert rows_of(early, PANEL)[0][2:] == (Decimal(-10), Decimal(-20), Decimal(10), Decimal("0.5"))
    assert rows_of(early, CURRENT_BALANCE) == [(date(2026, 10, 5), Decimal(-10))]


def test_months_that_are_open_or_empty_are_not_the_panels(tmp_path: Path) -> None:
    months: list[dict[str, Any]] = [
        {"month": AUGUST, "basis": "date", "expenses_brl": "-8.00"},
        {"month": SEPTEMBER, "basis": "date", "expenses_brl": "-9.00"},
        {"month": SEPTEMBER, "basis": "bill", "expenses_brl": "-99.00"},
        {"month": OCTOBER, "basis": "date", "expenses_brl": "-1.00", "is_open": True},
        {"month": "2026-11", "basis": "date", "future_brl": "-1.00"},
    ]
    both = make_lake(tmp_path / "both", monthly_summary=months)
    assert rows_of(both, PANEL)[2][1:5] == (date(2026, 9, 1), Decimal(9), Decimal(8), Decimal(1))
    only_open = make_lake(tmp_path / "open", monthly_summary=months[3:])
    assert rows_of(only_open, PANEL)[2][1:4] == (date(2026, 10, 1), Decimal(1), None)
    assert rows_of(make_lake(tmp_path / "none"), PANEL) == []
