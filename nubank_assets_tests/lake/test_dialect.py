"""Athena's SQL on DuckDB: every function that is let through has the value that Trino's documentation gives it."""

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from nubank_assets.domain.failures import InputError
from nubank_assets.lake import dialect_rules
from nubank_assets.lake.dialect import check_reads, translate
from nubank_assets.lake.sql import open_lake
from nubank_assets_tests.fakes.lake import make_lake

if TYPE_CHECKING:
    import duckdb

D = Decimal


@pytest.fixture(scope="module")
def lake(tmp_path_factory: pytest.TempPathFactory) -> "duckdb.DuckDBPyConnection":
    folder = tmp_path_factory.mktemp("lake")
    amounts = [("a", "-10.00", "casa"), ("b", "-0.05", "casa"), ("c", "-20.01", "lazer"), ("d", "3.00", "lazer")]
    rows = [
        {"transaction_id": id_, "month": "2026-06", "amount_brl": amount, "category": category, "title": f"Loja {id_}"}
        for id_, amount, category in amounts
    ]
    make_lake(folder, expenses=rows, transactions=[{"installment": None, "month": "2026-06"}])
    return open_lake(str(folder / "lake"), as_athena=True)


def run(lake: "duckdb.DuckDBPyConnection", sql: str) -> list[tuple[Any, ...]]:
    rows: list[tuple[Any, ...]] = lake.execute(translate(sql, "nubank")).fetchall()
    return rows


