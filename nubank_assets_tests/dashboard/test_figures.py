"""Every number and every chart of a period is what SQL says of the same tables, whatever the period and the basis."""

from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from nubank_assets.domain.months import add_months, first_day, last_day, month_of, months_between
from nubank_assets_tests.dashboard.reading import OpenPage, money
from nubank_assets_tests.fakes.homes import TODAY

if TYPE_CHECKING:
    import duckdb

_SPENT = "flow in ('expense', 'expense_reduction')"
_COUNTS = "coalesce(bill_state, '') <> 'future'"
_SUMS = {"income": "flow = 'income'", "expenses": _SPENT, "card": f"{_SPENT} and account_type = 'card'"}
_FROM = "from categorized_transactions where"
#: Over and open months, several and single, parts of a month, a month of nothing but an open bill, and a whole year.
PERIODS = [
    ("date", "2026-10-01", "2026-10-31"),
    ("date", "2026-11-01", "2026-11-30"),
    ("date", "2026-10-05", "2026-10-20"),
    ("date", "2026-11-15", "2026-12-02"),
    ("date", "2026-09-01", "2026-11-30"),
    ("date", "2025-12-01", "2026-11-30"),
    ("bill", "2026-10-01", "2026-10-31"),
    ("bill", "2026-11-01", "2026-11-30"),
    ("bill", "2026-12-01", "2026-12-31"),
    ("bill", "2026-06-01", "2026-10-31"),
]
WHOLE_MONTHS = [period for period in PERIODS if period[1][:7] == period[2][:7] and period[1].endswith("01")]
each_period = pytest.mark.parametrize(("basis", "first", "last"), PERIODS)
each_month = pytest.mark.parametrize(("basis", "first", "last"), WHOLE_MONTHS)


def _within(basis: str, first: str, last: str) -> str:
    if basis == "date":
        return f"{_COUNTS} and date between '{first}' and '{last}'"
    return f"{_COUNTS} and month between '{first[:7]}' and '{last[:7]}'"


def _one(sql: "duckdb.DuckDBPyConnection", query: str) -> Any:
    (row,) = sql.execute(query).fetchall()
    return row[0] if len(row) == 1 else row


def _total(sql: "duckdb.DuckDBPyConnection", which: str, within: str) -> Decimal:
    found = _one(sql, f"select coalesce(sum(amount_brl), 0) from categorized_transactions where {which} and {within}")
    return Decimal(found)


def _spent(amount: Decimal) -> Decimal:
    return -amount if amount else amount


@each_period
def test_the_cards_say_what_the_lines_add_up_to(
    report: OpenPage, sql: "duckdb.DuckDBPyConnection", basis: str, first: str, last: str
) -> None:
    report.show(basis, first, last)
    within = _within(basis, first, last)
    wanted = {name: _total(sql, which, within) for name, which in _SUMS.items()}
    wanted |= {name: _spent(wanted[name]) for name in ("expenses", "card")}
    assert {name: report.amount(f"#card-{name} .amount") for name in _SUMS} == wanted
    until = min(date.fromisoformat(last), TODAY)
    assert report.amount("#card-balance .amount") == _balance(sql, until)


def test_an_average_is_of_the_months_that_are_known(report: OpenPage, sql: "duckdb.DuckDBPyConnection") -> None:
    report.show("date", "2024-12-01", "2026-12-31")
    for name, which in _SUMS.items():
        within = f"{which} and {_COUNTS} and date <= '2026-12-31'"
        months = _one(sql, f"select 12 * 2026 + 11 - min(12 * year(date) + month(date)) + 1 {_FROM} {within}")
        average = (abs(_total(sql, which, _COUNTS)) / months).quantize(Decimal("0.01"))
        said = report.text(f"#card-{name} .detail")
        assert f"({months} meses)" in said
        assert money(said.split(" por mês")[0]) == average
    first = _one(sql, f"select min(date) {_FROM} {_SUMS['card']} and {_COUNTS}")
    (line,) = report.drawn("usage")
    assert len(line) == (TODAY - first).days + 1, "days before the first known purchase are not days of no purchase"


def _balance(sql: "duckdb.DuckDBPyConnection", until: date) -> Decimal:
    latest = f"select account, arg_max(balance_brl, date) b from daily_balances where date <= '{until}' group by 1"
    return Decimal(_one(sql, f"select sum(b) from ({latest})"))


