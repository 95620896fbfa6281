"""`nubank doctor`: what is there, what is missing, and what to do about it."""

import shutil
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from nubank_assets.cli.printing import console, format_day
from nubank_assets.domain.failures import PermanentError, RetryableError
from nubank_assets.messages import message

if TYPE_CHECKING:
    from nubank_assets.lake.inbox import Receipt
    from nubank_assets.lake.publish import Lake
    from nubank_assets.settings import Settings

#: A sentence about one thing, and whether it is all right (None: worth knowing).
Diagnosis = tuple[bool | None, str]
_LITTLE_DISK = 1_000_000_000


@click.command("doctor", help=message("doctor_help"), short_help=message("doctor_short"))
@click.pass_context
def doctor(ctx: click.Context) -> None:
    """Print a line for each thing looked at; exit 2 if something must be mended."""
    from nubank_assets.settings import load_settings

    settings = load_settings()
    # What several looks cannot reach is said once.
    found = list(dict.fromkeys(diagnosis for look in _LOOKS for diagnosis in _told(look, settings)))
    marks = {True: "✓", False: "✗", None: "•"}
    for is_right, sentence in found:
        console().print(f"{marks[is_right]} {sentence}")
    ctx.exit(2 if any(is_right is False for is_right, _ in found) else 0)


def _told(look: Callable[["Settings"], Iterator[Diagnosis]], settings: "Settings") -> Iterator[Diagnosis]:
    """What a look finds; what it cannot reach is one more finding, and the other looks go on."""
    try:
        yield from look(settings)
    except (PermanentError, RetryableError) as error:
        yield False, str(error)


def _look_at_bucket(settings: "Settings") -> Iterator[Diagnosis]:
    if settings.deployment == "aws":
        from nubank_assets.aws.looking import look_at_bucket

        yield from look_at_bucket(settings)


def _look_at_aws(settings: "Settings") -> Iterator[Diagnosis]:
    if settings.deployment == "aws":
        from nubank_assets.aws.looking_athena import look_at_athena
        from nubank_assets.aws.looking_glue import look_at_glue
        from nubank_assets.aws.looking_secrets import look_at_secrets

        for look in (look_at_secrets, look_at_glue, look_at_athena):
            yield from _told(look, settings)


def _look_at_topic(settings: "Settings") -> Iterator[Diagnosis]:
    if "sns" in settings.notifications:
        from nubank_assets.aws.looking_sns import look_at_sns

        yield from look_at_sns(settings)


def _look_at_spreadsheet(settings: "Settings") -> Iterator[Diagnosis]:
    if "sheets" in (*settings.destinations, *settings.sources):
        from nubank_assets.credentials import open_credentials
        from nubank_assets.google.looking import look_at_spreadsheet

        credentials = open_credentials(settings)
        yield from look_at_spreadsheet(settings.spreadsheet, settings.sheets_url, credentials, settings.locale)
    elif settings.spreadsheet:
        yield None, message("doctor_spreadsheet_unused")


