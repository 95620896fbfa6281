"""`nubank categorize`: the category of each title of a file, who decided it, by what, and how surely."""

from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

import click

from nubank_assets.messages import message

if TYPE_CHECKING:
    from nubank_assets.merchants.deciding import Decision

Format = Literal["table", "csv", "json"]
_COLUMNS: Final = ("title", "category", "method", "confidence", "rule", "subcategory")


@click.command("categorize", help=message("categorize_help"), short_help=message("categorize_short"))
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--format",
    "format_",
    type=click.Choice(["table", "csv", "json"]),
    default="table",
    help=message("query_format_help"),
)
def categorize(file: Path, format_: Format) -> None:
    """Print one row for each of the file's, in its order."""
    from nubank_assets.sources.titles import read_titles
    from nubank_assets.transforms.titles import categorize_title

    rows = [_row(row.title, categorize_title(row.title, is_credit=row.is_credit)) for row in read_titles(file)]
    if format_ == "json":
        _print_json(rows)
    elif format_ == "csv":
        _print_csv(rows)
    else:
        from nubank_assets.cli.printing import print_table

        print_table(_COLUMNS, [["" if cell is None else str(cell) for cell in row] for row in rows], ["confidence"])


def _row(title: str, decision: "Decision | None") -> tuple[str | int | None, ...]:
    if decision is None:
        return (title, *[None] * (len(_COLUMNS) - 1))
    what = (decision.rule or None, decision.subcategory or None)
    return (title, decision.category.value, decision.method.value, decision.confidence, *what)


def _print_json(rows: list[tuple[str | int | None, ...]]) -> None:
    """One array, a row a line."""
    import json

    texts = [json.dumps(dict(zip(_COLUMNS, row, strict=True)), ensure_ascii=False) for row in rows]
    click.echo("[" + ",\n ".join(texts) + "]")


def _print_csv(rows: list[tuple[str | int | None, ...]]) -> None:
    import csv
    import sys

    from nubank_assets.cli.querying import defuse

    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(_COLUMNS)
    writer.writerows([defuse(cell) for cell in row] for row in rows)
