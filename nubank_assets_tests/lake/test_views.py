"""The original's five tables as views: its columns, the rows of its worksheets, in the declared types."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from nubank_assets.domain.catalog import TABLES
from nubank_assets.domain.tables import ColumnType
from nubank_assets.export import originals
from nubank_assets.export.rows import headers_of, read_rows
from nubank_assets.export.sheet import Worksheet
from nubank_assets.lake.dialect import translate
from nubank_assets.lake.publish import Lake
from nubank_assets.lake.sql import open_lake
from nubank_assets.lake.views import VIEWS
from nubank_assets_tests.fakes.lake import make_lake

if TYPE_CHECKING:
    import duckdb

D = Decimal
#: The original's own columns, as its project names them.
ORIGINAL = {
    "transacoes": ["amount", "category", "description", "time", "title", "qtd_parcelas", "parcela"],
    "receitas": ["postDate", "title", "amount"],
    "despesas": ["postDate", "title", "amount"],
    "limite": ["Data", "Fatura_atual", "Limite_disponivel", "limite"],
    "saldo": ["Data", "Saldo"],
}
SHEETS = {
    "transacoes": originals.TRANSACTIONS,
    "receitas": originals.INCOME,
    "despesas": originals.EXPENSES,
    "limite": originals.LIMITS,
    "saldo": originals.BALANCES,
}
_DAY = date(2026, 9, 5)
ROWS: dict[str, list[dict[str, Any]]] = {
    "card_transactions": [
        {"date": _DAY, "title": "Loja 2/3", "merchant": "Loja", "amount_brl": "-10.01", "installment": 2,
         "installments": 3},
        {"date": _DAY, "title": "Estorno", "merchant": "Estorno", "amount_brl": "5.00", "category": "lazer"},
        {"date": _DAY, "title": "Futura", "amount_brl": "-99.00", "bill_state": "future"},
        {"date": _DAY, "title": "Aberta", "merchant": "Aberta", "amount_brl": "0.00", "bill_state": "open"},
    ],
    "income": [{"date": _DAY, "title": "Transferência recebida", "amount_brl": "1234.56", "account": "account"}],
    "expenses": [
        {"date": _DAY, "title": "Compra", "amount_brl": "-7.10"},
        {"date": _DAY, "title": "Estorno", "amount_brl": "7.10"},
    ],
    "credit_limits": [
        {"date": _DAY, "open_bill_brl": "-250.00", "available_limit_brl": "750.00", "limit_brl": "1000.00"},
        {"date": date(2026, 9, 6), "limit_brl": "1000.00"},
    ],
    "account_balances": [{"date": _DAY, "balance_brl": "42.00", "account": "account"}],
}  # fmt: skip


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("lake")
    make_lake(folder, **ROWS)
    return str(folder / "lake")


@pytest.fixture(scope="module")
def connection(root: str) -> "duckdb.DuckDBPyConnection":
    return open_lake(root)


def select(connection: "duckdb.DuckDBPyConnection", sql: str) -> list[tuple[Any, ...]]:
    rows: list[tuple[Any, ...]] = connection.execute(sql).fetchall()
    return rows


@pytest.mark.parametrize("name", VIEWS)
def test_a_view_has_the_originals_columns_and_whose_each_row_is(
    connection: "duckdb.DuckDBPyConnection", name: str
) -> None:
    described = connection.execute(f"select * from {name}").description or []
    assert [column[0] for column in described] == [*ORIGINAL[name], "conta"] == VIEWS[name].column_names


def test_the_five_views_are_there_and_take_no_tables_name() -> None:
    assert set(VIEWS) == set(ORIGINAL)
    assert not set(VIEWS) & set(TABLES)


@pytest.mark.parametrize("name", VIEWS)
def test_types_and_descriptions_are_the_declared_ones(connection: "duckdb.DuckDBPyConnection", name: str) -> None:
    types = {ColumnType.STRING: "VARCHAR", ColumnType.INTEGER: "INTEGER"}
    found = select(connection, f"select column_type from (describe {name})")
    assert [row[0] for row in found] == [types.get(c.type, c.type.value.upper()) for c in VIEWS[name].columns]
    comments = select(
        connection, f"select comment from duckdb_columns() where table_name = '{name}' order by column_index"
    )
    assert [row[0] for row in comments] == [column.description for column in VIEWS[name].columns]
    assert all(0 < len(column.description) <= 255 for column in VIEWS[name].columns)


@pytest.mark.parametrize("name", VIEWS)
def test_a_view_has_the_rows_of_the_originals_worksheet(
    root: str, connection: "duckdb.DuckDBPyConnection", name: str
) -> None:
    sheet = _shared_columns(SHEETS[name], [column.name for column in VIEWS[name].columns])
    columns = ", ".join(headers_of(sheet, "en"))
    expected = [
        tuple(cell.removeprefix("category.") if isinstance(cell, str) else cell for cell in row)
        for row in read_rows(Lake(root), _without_words(sheet), "en").rows
    ]
    assert expected
    assert sorted(select(connection, f"select {columns} from {name}"), key=str) == sorted(expected, key=str)


def _shared_columns(sheet: Worksheet, names: list[str]) -> Worksheet:
    """What the worksheet has right of the original's columns, for corrections, is not in the view."""
    return replace(sheet, columns=tuple(column for column in sheet.columns if column.label in names))


def _without_words(sheet: Worksheet) -> Worksheet:
    """The worksheet with values as they are: no labels in a language, no word for what is not known."""
    from nubank_assets.export.sheet import CellType

    columns = tuple(
        replace(column, value=None, type=CellType.TEXT)
        if column.type is CellType.WORD
        else replace(column, says_unknown=False)
        for column in sheet.columns
    )
    return replace(sheet, columns=columns)


def test_rows_by_hand(connection: "duckdb.DuckDBPyConnection") -> None:
    assert select(connection, "select * from transacoes order by amount desc") == [
        (D("10.01"), "outros", "Loja", _DAY, "Loja 2/3", 3, 2, "card"),
        (D("0.00"), "outros", "Aberta", _DAY, "Aberta", 1, 1, "card"),
        (D("-5.00"), "lazer", "Estorno", _DAY, "Estorno", 1, 1, "card"),
    ]
    assert select(connection, "select * from receitas") == [(_DAY, "Transferência recebida", D("1234.56"), "account")]
    assert select(connection, "select amount from despesas order by 1") == [(D("-7.10"),), (D("7.10"),)]
    assert select(connection, "select * from limite order by data") == [
        (_DAY, D("250.00"), D("750.00"), D("1000.00"), "card"),
        (date(2026, 9, 6), None, None, D("1000.00"), "card"),
    ]
    assert select(connection, "select * from saldo") == [(_DAY, D("42.00"), "account")]


def test_views_are_listed_and_may_be_asked_in_athenas_sql(root: str, tmp_path: Path) -> None:
    connection = open_lake(root, as_athena=True)
    assert set(VIEWS) <= {row[0] for row in select(connection, "show tables")}
    sql = (
        "select category, sum(amount) / count(*) from transacoes where time >= date '2026-09-01' group by 1 order by 1"
    )
    assert select(connection, translate(sql, "nubank")) == [("lazer", D("-5.00")), ("outros", D("5.01"))]
    assert select(open_lake(str(tmp_path)), "select * from saldo") == []