def _look_at_home(settings: "Settings") -> Iterator[Diagnosis]:
    if not settings.home.exists():
        yield None, message("doctor_home_new", home=settings.home)
        return
    is_private = settings.home.stat().st_mode & 0o077 == 0 or sys.platform == "win32"
    yield is_private, message("doctor_home_private" if is_private else "doctor_home_open", home=settings.home)
    free = shutil.disk_usage(settings.home).free
    yield free > _LITTLE_DISK, message("doctor_disk", free=free // 10**9)


def _look_at_engine(settings: "Settings") -> Iterator[Diagnosis]:
    from nubank_assets.compute.sessions import open_session

    if settings.engine == "emr" or settings.engine == "emr-serverless":  # noqa: PLR1714 (so that types are known)
        if settings.deployment == "aws":
            from nubank_assets.aws.looking_emr import look_at_emr

            yield from look_at_emr(settings)
        else:
            yield False, message("emr_needs_aws", engine=settings.engine)
        return
    if settings.engine == "spark" and not shutil.which("java"):
        yield False, message("doctor_java_missing")
        return
    try:
        open_session(settings.engine).sql("select 1").collect()
    except (OSError, RuntimeError) as error:
        yield False, message("doctor_engine_broken", engine=settings.engine, error=error)
    else:
        yield True, message("doctor_engine_works", engine=settings.engine)


def _look_at_inbox(settings: "Settings") -> Iterator[Diagnosis]:
    from nubank_assets.lake.inbox import Inbox

    inbox = Inbox(settings.inbox_root)
    receipts = inbox.receipts()
    if not receipts:
        yield None, message("inbox_empty")
        return
    months = sorted({month for receipt in receipts for month in receipt.months})
    yield True, message("doctor_inbox", documents=len(receipts), first=months[0], last=months[-1])
    for receipt in receipts:
        try:
            inbox.read(receipt)
        except (PermanentError, OSError) as error:
            yield False, str(error)


def _look_at_months(settings: "Settings") -> Iterator[Diagnosis]:
    from nubank_assets.checks import find_unproven_months
    from nubank_assets.domain.catalog import REJECTS
    from nubank_assets.lake.inbox import Inbox
    from nubank_assets.lake.publish import Lake

    lake = Lake(settings.lake_root)
    made, changed = _find_changed(lake, Inbox(settings.inbox_root).receipts())
    if changed:
        yield None, message("doctor_not_run", documents=len(changed))
    wrong = list(find_unproven_months(lake))
    for sentence in wrong:
        yield False, message("doctor_month_unproven", explanation=sentence)
    if made and not changed and not wrong:
        yield True, message("doctor_months_proven")
    if rejects := lake.read(REJECTS, columns=["line_number"]).num_rows:
        yield None, message("doctor_rejects", rejects=rejects)


def _find_changed(lake: "Lake", receipts: list["Receipt"]) -> tuple[set[str], set[str]]:
    """The documents that the raw tables show, and those that came, went or were seen later since."""
    from nubank_assets.domain.catalog import CORRECTIONS, RAW_DOCUMENTS, RAW_READINGS, RULES
    from nubank_assets.sources.standing import documents_that_count

    # What a worksheet states has moments of its own.
    worksheets = {receipt.document for receipt in receipts if receipt.format.is_worksheet}
    shown_in = (RAW_DOCUMENTS, RAW_READINGS, CORRECTIONS, RULES)
    tables = [lake.read(table, columns=["document", "as_of"]) for table in shown_in]
    rows = {(row["document"], row["as_of"]) for table in tables for row in table.to_pylist()}
    made = {(name, None if name in worksheets else as_of) for name, as_of in rows}
    stored = {(r.document, None if r.format.is_worksheet else r.as_of): r for r in documents_that_count(receipts)}
    # An answered month without a movement is in no table.
    shown = {what for what, r in stored.items() if r.lines or r.bill or r.format.is_reading}
    return {name for name, _ in made}, {name for name, _ in (shown - made) | (made - stored.keys())}


def _look_at_holder(settings: "Settings") -> Iterator[Diagnosis]:
    if settings.holder_names:
        yield True, message("doctor_holder", names=", ".join(settings.holder_names))
    else:
        yield None, message("holder_names_missing")


def _look_at_sources(settings: "Settings") -> Iterator[Diagnosis]:
    """Whether each chosen source has what it needs, and when it last answered; only what costs no login is asked."""
    from nubank_assets.credentials import open_credentials
    from nubank_assets.lake.inbox import Inbox
    from nubank_assets.sources.base import CheckableSource
    from nubank_assets.sources.registry import CERTIFICATE, SourceSettings, open_sources

    places = SourceSettings(settings.pynubank_url, settings.pluggy_url, settings.pluggy_items)
    receipts, credentials = Inbox(settings.inbox_root).receipts(), open_credentials(settings)
    for name in settings.sources:
        try:
            for source in open_sources([name], places, credentials):
                if isinstance(source, CheckableSource):
                    source.check(datetime.now(UTC))
        except (PermanentError, RetryableError) as error:
            yield False, str(error)
            continue
        answered = max((receipt.as_of_day for receipt in receipts if receipt.source == name), default=None)
        key = "doctor_source_answered" if answered else "doctor_source_new"
        yield True if answered else None, message(key, source=name, day=answered and format_day(answered))
    if "pynubank" not in settings.sources and any(name.startswith(CERTIFICATE) for name in credentials.names()):
        yield None, message("doctor_login_unused")
    elif not settings.sources:
        yield None, message("doctor_no_source")


def _look_at_schedule(settings: "Settings") -> Iterator[Diagnosis]:
    from nubank_assets.scheduling.looking import look_at_schedule

    yield from look_at_schedule(settings)


def _look_at_notifications(settings: "Settings") -> Iterator[Diagnosis]:
    from nubank_assets.credentials import open_credentials
    from nubank_assets.notifications.channels import check_notifications

    try:
        check_notifications(settings, open_credentials(settings))
    except (PermanentError, RetryableError) as error:
        yield False, str(error)
    else:
        if settings.notifications:
            yield True, message("doctor_notifications", channels=", ".join(settings.notifications))


_LOOKS: tuple[Callable[["Settings"], Iterator[Diagnosis]], ...] = (
    _look_at_home,
    _look_at_bucket,
    _look_at_engine,
    _look_at_inbox,
    _look_at_months,
    _look_at_holder,
    _look_at_sources,
    _look_at_spreadsheet,
    _look_at_schedule,
    _look_at_notifications,
    _look_at_topic,
    _look_at_aws,
)
