"""From the answers of sources to documents of the inbox: all of a source's answers, or none.

How a source is asked is its own; which documents count is decided when the raw tables are made. A person's files
are brought in by ``exports/collection.py``.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import pyarrow.compute as pc

from nubank_assets.domain.failures import PermanentError, RetryableError, SourceAnswerError
from nubank_assets.domain.identity import check_account_name, content_hash, document_id
from nubank_assets.domain.months import add_months, day_of, last_day, month_of
from nubank_assets.domain.vocabulary import VoidReason
from nubank_assets.lake.inbox import Inbox, Receipt
from nubank_assets.messages import message
from nubank_assets.sources.base import Answer, ParsedDocument, Source, WarningSource
from nubank_assets.sources.raw import latest_date, months_of_document
from nubank_assets.sources.reader import read_document

#: So long an account that does not answer any more is spoken of.
_LATELY: Final = timedelta(days=35)


@dataclass(frozen=True)
class CollectedAnswer:
    """One answer that is now in the inbox; `is_new` is False if the very same was there before."""

    receipt: Receipt
    is_new: bool


@dataclass(frozen=True)
class Collection:
    """What one round over all sources brought, why a source brought nothing, and what a person should know."""

    answers: tuple[CollectedAnswer, ...] = ()
    failures: tuple[PermanentError | RetryableError, ...] = ()
    warnings: tuple[str, ...] = ()

    def __add__(self, other: "Collection") -> "Collection":
        """Both rounds together."""
        failures, warnings = self.failures + other.failures, self.warnings + other.warnings
        return Collection(self.answers + other.answers, failures, warnings)

    @property
    def new_months(self) -> list[str]:
        """The months that new documents tell of, in order."""
        return sorted({month for answer in self.answers if answer.is_new for month in answer.receipt.months})


def collect_sources(inbox: Inbox, sources: Iterable[Source], now: datetime) -> Collection:
    """Ask every source once and store what it says; a source that fails stores nothing and stops no other."""
    collection = Collection()
    by_name: dict[str, list[Source]] = {}
    for source in sources:
        by_name.setdefault(source.name, []).append(source)
    for name, logins in by_name.items():
        try:
            collection += _collect(inbox, name, logins, now)
        except (PermanentError, RetryableError) as error:
            collection += Collection(failures=(error,))
    return collection


def _collect(inbox: Inbox, name: str, logins: Sequence[Source], now: datetime) -> Collection:
    known = [receipt for receipt in inbox.receipts() if receipt.source == name]
    answers = [answer for login in logins for answer in login.collect(known, now)]
    found = [(_receipt(answer, name, now), answer) for answer in answers]
    answered = [receipt for receipt, _ in found]
    _refuse_less(name, known, answered, now)
    stored = tuple(_store(inbox, known, receipt, answer) for receipt, answer in found)
    warnings = [warning for login in logins if isinstance(login, WarningSource) for warning in login.warnings]
    return Collection(stored, warnings=(*warnings, *_tell_of_gone_accounts(name, known, answered, now)))


def _receipt(answer: Answer, source: str, now: datetime) -> Receipt:
    sha256 = content_hash(answer.data)
    parsed = read_document(answer.data, answer.format, latest_date(day_of(now)))
    return Receipt(
        # Two accounts may be answered the very same: a balance of nothing, an empty month.
        document=document_id(content_hash(answer.account.encode() + b"\n" + answer.data), answer.bill),
        sha256=sha256,
        name=answer.name,
        source=source,
        format=answer.format,
        account=check_account_name(answer.account),
        bill=answer.bill,
        bill_due=answer.bill_due,
        as_of=min(answer.as_of or now, now),
        collected_at=now,
        lines=_count_movements(parsed) if answer.lines is None else answer.lines,
        months=tuple(_months(answer, parsed, now)),
        external_account=answer.external_account,
    )


def _count_movements(parsed: ParsedDocument) -> int:
    """The lines that tell of a movement: what failed was one, and is not less than before."""
    reasons = parsed.lines["void_reason"]
    return int(reasons.null_count + (pc.sum(pc.equal(reasons, VoidReason.FAILED.value)).as_py() or 0))


def _months(answer: Answer, parsed: ParsedDocument, now: datetime) -> list[str]:
    """The months of a document; a month that was asked for and is empty is told of all the same."""
    if answer.months is not None:
        return list(answer.months)
    if answer.month and not parsed.lines.num_rows:
        return [answer.month]
    return sorted({*months_of_document(parsed, answer.bill, answer.bill_due, now), *filter(None, [answer.month])})


_Part = tuple[str, str, tuple[str, ...]]


def _part(receipt: Receipt) -> _Part:
    """What a document tells of: an account's bill, its movements or readings of some months, a whole worksheet."""
    bill = (receipt.bill, str(receipt.bill_due)) if receipt.bill else receipt.months
    return receipt.format.value, receipt.account, () if receipt.format.is_worksheet else bill


