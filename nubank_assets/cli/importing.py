"""`nubank import`: a person's exports go into the inbox."""

import re
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import click

from nubank_assets.cli.printing import console, format_day, format_money, print_table
from nubank_assets.messages import message

_LOOKS_LIKE_A_BILL = re.compile(r"^(nubank|nu_|fatura|extrato).*\.(pdf|xlsx?|zip)$", re.IGNORECASE)

if TYPE_CHECKING:
    from nubank_assets.sources.exports.collection import CollectedFile


@click.command("import", help=message("import_help"), short_help=message("import_short"))
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--account", help=message("import_account_help"))
@click.option("--due", type=click.DateTime(["%Y-%m-%d", "%d/%m/%Y"]), help=message("import_due_help"))
@click.pass_context
def import_files(ctx: click.Context, paths: tuple[Path, ...], account: str | None, due: datetime | None) -> None:
    """Import, print a row for each file, exit 2 if any was refused."""
    from nubank_assets.local_home import lock_home
    from nubank_assets.settings import load_settings

    settings = load_settings()
    with lock_home(settings):
        refused = import_into(settings.inbox_root, paths, account, due.date() if due else None)
    ctx.exit(2 if refused else 0)


def import_into(
    inbox_root: str, paths: Iterable[Path], account: str | None, due: date | None, source: str = "exports"
) -> int:
    """Import files and say what became of each; the number of refused ones."""
    from nubank_assets.lake.inbox import Inbox
    from nubank_assets.sources.exports.collection import (
        CollectedFile,
        CollectionOptions,
        RefusedFile,
        collect_files,
    )

    collected = list(collect_files(Inbox(inbox_root), paths, CollectionOptions(account, due, source)))
    files = [file for file in collected if isinstance(file, CollectedFile)]
    refusals = [file for file in collected if isinstance(file, RefusedFile)]
    if files:
        columns = ["file", "format", "account", "period", "lines", "rejects", "total", "outcome"]
        print_table(columns, [_row(file) for file in files], right=["lines", "rejects", "total"])
    console().print(
        message("import_summary", new=sum(file.is_new for file in files), known=sum(not f.is_new for f in files))
    )
    ignored = ignored_files(paths)
    if ignored:
        console().print(message("import_ignored", files=len(ignored), names=", ".join(ignored[:5])))
    for refusal in refusals:
        click.echo(refusal.reason, err=True)
    if not collected:
        click.echo(message("import_nothing"), err=True)
    return len(refusals) or int(not collected)


def ignored_files(paths: Iterable[Path]) -> list[str]:
    """Names of bills in the folders that are in a format nobody reads; other files of a folder are not ours."""
    folders = [path for path in paths if path.is_dir()]
    return sorted(file.name for folder in folders for file in folder.rglob("*") if _LOOKS_LIKE_A_BILL.match(file.name))


def _row(file: "CollectedFile") -> list[str]:
    receipt = file.receipt
    months = receipt.months
    bill = format_day(receipt.bill_due) if receipt.bill_due else str(receipt.bill)
    period = message("bill_of", bill=bill) if receipt.bill else " – ".join(dict.fromkeys((months[0], months[-1])))
    return [
        receipt.name,
        receipt.format.value,
        receipt.account,
        period,
        str(receipt.lines),
        str(file.rejects),
        format_money(Decimal(file.total_centavos) / 100),
        message("outcome_new" if file.is_new else "outcome_known"),
    ]
