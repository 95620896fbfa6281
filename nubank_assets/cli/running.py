"""`nubank run`: all months that have data, or those asked for, through Dagster in this process."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

import click

from nubank_assets.cli.printing import console, format_money, print_table
from nubank_assets.domain.failures import InputError
from nubank_assets.domain.months import (
    FIRST_MONTH,
    MONTHS_AHEAD,
    SAO_PAULO,
    add_months,
    month_of,
    months_between,
    parse_month,
)
from nubank_assets.messages import message

if TYPE_CHECKING:
    from nubank_assets.lake.publish import Lake
    from nubank_assets.local_runs import RunOutcome
    from nubank_assets.settings import Settings
    from nubank_assets.sources.collection import Collection


def _month(ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:  # noqa: ARG001
    if value is None:
        return None
    try:
        return parse_month(value)
    except ValueError as error:
        raise click.BadParameter(message("month_wrong", month=value)) from error


@click.command("run", help=message("run_help"), short_help=message("run_short"))
@click.option("--month", callback=_month, help=message("run_month_help"))
@click.option("--from", "first", callback=_month, help=message("run_from_help"))
@click.option("--to", "last", callback=_month, help=message("run_to_help"))
@click.option("--offline", is_flag=True, help=message("run_offline_help"))
@click.option("--open", "open_result", is_flag=True, help=message("run_open_help"))
@click.pass_context
def run(
    ctx: click.Context,
    month: str | None,
    first: str | None,
    last: str | None,
    offline: bool,
    open_result: bool,
) -> None:
    """Collect, run, print the months and what failed; exit 1 if the run failed."""
    from nubank_assets.local_home import lock_home
    from nubank_assets.settings import load_settings

    if month and (first or last):
        raise click.UsageError(message("month_or_range"))
    settings = load_settings()
    with lock_home(settings):
        succeeded = _collect_and_run(settings, month or first, month or last, offline=offline)
    if succeeded and open_result:
        click.launch(str(settings.workbook_path))
    ctx.exit(0 if succeeded else 1)


def _collect_and_run(settings: "Settings", first: str | None, last: str | None, *, offline: bool) -> bool:
    """Collect and run, and tell the person of both through the channels they chose; whether all went well."""
    from nubank_assets.cli.notices import telling_of
    from nubank_assets.notifications.telling import told

    # Which months there are is known when the sources were asked; the news of the end read them then.
    months: list[str] = []
    with telling_of(settings) as telling, told(telling, months) as news:
        _check_destinations(settings)
        collection = None if offline else collect_and_report(settings)
        months += months_or_failure(settings, first, last, collection)
        outcomes = run_and_report(settings, months, telling.run_id)
        failures = [str(failure) for failure in collection.failures] if collection else []
        succeeded = all(outcome.succeeded for outcome in outcomes) and not failures
        for failure in failures:
            click.echo(failure, err=True)
        failures += [failure for outcome in outcomes for failure in outcome.failures]
        warnings = [*(collection.warnings if collection else ()), *(w for o in outcomes for w in o.warnings)]
        news.ended(succeeded, failures, warnings)
    return succeeded


def _check_destinations(settings: "Settings") -> None:
    """Raise InputError for what a destination lacks, before anything is asked or made."""
    from nubank_assets.deployments import DEPLOYMENTS

    if "sheets" in settings.destinations:
        DEPLOYMENTS[settings.deployment](settings)["destinations"].check()


def months_or_failure(
    settings: "Settings", first: str | None, last: str | None, collection: "Collection | None"
) -> list[str]:
    """The months to run; with nothing to run, raises why the first source brought nothing, if one did not."""
    try:
        return chosen_months(settings, first, last)
    except InputError:
        if collection and collection.failures:
            raise collection.failures[0] from None
        raise


def collect_and_report(settings: "Settings") -> "Collection | None":
    """Ask every source once, the person's own worksheets too, and say what came; one that fails changes nothing."""
    from nubank_assets.deployments import DEPLOYMENTS
    from nubank_assets.lake.inbox import Inbox

    if not settings.asked_sources:
        return None
    sources = DEPLOYMENTS[settings.deployment](settings)["sources"]
    with console().status(message("collecting", sources=", ".join(settings.asked_sources))):
        collection: Collection = sources.collect(Inbox(settings.inbox_root))
    new = sum(answer.is_new for answer in collection.answers)
    console().print(message("collected", new=new, known=len(collection.answers) - new))
    for warning in collection.warnings:
        console().print(message("check_warned", explanation=warning))
    return collection


