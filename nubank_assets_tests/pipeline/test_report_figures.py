"""What charts and cards are drawn from, to the centavo: by SQL on two years of a demo."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from nubank_assets.domain.vocabulary import Category
from nubank_assets.export.chart_sheets import BY_CATEGORY, BY_MONTH, CARD_USE, CURRENT_BALANCE, PANEL
from nubank_assets.export.figures import CARDS, FIGURE_COUNT
from nubank_assets.export.labels import label
from nubank_assets.export.originals import EXPENSES, INCOME
from nubank_assets.export.rows import read_rows
from nubank_assets.export.sheet import Worksheet
from nubank_assets.lake.publish import Lake
from nubank_assets.lake.sql import open_lake
from nubank_assets_tests.fakes.homes import DemoHome

Ask = Callable[[str], list[tuple[Any, ...]]]


def rows_of(lake: Lake, sheet: Worksheet) -> list[tuple[Any, ...]]:
    return list(read_rows(lake, sheet, "pt-BR").rows)


def total(rows: Sequence[tuple[Any, ...]], column: int) -> Decimal:
    return sum((row[column] for row in rows), Decimal(0))


@pytest.fixture(scope="module")
def lake(demo: DemoHome) -> Lake:
    return demo.lake


@pytest.fixture(scope="module")
def ask(demo: DemoHome) -> Ask:
    connection = open_lake(demo.settings.lake_root)
    return lambda sql: connection.execute(sql).fetchall()


def test_what_the_cards_and_the_charts_show_over_all_days_is_one_sum(lake: Lake, ask: Ask) -> None:
    ((expenses,),) = ask("select -sum(amount_brl) from expenses")
    ((income,),) = ask("select sum(amount_brl) from income")
    assert expenses > income / 10 > 0
    assert total(rows_of(lake, EXPENSES), 2) == expenses
    assert total(rows_of(lake, BY_CATEGORY), 2) == expenses
    assert total(rows_of(lake, BY_MONTH), 2) == expenses
    assert total(rows_of(lake, INCOME), 2) == income == total(rows_of(lake, BY_MONTH), 1)


def test_each_day_and_category_and_each_month_is_what_sql_makes_of_the_lines(lake: Lake, ask: Ask) -> None:
    by_category = ask("select date, category, -sum(amount_brl) from expenses group by all order by 1, 2")
    words = [(day, label(f"category.{name}", "pt-BR"), amount) for day, name, amount in by_category]
    assert rows_of(lake, BY_CATEGORY) == words
    by_month = ask(
        "select date_trunc('month', date)::date as month, sum(amount) filter (is_income),"
        " -sum(amount) filter (not is_income) from (select date, amount_brl as amount, true as is_income from income"
        " union all select date, amount_brl, false from expenses) group by month order by month"
    )
    assert rows_of(lake, BY_MONTH) == [(month, income or 0, spent or 0) for month, income, spent in by_month]


def test_every_day_of_the_card_has_a_row_and_those_without_a_purchase_are_zero(lake: Lake, ask: Ask) -> None:
    spent: dict[date, Decimal] = dict(
        ask("select date, -sum(amount_brl) from expenses where account_type = 'card' group by date")
    )
    rows = rows_of(lake, CARD_USE)
    days = [min(spent) + timedelta(days=number) for number in range((max(spent) - min(spent)).days + 1)]
    assert len(days) > len(spent)
    assert rows == [(day, spent.get(day, Decimal(0))) for day in days]


def test_the_panel_shows_the_newest_month_that_is_over_by_the_day_of_each_line(lake: Lake, ask: Ask) -> None:
    def sums(month: str) -> list[Decimal]:
        within = f"strftime(date, '%Y-%m') = '{month}'"
        queries = (
            f"select sum(amount_brl) from income where {within}",
            f"select -sum(amount_brl) from expenses where {within}",
            f"select -sum(amount_brl) from expenses where {within} and account_type = 'card'",
        )
        return [ask(query)[0][0] for query in queries]

    rows = rows_of(lake, PANEL)
    assert [row[0] for row in rows[:CARDS]] == ["Saldo", "Receitas", "Despesas", "Cartão de crédito"]
    assert {row[1] for row in rows[1:]} == {date(2026, 10, 1)}
    assert [row[2] for row in rows[1:CARDS]] == sums("2026-10")
    assert [row[3] for row in rows[1:CARDS]] == sums("2026-09")
    assert total(rows[CARDS:], 2) == rows[2][2]
    assert total(rows[CARDS:], 3) == rows[2][3]
    assert sorted(rows[CARDS:], key=lambda row: -row[2]) == rows[CARDS:]
    assert {row[0] for row in rows[CARDS:]} == set(Category)
    assert len(rows) == FIGURE_COUNT


def test_the_balance_is_the_last_of_every_account_together(lake: Lake, ask: Ask) -> None:
    newest = "select max_by(balance_brl, date), max(date) from daily_balances where date <= '{}' group by account"
    ((day, amount),) = rows_of(lake, CURRENT_BALANCE)
    found = ask(newest.format("2027-01-01"))
    assert (amount, day) == (sum(balance for balance, _ in found), max(last for _, last in found))
    before = sum(balance for balance, _ in ask(newest.format("2026-10-31")))
    assert rows_of(lake, PANEL)[0][1:5] == (date(2026, 11, 1), amount, before, amount - before)