VALUES: list[tuple[str, Any]] = [
    # Whole numbers and decimals keep their kind; a decimal's quotient has the larger scale and rounds half up.
    ("7 / 2", 3),
    ("-7 / 2", -3),
    ("7 % 4", 3),
    ("2.01 / 2", D("1.01")),
    ("-2.01 / 2", D("-1.01")),
    ("10.00 / 3", D("3.33")),
    ("1 / 3.000", D("0.333")),
    ("0.1 + 0.2", D("0.3")),
    ("1.5 * 2.25", D("3.375")),
    ("cast(7 as double) / 2", 3.5),
    ("cast(null as decimal(18,2)) / 0", None),
    ("round(2.345, 2)", D("2.35")),
    ("round(-2.5)", D("-3")),
    ("floor(-1.5)", D("-2")),
    ("ceil(1.2)", D("2")),
    ("ceiling(-1.2)", D("-1")),
    ("abs(-1.25)", D("1.25")),
    ("sign(-5)", -1),
    ("power(2, 10)", 1024.0),
    ("sqrt(9)", 3.0),
    ("exp(0)", 1.0),
    ("ln(1)", 0.0),
    ("greatest(1, 2, 3)", 3),
    ("greatest(1, null)", None),
    ("least(2, 1)", 1),
    ("least(null, 1)", None),
    ("coalesce(null, 2)", 2),
    ("nullif(1, 1)", None),
    ("if(1 > 2, 'a')", None),
    ("if(1 < 2, 'a', 'b')", "a"),
    ("case when 1 > 2 then 'a' else 'b' end", "b"),
    ("1 between 1 and 2 and not 1 in (2, 3) or 1 is null", True),
    ("exists (select 1)", True),
    ("cast(2.5 as integer)", 3),
    ("cast(-2.5 as integer)", -3),
    ("cast(10.50 as varchar)", "10.50"),
    ("cast(date '2026-10-01' as varchar)", "2026-10-01"),
    ("cast(true as varchar)", "true"),
    ("cast('2026-10-01' as date)", date(2026, 10, 1)),
    ("cast(10.055 as decimal(10, 2))", D("10.06")),
    ("try_cast('x' as integer)", None),
    # Texts
    ("concat('a', 'b', cast(null as varchar))", None),
    ("'a' || 'b'", "ab"),
    ("lower('ÁB')", "áb"),
    ("upper('áb')", "ÁB"),
    ("length('ação')", 4),
    ("trim('  a ')", "a"),
    ("ltrim('  a')", "a"),
    ("rtrim('a  ')", "a"),
    ("replace('aXa', 'X', '-')", "a-a"),
    ("reverse('abc')", "cba"),
    ("lpad('7', 3, '0')", "007"),
    ("rpad('abcd', 3, '0')", "abc"),
    ("substr('abcdef', 2, 3)", "bcd"),
    ("substring('abcdef', 4)", "def"),
    ("strpos('abc', 'c')", 3),
    ("position('z' in 'abc')", 0),
    ("starts_with('abc', 'ab')", True),
    ("split_part('a/b', '/', 2)", "b"),
    ("split_part('a/b', '/', 3)", None),
    ("split('a/b', '/')", ["a", "b"]),
    ("array_join(split('a/b', '/'), '+')", "a+b"),
    ("regexp_like('Mercado 24', '[0-9]+')", True),
    ("'abc' like 'a%'", True),
    # Days and moments
    ("date_trunc('month', date '2026-10-15')", date(2026, 10, 1)),
    ("date_trunc('week', date '2026-11-22')", date(2026, 11, 16)),
    ("date_trunc('hour', timestamp '2026-10-15 12:34:56')", datetime(2026, 10, 15, 12)),  # noqa: DTZ001
    ("date_add('month', 1, date '2026-01-31')", date(2026, 2, 28)),
    ("date_add('day', -1, date '2026-01-01')", date(2025, 12, 31)),
    ("date '2026-01-31' + interval '1' day", date(2026, 2, 1)),
    ("date '2026-03-31' - interval '1' month", date(2026, 2, 28)),
    ("date_diff('month', date '2026-01-31', date '2026-02-01')", 0),
    ("date_diff('month', date '2026-01-01', date '2026-02-01')", 1),
    ("date_diff('day', date '2026-01-31', date '2026-03-01')", 29),
    ("date_diff('year', date '2025-12-31', date '2026-01-01')", 0),
    ("date_diff('week', date '2026-01-04', date '2026-01-05')", 0),
    ("day_of_week(date '2026-11-22')", 7),
    ("dow(date '2026-11-23')", 1),
    ("extract(dow from date '2026-11-22')", 7),
    ("extract(doy from date '2026-02-01')", 32),
    ("extract(year from date '2026-11-22')", 2026),
    ("year(date '2026-11-22')", 2026),
    ("quarter(date '2026-11-22')", 4),
    ("month(date '2026-11-22')", 11),
    ("day(date '2026-11-22')", 22),
    ("day_of_month(date '2026-11-22')", 22),
    ("day_of_year(date '2026-02-01')", 32),
    ("week(date '2021-01-03')", 53),
    ("week_of_year(date '2021-01-04')", 1),
    ("year_of_week(date '2021-01-03')", 2020),
    ("hour(timestamp '2026-10-15 12:34:56')", 12),
    ("minute(timestamp '2026-10-15 12:34:56')", 34),
    ("second(timestamp '2026-10-15 12:34:56')", 56),
    ("date(timestamp '2026-10-15 23:34:56')", date(2026, 10, 15)),
    ("last_day_of_month(date '2024-02-10')", date(2024, 2, 29)),
    ("date_format(date '2026-10-05', '%d/%m/%Y')", "05/10/2026"),
    ("date_format(timestamp '2026-10-05 07:08:09', '%H:%i:%s')", "07:08:09"),
    ("date_parse('05/10/2026', '%d/%m/%Y')", datetime(2026, 10, 5)),  # noqa: DTZ001
    ("from_iso8601_date('2026-10-05')", date(2026, 10, 5)),
    ("current_date >= date '2026-01-01'", True),
]


@pytest.mark.parametrize(("expression", "expected"), VALUES)
def test_a_function_has_trinos_value(lake: "duckdb.DuckDBPyConnection", expression: str, expected: object) -> None:
    ((value,),) = run(lake, f"select {expression}")
    assert (value, type(value)) == (expected, type(expected))