def _newest(receipts: Iterable[Receipt]) -> dict[_Part, Receipt]:
    return {_part(receipt): receipt for receipt in sorted(receipts, key=lambda receipt: receipt.as_of)}


def _refuse_less(source: str, known: Sequence[Receipt], answered: Sequence[Receipt], now: datetime) -> None:
    """Raise SourceAnswerError when what is over has fewer lines than before, or a recent month has none.

    A bill that is not over may lose its lines, to refunds and parcels paid early. An account that is not answered
    at all keeps what is stored; a source that answers nothing at all is refused. A worksheet is its person's, and may
    say less.
    """
    found = {_part(receipt): receipt.lines for receipt in answered}
    accounts = {receipt.account for receipt in answered}
    month = month_of(day_of(now))
    recent = {add_months(month, -1), month}
    for part, before in _newest(receipt for receipt in known if not receipt.format.is_worksheet).items():
        if before.account not in accounts and accounts:
            continue
        is_expected = not accounts or (not before.bill and set(part[2]) <= recent)
        lines = found.get(part, 0 if is_expected else before.lines)
        if lines < before.lines and (_was_over(before) or (lines == 0 and not before.bill)):
            raise SourceAnswerError(_less(source, before, lines))


def _less(source: str, before: Receipt, lines: int) -> str:
    values = {"name": before.name, "found": lines, "known": before.lines, "document": before.document}
    return message("source_less", source=source, **values)


def _tell_of_gone_accounts(
    source: str, known: Iterable[Receipt], answered: Iterable[Receipt], now: datetime
) -> Iterator[str]:
    """A sentence for each account that answered not long ago and does not any more."""
    others = [receipt for receipt in known if not receipt.format.is_worksheet]
    lately = {receipt.account for receipt in others if now - receipt.as_of < _LATELY}
    for account in sorted(lately - {receipt.account for receipt in answered}):
        yield message("source_account_gone", source=source, account=account)


def _was_over(receipt: Receipt) -> bool:
    """Whether the bill was closed, or the month ended, when the document was collected."""
    return receipt.as_of_day > (receipt.bill_due or last_day(receipt.months[-1]))


def _store(inbox: Inbox, known: Iterable[Receipt], receipt: Receipt, answer: Answer) -> CollectedAnswer:
    before = next((other for other in known if other.document == receipt.document), None)
    if before and _newest(known)[_part(before)] == before and _says_all(before, receipt):
        return CollectedAnswer(before, is_new=False)
    # A worksheet that is again as it once was is a known document and yet another state.
    return CollectedAnswer(receipt, inbox.add(receipt, answer.data) or receipt.format.is_worksheet)


def _says_all(before: Receipt, receipt: Receipt) -> bool:
    """Whether the same content seen again tells nothing: on the same day, or of what was over already."""
    if receipt.format.is_worksheet:
        return receipt.external_account == before.external_account
    return receipt.as_of_day == before.as_of_day or _was_over(before)
