"""The audits of an embedded step, asked of DuckDB over its Arrow tables: another engine than made them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from functools import cache
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from nubank_assets.compute.audit import Audit, run_audits
from nubank_assets.compute.report import Finding
from nubank_assets.domain.tables import arrow_types

if TYPE_CHECKING:
    import duckdb


def audit_arrow(
    audits: Sequence[Audit], staged: Mapping[str | None, Mapping[str, pa.Table]], inputs: Mapping[str, pa.Table]
) -> dict[str | None, list[Finding]]:
    """What the audits find in each month of the staged tables; `inputs` have the same months."""
    names = dict.fromkeys(name for tables in staged.values() for name in tables)
    made = {name: _whole([tables[name] for tables in staged.values()]) for name in names}
    with closing(_database().cursor()) as connection:
        for name, rows in {**inputs, **made}.items():
            connection.register(name, rows)
        columns = {name: columns_of(rows.schema) for name, rows in made.items()}
        return run_audits(audits, list(staged), columns, lambda sql: _rows(connection, sql))


@cache
def _database() -> "duckdb.DuckDBPyConnection":
    """One for the process, which costs as much as the audits of a month; each cursor has tables of its own."""
    import duckdb

    return duckdb.connect(":memory:")


def columns_of(schema: pa.Schema) -> list[tuple[str, str]]:
    """Names and types, those that may be declared in their own words."""
    words = {arrow: declared.value for declared, arrow in arrow_types().items()}
    return [(field.name, words.get(field.type, str(field.type))) for field in schema]


def _whole(parts: Iterable[pa.Table]) -> pa.Table:
    """The parts as one; each says of its own columns whether they hold NULLs."""
    return pa.concat_tables(parts, promote_options="default")


def _rows(connection: "duckdb.DuckDBPyConnection", sql: str) -> Iterator[dict[str, Any]]:
    asked = connection.execute(sql)
    names = [column[0] for column in asked.description or ()]
    return (dict(zip(names, row, strict=True)) for row in asked.fetchall())
