"""The exports source: a person's files become documents of the inbox.

Finds the files, recognises each, works out its account and bill, and stores it. Reading lines is for the
readers; which document counts is decided when the raw tables are made.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Final

import pyarrow.compute as pc

from nubank_assets.domain.documents import DAYS_FROM_CLOSE_TO_DUE
from nubank_assets.domain.failures import InputError
from nubank_assets.domain.identity import check_account_name, content_hash, document_id
from nubank_assets.domain.months import FIRST_MONTH, MONTHS_AHEAD, SAO_PAULO, add_months, day_of, month_of
from nubank_assets.domain.vocabulary import AccountType, DocumentFormat
from nubank_assets.lake.inbox import Inbox, Receipt
from nubank_assets.messages import message
from nubank_assets.sources.base import ParsedDocument
from nubank_assets.sources.exports.dates import EARLIEST
from nubank_assets.sources.exports.names import BillName, bill_in_name, period_in_name
from nubank_assets.sources.exports.recognition import recognize
from nubank_assets.sources.raw import latest_date, months_of_document
from nubank_assets.sources.reader import read_document
from nubank_assets.sources.totals import charged

#: No export of a person's account comes near this; what does is not read into memory.
MAX_BYTES: Final = 128 * 1024 * 1024
#: In a folder only these are looked at; a file that is named is always looked at.
EXPORT_SUFFIXES: Final = frozenset({".csv", ".ofx"})


@dataclass(frozen=True)
class CollectionOptions:
    """What the person says of the files: their account, the due date of a bill that does not tell its own."""

    account: str | None = None
    due: date | None = None
    source: str = "exports"


@dataclass(frozen=True)
class CollectedFile:
    """One file that is now in the inbox; `is_new` is False if it was there already.

    `total_centavos` is what the app shows: of a bill what it charges, of an account what came in less what went out.
    """

    path: Path
    receipt: Receipt
    rejects: int
    total_centavos: int
    is_new: bool


@dataclass(frozen=True)
class RefusedFile:
    """One file that was not imported, with the sentence that says why."""

    path: Path
    reason: str


def find_files(paths: Iterable[Path]) -> Iterator[Path | RefusedFile]:
    """The files named and the exports inside the folders named, in order."""
    for path in paths:
        if path.is_dir():
            inside = sorted(file for file in path.rglob("*") if file.suffix.lower() in EXPORT_SUFFIXES)
            visible = (
                file for file in inside if not any(part.startswith(".") for part in file.relative_to(path).parts)
            )
            yield from (file for file in visible if file.is_file())
        elif path.exists():
            yield path
        else:
            yield RefusedFile(path, message("path_missing", name=path))


def collect_files(
    inbox: Inbox, paths: Iterable[Path], options: CollectionOptions
) -> Iterator[CollectedFile | RefusedFile]:
    """Import every file; one that cannot be is reported and the rest goes on."""
    for path in find_files(paths):
        if isinstance(path, RefusedFile):
            yield path
            continue
        try:
            yield collect_file(inbox, path, options)
        except InputError as error:
            yield RefusedFile(path, str(error))
        except OSError as error:
            yield RefusedFile(path, message("path_unreadable", name=path.name, error=error.strerror or error))


def collect_file(inbox: Inbox, path: Path, options: CollectionOptions) -> CollectedFile:
    """Store one export; raises InputError with what is wrong with it, OSError when it cannot be read."""
    status = path.stat()
    if status.st_size > MAX_BYTES:
        raise InputError(
            message("export_too_large", name=path.name, size=status.st_size // 2**20, most=MAX_BYTES // 2**20)
        )
    data = path.read_bytes()
    format_ = recognize(data, path.name)
    as_of = _file_time(status.st_mtime)
    period = period_in_name(path.name)
    if period and format_.account_type is AccountType.ACCOUNT:
        # A statement says nothing of the days after its period, whenever it was exported.
        as_of = min(as_of, datetime.combine(period[1], time.max, SAO_PAULO).astimezone(UTC))
    parsed = read_document(data, format_, latest_date(day_of(as_of)))
    if parsed.as_of and _is_possible(parsed.as_of):
        # Lines are dated out of range by the moment the receipt will state, now and whenever it is read.
        as_of = parsed.as_of
        parsed = read_document(data, format_, latest_date(day_of(as_of)))
    receipt = _receipt(path.name, content_hash(data), parsed, as_of, options)
    _refuse_another_bill(inbox, receipt)
    rejects = parsed.lines["reason"].length() - parsed.lines["reason"].null_count
    total = -charged(parsed) if receipt.bill else pc.sum(parsed.lines["centavos"]).as_py() or 0
    return CollectedFile(path, receipt, rejects, total, inbox.add(receipt, data))


def _refuse_another_bill(inbox: Inbox, receipt: Receipt) -> None:
    """The same lines cannot be two bills: one of the two due dates is a mistake. Empty bills are alike."""
    for known in inbox.with_content(receipt.sha256):
        if receipt.lines and known.bill != receipt.bill and known.account == receipt.account:
            raise InputError(
                message("document_of_other_bill", name=receipt.name, bill=known.bill, document=known.document)
            )


def _file_time(timestamp: float) -> datetime:
    """When a file was saved; now for one that says it is older than Nubank, as archives unpack them."""
    saved = datetime.fromtimestamp(timestamp, UTC)
    return saved if saved.date() >= EARLIEST else datetime.now(UTC)


def _is_possible(moment: datetime) -> bool:
    """Neither before Nubank nor in the future, as a damaged file may claim."""
    return EARLIEST <= moment.date() <= datetime.now(UTC).date() + timedelta(days=1)


def _receipt(name: str, sha256: str, parsed: ParsedDocument, as_of: datetime, options: CollectionOptions) -> Receipt:
    account_type = parsed.format.account_type
    day = day_of(as_of)
    bill = _bill(name, parsed, options, day) if account_type is AccountType.CARD else None
    month = bill.month if bill else None
    return Receipt(
        document=document_id(sha256, month),
        sha256=sha256,
        name=name,
        source=options.source,
        format=DocumentFormat(parsed.format),
        account=check_account_name(options.account or account_type.value),
        bill=month,
        bill_due=bill.due if bill else None,
        as_of=as_of,
        collected_at=datetime.now(UTC),
        lines=parsed.lines.num_rows,
        months=tuple(months_of_document(parsed, month, bill.due if bill else None, as_of)),
    )


def _bill(name: str, parsed: ParsedDocument, options: CollectionOptions, as_of: date) -> BillName:
    """The bill a card document is of: by its name, else by what it says of its cycle, else as the person said."""
    named = bill_in_name(name)
    if named and options.due and BillName(month_of(options.due), named.due and options.due) != named:
        raise InputError(message("due_contradicts_name", name=name, due=options.due))
    bill = named
    if options.due:
        bill = BillName(month_of(options.due), options.due)
    elif bill is None and parsed.cycle_end:
        # Only the month is sure: weekends and holidays move the day.
        bill = BillName(month_of(parsed.cycle_end + timedelta(days=DAYS_FROM_CLOSE_TO_DUE)), None)
    if bill is None:
        raise InputError(message("due_missing", name=name))
    if not FIRST_MONTH <= bill.month <= add_months(month_of(as_of), MONTHS_AHEAD):
        raise InputError(message("bill_out_of_range", name=name, month=bill.month, first=FIRST_MONTH))
    return bill