OVER_ROWS: list[tuple[str, Any]] = [
    ("sum(amount_brl)", D("-27.06")),
    ("avg(amount_brl)", D("-6.77")),
    ("avg(distinct amount_brl)", D("-6.77")),
    ("avg(amount_brl) filter (where category = 'casa')", D("-5.03")),
    ("avg(amount_brl) filter (where category = 'x')", None),
    ("sum(amount_brl) / count(*)", D("-6.77")),
    ("sum(amount_brl) * 100.0 / -27.06", D("100.000")),
    ("count(distinct category)", 2),
    ("approx_distinct(category)", 2),
    ("count_if(amount_brl > 0)", 1),
    ("min(amount_brl)", D("-20.01")),
    ("max(title)", "Loja d"),
    ("max_by(transaction_id, amount_brl)", "d"),
    ("min_by(transaction_id, amount_brl)", "c"),
    ("max_by(nullif(transaction_id, 'd'), amount_brl)", None),
    ("min_by(nullif(transaction_id, 'c'), amount_brl)", None),
    ("arbitrary(month)", "2026-06"),
    ("any_value(month)", "2026-06"),
    ("bool_or(amount_brl > 0)", True),
    ("bool_and(amount_brl > 0)", False),
    ("array_agg(transaction_id order by transaction_id)", ["a", "b", "c", "d"]),
    ("array_join(array_agg(transaction_id order by transaction_id), ',')", "a,b,c,d"),
    ("listagg(transaction_id, ',') within group (order by transaction_id)", "a,b,c,d"),
    ("round(stddev(amount_brl), 6)", 10.429792),
    ("round(stddev_samp(amount_brl), 6)", 10.429792),
    ("round(stddev_pop(amount_brl), 6)", 9.032465),
    ("round(variance(amount_brl), 4)", 108.7806),
    ("round(var_pop(amount_brl), 4)", 81.5854),
]


@pytest.mark.parametrize(("expression", "expected"), OVER_ROWS)
def test_an_aggregate_has_trinos_value(lake: "duckdb.DuckDBPyConnection", expression: str, expected: object) -> None:
    assert run(lake, f"select {expression} from expenses") == [(expected,)]


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("row_number() over (order by amount_brl)", [2, 3, 1, 4]),
        ("rank() over (order by category)", [1, 1, 3, 3]),
        ("dense_rank() over (order by category)", [1, 1, 2, 2]),
        ("ntile(2) over (order by transaction_id)", [1, 1, 2, 2]),
        ("percent_rank() over (order by category)", [0.0, 0.0, 2 / 3, 2 / 3]),
        ("cume_dist() over (order by category)", [0.5, 0.5, 1.0, 1.0]),
        ("lag(amount_brl) over (order by transaction_id)", [None, D("-10.00"), D("-0.05"), D("-20.01")]),
        ("lead(transaction_id, 2) over (order by transaction_id)", ["c", "d", None, None]),
        ("first_value(transaction_id) over (partition by category order by transaction_id)", ["a", "a", "c", "c"]),
        ("last_value(transaction_id) over (partition by category)", ["b", "b", "d", "d"]),
        ("nth_value(transaction_id, 2) over (partition by category)", ["b", "b", "d", "d"]),
        ("avg(amount_brl) over (partition by category)", [D("-5.03"), D("-5.03"), D("-8.51"), D("-8.51")]),
        (
            "sum(amount_brl) over (order by transaction_id rows between 1 preceding and current row)",
            [D("-10.00"), D("-10.05"), D("-20.06"), D("-17.01")],
        ),
    ],
)
def test_a_window_has_trinos_values(lake: "duckdb.DuckDBPyConnection", expression: str, expected: list[object]) -> None:
    rows = run(lake, f"select transaction_id, {expression} as v from expenses order by transaction_id")
    assert [row[1] for row in rows] == expected


def test_groupings(lake: "duckdb.DuckDBPyConnection") -> None:
    sql = "select category, grouping(category), sum(amount_brl) from expenses group by rollup(category) order by 1"
    assert run(lake, sql) == [("casa", 0, D("-10.05")), ("lazer", 0, D("-17.01")), (None, 1, D("-27.06"))]


def test_every_function_let_through_is_in_a_test(lake: "duckdb.DuckDBPyConnection") -> None:
    """A function cannot be added to the rules without a value that it must have."""
    import sqlglot
    from sqlglot import exp

    tested = [expression for expression, _ in VALUES + OVER_ROWS]
    source = Path(__file__).read_text()
    windows = {exp.RowNumber, exp.Rank, exp.DenseRank, exp.Ntile, exp.PercentRank, exp.CumeDist, exp.Lag, exp.Lead}
    windows |= {exp.FirstValue, exp.LastValue, exp.NthValue, exp.Grouping}
    found = {
        type(node)
        for expression in tested
        for node in sqlglot.parse_one(f"select {expression}", read="athena").find_all(exp.Func)
    }
    assert not {kind.__name__ for kind in dialect_rules._FUNCTIONS - found - windows}
    for kind in windows:
        assert f"{kind.sql_names()[0].lower()}(" in source