@each_month
def test_months_agree_with_the_summary_and_the_comparison(
    report: OpenPage, sql: "duckdb.DuckDBPyConnection", basis: str, first: str, last: str
) -> None:
    report.show(basis, first, last)
    month, of_month = first[:7], f"month = '{first[:7]}' and basis = '{basis}'"
    columns = "income_brl, -expenses_brl, -card_expenses_brl"
    summary = _one(sql, f"select {columns} from monthly_summary where {of_month}")
    assert tuple(report.amount(f"#card-{name} .amount") for name in _SUMS) == summary
    query = f"""select dimension, name, amount_brl, compared_brl, difference_brl, change_percent from period_comparison
        where {of_month} and comparison = 'previous_month' and dimension <> 'kind'"""
    compared = {(dimension, name): rest for dimension, name, *rest in sql.execute(query).fetchall()}
    assert compared
    rows = report.rows("comparison")
    wanted = {name: rest for (dimension, name), rest in compared.items() if dimension == "category"}
    assert {row[0] for row in rows[2:]} == set(wanted)
    totals = zip(("Receitas", "Despesas"), ("income", "expenses"), strict=True)
    wanted |= {title: compared[("total", name)] for title, name in totals if ("total", name) in compared}
    for name, *cells in rows:
        if name not in wanted:  # a total of which neither month has any
            assert [money(cell) for cell in cells[:2]] == [0, 0]
            continue
        sign = 1 if name == "Receitas" else -1
        amount, before, difference, percent = wanted[name]
        assert [money(cell) for cell in cells[:2]] == [sign * amount, sign * before], (month, name)
        assert money(cells[2].lstrip("+")) == sign * difference
        if percent is None:
            assert cells[3] == "–"
        else:
            shown = Decimal(cells[3].rstrip("%").lstrip("+").replace(".", "").replace(",", "."))
            assert abs(shown - sign * percent) <= Decimal("0.0501")


@pytest.mark.parametrize(("first", "last"), [("2026-09", "2026-11"), ("2026-04", "2026-08"), ("2026-11", "2026-11")])
def test_several_months_are_compared_with_the_same_days_of_as_many_before(
    report: OpenPage, sql: "duckdb.DuckDBPyConnection", first: str, last: str
) -> None:
    report.show("date", str(first_day(first)), str(last_day(last)))
    back = len(months_between(first, last))
    seen = "(select account, account_type, max(seen) seen from daily_totals group by all)"
    wanted = Decimal(0)
    for month in months_between(first, last):
        known = (
            f"(s.seen >= '{last_day(month)}' or position <= date_diff('day', date '{first_day(month)}', s.seen) + 1)"
        )
        wanted += _one(
            sql,
            f"""select coalesce(sum(amount_brl), 0) from daily_totals t join {seen} s using (account, account_type)
            where basis = 'date' and month = '{add_months(month, -back)}' and {_SPENT} and {_COUNTS} and {known}""",
        )
    assert money(report.rows("comparison")[1][2]) == -wanted
    assert ("mesmos dias" in report.text("#compared-with")) == (last == month_of(TODAY))


def test_days_are_compared_with_as_many_days_before(report: OpenPage, sql: "duckdb.DuckDBPyConnection") -> None:
    report.show("date", "2026-10-05", "2026-10-20")
    within = _within("date", "2026-09-19", "2026-10-04")
    assert money(report.rows("comparison")[1][2]) == -_total(sql, _SPENT, within)
    assert report.text("#compared-with") == "Comparado com 19/09/2026 a 04/10/2026."
    # Of a period that goes on, only the days that are over are compared.
    report.show("date", "2026-11-15", "2026-12-02")
    within = _within("date", "2026-10-28", "2026-11-05")
    assert money(report.rows("comparison")[1][2]) == -_total(sql, _SPENT, within)


def test_nothing_is_compared_with_a_time_that_the_data_does_not_cover(report: OpenPage) -> None:
    report.show("date", "2025-01-01", "2026-11-30")
    assert report.text("#compared-with") == "Sem comparação: os dados não cobrem o período anterior."
    assert {tuple(row[2:]) for row in report.rows("comparison")} == {("–", "–", "–")}
    assert report.text("#card-income .change") == "sem comparação"


@each_period
def test_every_chart_and_its_table_draw_what_sql_says(
    report: OpenPage, sql: "duckdb.DuckDBPyConnection", basis: str, first: str, last: str
) -> None:
    report.show(basis, first, last)
    within = _within(basis, first, last)
    lines = f"from categorized_transactions where {within}"
    categories = sql.execute(
        f"select category, -sum(amount_brl) s {lines} and {_SPENT} group by 1 order by 2 desc, 1"
    ).fetchall()
    assert report.drawn("categories") == [[_centavos(amount) for _, amount in categories]]
    assert [(row[0], money(row[1])) for row in report.rows("table-categories")] == categories
    days = dict(sql.execute(f"select date, -sum(amount_brl) {lines} and {_SUMS['card']} group by 1").fetchall())
    (drawn,) = report.drawn("usage")
    start = date.fromisoformat(first) if basis == "date" else min(days)
    assert {start + timedelta(day): value for day, value in enumerate(drawn) if value} == {
        day: _centavos(amount) for day, amount in days.items() if amount
    }
    assert (
        len(drawn)
        == (max([*days, *([min(date.fromisoformat(last), TODAY)] if basis == "date" else [])]) - start).days + 1
    )
    _check_flows(report, sql, basis, first, last)
    _check_balances(report, sql, date.fromisoformat(first), min(date.fromisoformat(last), TODAY))