def chosen_months(settings: "Settings", first: str | None, last: str | None) -> list[str]:
    """The months asked for, else every month with a document or with tables made before.

    Raises InputError when there is nothing to run.
    """
    from nubank_assets.domain.catalog import RAW_DOCUMENTS
    from nubank_assets.lake.inbox import Inbox
    from nubank_assets.lake.publish import Lake

    known = {month for receipt in Inbox(settings.inbox_root).receipts() for month in receipt.months}
    lake = Lake(settings.lake_root)
    known |= {month for month in lake.months(RAW_DOCUMENTS) if lake.rows(RAW_DOCUMENTS, month)}
    if not known:
        raise InputError(message("inbox_empty"))
    if not first and not last:
        return sorted(known)
    newest = add_months(month_of(datetime.now(SAO_PAULO).date()), MONTHS_AHEAD)
    for month in filter(None, (first, last)):
        if not FIRST_MONTH <= month <= newest:
            raise InputError(message("month_out_of_range", month=month, first=FIRST_MONTH, last=newest))
    months = months_between(first or min(known), last or max(known))
    if not months:
        raise InputError(message("range_backwards", first=first, last=last))
    return months


def run_and_report(settings: "Settings", months: Sequence[str], run_id: str = "") -> "list[RunOutcome]":
    """Run with a progress bar, then say what there is and what went wrong."""
    outcomes = _run_with_progress(settings, months, run_id)
    _print_months(settings, months)
    for outcome in outcomes:
        _print_outcome(outcome)
    if all(outcome.succeeded for outcome in outcomes):
        places = {"workbook": settings.workbook_path, "page": settings.dashboard_path, "lake": settings.lake_root}
        console().print(message("run_results", **places))
        if "sheets" in settings.destinations:
            console().print(message("run_results_sheets", address=settings.spreadsheet_address))
    if not settings.holder_names:
        console().print(message("holder_names_missing"))
    return outcomes


def _run_with_progress(settings: "Settings", months: Sequence[str], run_id: str) -> "list[RunOutcome]":
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    from nubank_assets.local_runs import count_steps, run_months

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console(), transient=True) as progress:
        task = progress.add_task(message("running"), total=count_steps(settings, months))
        return run_months(settings, months, lambda step: progress.update(task, advance=1, description=step), run_id)


def _print_months(settings: "Settings", months: Sequence[str]) -> None:
    from nubank_assets.lake.publish import Lake

    rows = summarize(Lake(settings.lake_root), months)
    columns = ["month", "rows", "rejects", "income", "expenses", "state"]
    print_table(columns, rows, right=["rows", "rejects", "income", "expenses"])


def summarize(lake: "Lake", months: Sequence[str]) -> list[list[str]]:
    """For each month its rows, its rejects, its income and spending by bill, and whether it is still open."""
    from nubank_assets.domain.catalog import MONTHLY_SUMMARY, REJECTS, TRANSACTIONS
    from nubank_assets.domain.vocabulary import Basis

    summary = {row["month"]: row for row in lake.read(MONTHLY_SUMMARY).to_pylist() if row["basis"] == Basis.BILL.value}
    rows = []
    for month in months:
        line = summary.get(month)
        money = [format_money(line["income_brl"]), format_money(-line["expenses_brl"])] if line else ["–", "–"]
        state = message("month_open" if line["is_open"] else "month_closed") if line else message("month_empty")
        rows.append([month, str(lake.rows(TRANSACTIONS, month)), str(lake.rows(REJECTS, month)), *money, state])
    return rows


def _print_outcome(outcome: "RunOutcome") -> None:
    for warning in outcome.warnings:
        console().print(message("check_warned", explanation=warning))
    for failure in outcome.failures:
        click.echo(message("run_failed", first=outcome.months[0], last=outcome.months[1], reason=failure), err=True)