def test_columns_without_a_name_have_athenas(lake: "duckdb.DuckDBPyConnection") -> None:
    sql = "select 1, *, count(*) over () from (select cast(amount_brl as varchar), month from expenses)"
    description = lake.execute(translate(sql, "nubank")).description
    assert [column[0] for column in description or []] == ["_col0", "_col0", "month", "_col3"]


def test_moments_are_in_utc_and_have_no_zone(lake: "duckdb.DuckDBPyConnection") -> None:
    assert run(lake, "select collected_at, date(collected_at) from transactions") == [
        (datetime(2026, 9, 1), date(2026, 9, 1))  # noqa: DTZ001
    ]


@pytest.mark.parametrize(
    ("sql", "expected"),
    [
        ("select a / 3 from (select sum(amount_brl) as a from expenses) x", D("-9.02")),
        ("with x as (select max(amount_brl) as a from expenses) select a / 7 from x", D("0.43")),
        (
            "select sum(a) / 7 from (select amount_brl as a from expenses union all select amount_brl from income) x",
            D("-3.87"),
        ),
        ("select (select max(amount_brl) from expenses) / 7", D("0.43")),
        ("select coalesce(max(amount_brl), 0) / 7 from expenses", D("0.43")),
        ("select sum(case when amount_brl > 0 then amount_brl else 0 end) / 7 from expenses", D("0.43")),
        ("select sum(amount) / 7 from despesas", D("3.87")),
        ("select max(amount_brl) / 7 / 0.5 from expenses", D("0.86")),
        ("select sum(amount_brl * 1.5) / 7 from expenses", D("-5.799")),
        ("select avg(amount_brl * amount_brl) from expenses", D("127.3507")),
        ("select avg(a) from (select avg(amount_brl) as a from expenses group by category) x", D("-6.77")),
        ("select min(date_trunc('month', date)) from expenses", date(2026, 9, 1)),
    ],
)
def test_the_scale_that_rounds_is_known_through_the_whole_statement(
    lake: "duckdb.DuckDBPyConnection", sql: str, expected: object
) -> None:
    ((value,),) = run(lake, sql)
    assert (value, type(value)) == (expected, type(expected))


def test_division_by_zero_fails_as_in_athena(lake: "duckdb.DuckDBPyConnection") -> None:
    import duckdb

    for expression in ("1 / 0", "1.5 / 0", "1 % 0", "sum(amount_brl) / count_if(month = 'x')"):
        with pytest.raises(duckdb.Error, match="zero"):
            run(lake, f"select {expression} from expenses group by month")


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ("select to_iso8601(date) from expenses", "to_iso8601()"),
        ("select format('%s', title) from expenses", "FORMAT"),
        ("select try(1/0)", "TRY"),
        ("select reduce(array[1,2], 0, (a, b) -> a + b, a -> a)", "REDUCE"),
        ("select collected_at at time zone 'America/Sao_Paulo' from transactions", "at_timezone"),
        ("select regexp_extract(title, 'a') from expenses", "REGEXP_EXTRACT"),
        ("select regexp_replace(title, 'a', '$0') from expenses", "REGEXP_REPLACE"),
        ("select approx_percentile(amount_brl, 0.5) from expenses", "APPROX"),
        ("select histogram(title) from expenses", "histogram()"),
        ("select substr(title, 0) from expenses", "SUBSTR"),
        ("select date_format(date, '%W') from expenses", "DATE_FORMAT"),
        ("select cast(cast(1 as double) as varchar)", "CAST"),
        ("select cast(cast(2.5 as double) as integer)", "CAST"),
        ("select cast(title as varchar(3)) from expenses", "CAST"),
        ("select decimal '2.01'", "DECIMAL"),
        ("select split('a/b', '/', 1)", "SPLIT"),
        ("select array_join(split('a/b', '/'), '/', 'x')", "JOIN"),
        ("select trim(both 'x' from title) from expenses", "TRIM"),
        ("select max_by(title, date, 2) from expenses", "MAX_BY"),
        ("select max(title, 2) from expenses", "MAX"),
        ("select approx_distinct(title, 0.1) from expenses", "APPROX_DISTINCT"),
        ("select title from expenses order by date fetch first 3 rows with ties", "FETCH"),
        ("select date_add('hour', 1, date) from expenses", "DATE_ADD"),
        ("select amount_brl from expenses union all select amount_brl * 0.1 from income", "UNION"),
        ("select date '2026-01-02' - date '2026-01-01'", "DATE"),
        ("select * from expenses tablesample bernoulli (10)", "TABLESAMPLE"),
        ("select u from unnest(array[1]) as t(u)", "ARRAY"),
        ("select title from expenses where title ilike 'a'", "ILIKE"),
        ("select * exclude (title) from expenses", "title"),
        ("select title from expenses qualify row_number() over (order by date) = 1", "row_number"),
        ("select * from read_csv('/etc/passwd')", "READ_CSV"),
        ("select * from '/etc/passwd'", "/etc/passwd"),
        ("show partitions expenses", "SHOW PARTITIONS"),
    ],
)
def test_what_is_not_proven_is_refused_by_name(sql: str, said: str) -> None:
    with pytest.raises(InputError) as caught:
        translate(sql, "nubank")
    assert said.lower() in str(caught.value).lower()


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ("select amout_brl from expenses", "amount_brl"),
        ("select e.amount from expenses e", "amount_brl"),
        ("select foo.month from expenses", "foo.month"),
        ("select * from expnses", "expenses"),
        ("select * from saldos", "saldo"),
        ("describe incom", "income"),
        ("select * from other.expenses", "other.expenses"),
        ("select category as c, count(*) from expenses group by c", "c"),
        ("select category as c from expenses where c = 'casa'", "c"),
        ("select month from expenses, income", "month"),
        ("select * from expenses where date >= '2026-10-01'", "date '2026-10-01'"),
        ("select * from expenses where amount_brl in ('1')", "number"),
        ("select * from expenses where title = 1", "varchar"),
        ("select 'a' || 1", "varchar"),
        ("select month::date from expenses", "::"),
        ("select upper(title from expenses", "SQL"),
        ("select 'a", "SQL"),
    ],
)
def test_what_athena_would_refuse_is_refused_here(sql: str, said: str) -> None:
    with pytest.raises(InputError) as caught:
        translate(sql, "nubank")
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


