"""`nubank query`: SQL over the lake, tables by their plain names, nothing else within reach."""

from typing import TYPE_CHECKING, Literal

import click

from nubank_assets.domain.failures import InputError
from nubank_assets.messages import message

if TYPE_CHECKING:
    from nubank_assets.settings import Settings

Format = Literal["table", "csv", "json"]
Engine = Literal["duckdb", "athena"]
Dialect = Literal["duckdb", "athena"]
Answer = tuple[list[str], list[tuple[object, ...]]]


@click.command("query", help=message("query_help"), short_help=message("query_short"))
@click.argument("sql")
@click.option("--demo", "of_demo", is_flag=True, help=message("query_demo_help"))
@click.option(
    "--format",
    "format_",
    type=click.Choice(["table", "csv", "json"]),
    default="table",
    help=message("query_format_help"),
)
@click.option("--engine", type=click.Choice(["duckdb", "athena"]), help=message("query_engine_help"))
@click.option("--dialect", type=click.Choice(["duckdb", "athena"]), help=message("query_dialect_help"))
def query(sql: str, of_demo: bool, format_: Format, engine: Engine | None, dialect: Dialect | None) -> None:
    """Print the rows of one statement."""
    from nubank_assets.settings import demo_settings, load_settings

    settings = demo_settings() if of_demo else load_settings()
    engine = engine or ("athena" if settings.deployment == "aws" else "duckdb")
    if engine == "athena":
        names, rows = _ask_athena(sql, settings, dialect or "athena")
    else:
        names, rows = _ask_duckdb(sql, settings, dialect or "duckdb")
    _print(names, rows, format_)


def _ask_duckdb(sql: str, settings: "Settings", dialect: Dialect) -> Answer:
    """The answer of DuckDB over the lake, wherever the lake lies."""
    import duckdb

    from nubank_assets.lake.sql import open_lake

    if dialect == "athena":
        from nubank_assets.lake.dialect import translate

        sql = translate(sql, settings.glue_database)
    connection = open_lake(settings.lake_root, as_athena=dialect == "athena", statement=sql)
    try:
        result = connection.execute(sql)
        return [column[0] for column in result.description or []], result.fetchall()
    except duckdb.Error as error:
        raise InputError(message("query_failed", error=str(error).strip())) from error


def _ask_athena(sql: str, settings: "Settings", dialect: Dialect) -> Answer:
    """The answer of Athena, and on standard error what it read for it."""
    if settings.deployment != "aws":
        raise InputError(message("athena_not_local"))
    if dialect != "athena":
        raise InputError(message("athena_only_athena"))
    from nubank_assets.aws.athena import place_of, run_query
    from nubank_assets.aws.athena_values import size_text
    from nubank_assets.lake.dialect import check_reads

    check_reads(sql)
    result = run_query(sql, place_of(settings))
    click.echo(message("athena_scanned", size=size_text(result.scanned_bytes), query=result.query_id), err=True)
    return result.names, [tuple(row) for row in result.rows]


def _print(names: list[str], rows: list[tuple[object, ...]], format_: Format) -> None:
    if format_ == "json":
        import json

        click.echo(json.dumps([dict(zip(names, row, strict=True)) for row in rows], default=str, ensure_ascii=False))
    elif format_ == "csv":
        import csv
        import sys

        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(names)
        writer.writerows([defuse(cell) for cell in row] for row in rows)
    else:
        from rich.table import Table

        from nubank_assets.cli.printing import console

        table = Table(*names, box=None, pad_edge=False, header_style="bold")
        for row in rows:
            table.add_row(*["" if cell is None else str(cell) for cell in row])
        console().print(table)


def defuse(cell: object) -> object:
    """A cell that no spreadsheet takes for a formula: text that starts like one gets an apostrophe in front."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell
