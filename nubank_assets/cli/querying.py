"""`nubank query`: SQL over the lake, tables by their plain names, nothing else within reach."""

from typing import Literal

import click

from nubank_assets.domain.failures import InputError
from nubank_assets.messages import message

Format = Literal["table", "csv", "json"]


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
def query(sql: str, of_demo: bool, format_: Format) -> None:
    """Print the rows of one statement."""
    import duckdb

    from nubank_assets.lake.sql import open_lake
    from nubank_assets.settings import demo_settings, load_settings

    settings = demo_settings() if of_demo else load_settings()
    connection = open_lake(settings.lake_root)
    try:
        result = connection.execute(sql)
        names = [column[0] for column in result.description or []]
        _print(names, result.fetchall(), format_)
    except duckdb.Error as error:
        raise InputError(message("query_failed", error=str(error).strip())) from error


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