WRITES = [
    "insert into expenses select * from expenses",
    "delete from expenses",
    "update expenses set title = 'x'",
    "merge into expenses e using income i on e.month = i.month when matched then delete",
    "create table x as select 1",
    "create or replace view x as select 1",
    "drop table expenses",
    "alter table expenses drop partition (month = '2026-10')",
    "unload (select 1) to 's3://bucket/x'",
    "msck repair table expenses",
    "truncate table expenses",
    "vacuum expenses",
    "optimize expenses rewrite data using bin_pack",
    "execute prepared",
    "prepare p from delete from expenses",
    "call system.x()",
    "grant select on expenses to public",
    "/* select */ delete from expenses",
    "-- select\ndrop table expenses",
    "with x as (select 1) insert into expenses select * from x",
    "with x as (insert into expenses select 1) select * from x",
    "select 1 into x",
    "select 1; drop table expenses",
    "show tables; drop table expenses",
    "explain analyze insert into expenses select 1",
    "",
    ";",
    "/* nothing */",
]


@pytest.mark.parametrize("sql", WRITES)
def test_a_statement_that_writes_is_refused(sql: str) -> None:
    with pytest.raises(InputError):
        check_reads(sql)
    with pytest.raises(InputError):
        translate(sql, "nubank")


@pytest.mark.parametrize(
    "sql",
    [
        "select 1;",
        "(select 1) union (select 2)",
        "with x as (select 1 as delete_me) select * from x",
        "show tables",
        "SHOW PARTITIONS expenses",
        "describe expenses",
        "-- only looking\nselect 'drop table x; delete from y'",
        "select to_iso8601(now())",
        "select * from nubank.saldo where data > date '2026-10-01'",
    ],
)
def test_a_statement_that_reads_may_go_to_athena(sql: str) -> None:
    check_reads(sql)


def test_tables_and_columns_are_listed(lake: "duckdb.DuckDBPyConnection") -> None:
    from nubank_assets.domain.catalog import TABLES
    from nubank_assets.lake.views import VIEWS

    assert run(lake, "show tables") == [(name,) for name in sorted([*TABLES, *VIEWS])]
    assert [row[0] for row in run(lake, "describe nubank.expenses")] == TABLES["expenses"].column_names


def test_names_of_a_with_hide_tables_and_letters_may_be_any_case(lake: "duckdb.DuckDBPyConnection") -> None:
    sql = "WITH Income AS (SELECT Month FROM awsdatacatalog.nubank.Expenses E) SELECT count(*) FROM income"
    assert run(lake, sql) == [(4,)]
