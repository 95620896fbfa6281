"""The same rows from Athena over the bucket as from DuckDB over the local lake: every table, view and query.

The local AWS runs Athena's SQL on a DuckDB of its own: it proves the catalog, the files, the values and the API, not
Trino's functions. Those have their values by hand in ``lake/test_dialect.py``.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from nubank_assets.aws import clients
from nubank_assets.aws.athena import place_of, run_query
from nubank_assets.domain.catalog import TABLES
from nubank_assets.lake.dialect import check_reads, translate
from nubank_assets.lake.sql import open_lake
from nubank_assets.lake.views import VIEWS
from nubank_assets_tests.fakes.athena_lake import AthenaLake, make_athena_lake
from nubank_assets_tests.fakes.ministack import environment

if TYPE_CHECKING:
    import duckdb

Rows = list[tuple[Any, ...]]


@pytest.fixture(scope="module")
def made(aws_endpoint: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[AthenaLake]:
    with pytest.MonkeyPatch.context() as patch:
        for name, value in environment(aws_endpoint).items():
            patch.setenv(name, value)
        clients.client.cache_clear()
        yield make_athena_lake(tmp_path_factory.mktemp("demo"), months=3)
    clients.client.cache_clear()


@pytest.fixture(scope="module")
def local(made: AthenaLake) -> "duckdb.DuckDBPyConnection":
    return open_lake(made.local_root, as_athena=True)


@pytest.fixture
def lake(aws: str, made: AthenaLake) -> AthenaLake:
    """The made lake, with this test's clients."""
    return made


def athena(lake: AthenaLake, sql: str) -> tuple[list[str], Rows]:
    result = run_query(sql, place_of(lake.settings))
    return result.names, [tuple(_without_zone(value) for value in row) for row in result.rows]


def _without_zone(value: Any) -> Any:
    """Athena's moments carry no zone and are in UTC; the local AWS gives UTC with its name."""
    if isinstance(value, datetime) and value.tzinfo is not None:
        return value.astimezone(UTC).replace(tzinfo=None)
    return value


@pytest.mark.parametrize("name", TABLES)
def test_a_table_has_the_same_rows(lake: AthenaLake, local: "duckdb.DuckDBPyConnection", name: str) -> None:
    table = TABLES[name]
    sql = f"select {', '.join(table.column_names)} from {name} order by {', '.join(table.key)}"
    names, rows = athena(lake, sql)
    assert names == table.column_names
    assert rows == local.execute(translate(sql, lake.settings.glue_database)).fetchall()
    assert rows or name in ("rejects", "corrections", "correction_outcomes", "rules", "bill_differences")


@pytest.mark.parametrize("name", VIEWS)
def test_a_view_has_the_same_rows(lake: AthenaLake, local: "duckdb.DuckDBPyConnection", name: str) -> None:
    """The local AWS knows no views, so the view's query stands where Athena would put it."""
    view = VIEWS[name]
    names, rows = athena(lake, f"select * from ({view.sql}) as {name}")
    assert names == view.column_names
    expected = local.execute(translate(f"select * from {name}", lake.settings.glue_database)).fetchall()
    assert sorted(rows, key=str) == sorted(expected, key=str)
    assert rows


QUERIES = [
    query.strip()
    for query in (Path(__file__).parents[1] / "data" / "athena" / "queries.sql").read_text(encoding="utf-8").split(";")
    if query.strip()
]


@pytest.mark.parametrize("sql", QUERIES)
def test_a_query_has_the_same_rows(lake: AthenaLake, local: "duckdb.DuckDBPyConnection", sql: str) -> None:
    check_reads(sql)
    names, rows = athena(lake, sql)
    expected = local.execute(translate(sql, lake.settings.glue_database))
    here = [column[0] for column in expected.description or []]
    # The local AWS names a column that has no name otherwise than Athena does.
    assert [name for name in here if not name.startswith("_col")] == [
        name for name, mine in zip(names, here, strict=True) if not mine.startswith("_col")
    ]
    assert rows == expected.fetchall()
    assert rows