def _check_flows(report: OpenPage, sql: "duckdb.DuckDBPyConnection", basis: str, first: str, last: str) -> None:
    is_whole = first.endswith("01") and date.fromisoformat(last) == last_day(last[:7])
    key = "strftime(date, '%d/%m/%Y')" if not is_whole else "month" if basis == "bill" else "strftime(date, '%Y-%m')"
    sums = f"sum(amount_brl) filter ({_SUMS['income']}), sum(-amount_brl) filter ({_SPENT})"
    within = f"{_within(basis, first, last)} and flow <> 'neutral'"
    query = f"select {key} k, {sums} from categorized_transactions where {within} group by 1 order by min(date)"
    rows = sql.execute(query).fetchall()
    income, expenses = report.drawn("months")
    assert (sum(income), sum(expenses)) == tuple(_centavos(sum(row[n] or 0 for row in rows)) for n in (1, 2))
    shown = {(money(row[1]), money(row[2])) for row in report.rows("table-months")}
    assert shown == {(came or Decimal(0), went or Decimal(0)) for _, came, went in rows if came or went}


def _check_balances(report: OpenPage, sql: "duckdb.DuckDBPyConnection", first: date, last: date) -> None:
    if last < first:
        return
    total, account, savings = report.drawn("balances")
    known = date(2026, 9, 10)  # of the savings
    days = [first + timedelta(day) for day in range((last - first).days + 1)]
    assert total == [_centavos(_balance(sql, day)) if day >= known else None for day in days]
    assert savings == [100010 if day >= known else None for day in days]
    assert account == [_centavos(_balance(sql, day)) - (100010 if day >= known else 0) for day in days]


def test_a_balance_is_compared_only_with_one_of_the_same_accounts(
    report: OpenPage, sql: "duckdb.DuckDBPyConnection"
) -> None:
    report.show("date", "2026-10-01", "2026-10-31")
    assert report.amount("#card-balance .before") == _balance(sql, date(2026, 9, 30))
    report.show("date", "2026-11-01", "2026-11-30")
    assert report.amount("#card-balance .before") == _balance(sql, date(2026, 10, 23))
    report.show("date", "2026-09-01", "2026-09-30")
    assert report.text("#card-balance .change") == "sem comparação"


def _centavos(amount: Any) -> int:
    return int(Decimal(amount) * 100)


def test_limits_are_what_was_known_at_the_end_of_the_period(report: OpenPage) -> None:
    report.show("date", "2026-11-01", "2026-11-30")
    (known, unknown) = (report.page.locator(".limit").nth(n).inner_text().replace("\xa0", " ") for n in (0, 1))
    assert "R$ 2.499,50 em 20/11/2026" in known
    assert "R$ 5.500,50 em 20/11/2026" in known
    assert unknown.count("não informado") == 4
    assert report.page.locator("progress").evaluate("bar => bar.value / bar.max") == 249950 / 800000
    report.show("date", "2026-10-01", "2026-10-31")
    assert "5.500,50" not in report.text("#limits")
    assert report.page.locator("progress").count() == 0


def test_parcels_to_come_are_what_is_committed_of_each_bill(report: OpenPage, sql: "duckdb.DuckDBPyConnection") -> None:
    report.show("date", "2026-10-01", "2026-10-31")
    query = "select -sum(committed_brl), sum(ending_plans) from commitment_months group by month order by month"
    months = sql.execute(query).fetchall()
    assert len(months) > 6
    assert report.drawn("parcels") == [[_centavos(amount) for amount, _ in months]]
    rows = report.rows("table-parcels")
    assert [(money(row[1]), int(row[2].replace("–", "0"))) for row in rows] == months
    left = sum(amount for amount, _ in months)
    for row, (amount, _) in zip(rows, months, strict=True):
        left -= amount
        assert money(row[3]) == left
    plans = """select merchant, to_come_installments || ' de ' || installments, -to_come_brl from installment_plans
        where plan_state = 'active' order by to_come_brl, merchant, plan_id"""
    assert [(row[0], row[1], money(row[2])) for row in report.rows("table-plans")] == sql.execute(plans).fetchall()


def test_notes_say_what_is_open_and_what_could_not_be_read(report: OpenPage) -> None:
    report.show("date", "2026-10-01", "2026-11-30")
    notes = report.page.locator("#notes li").all_inner_texts()
    assert notes == [
        "1 linha não pôde ser lida e não está em nenhum valor: veja a aba Rejeitados da planilha.",
        "Em aberto: nov/2026. Estes valores ainda vão mudar.",
    ]
