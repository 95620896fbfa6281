"""From the answers of sources to documents of the inbox: all of a source's answers, or none.

How a source is asked is its own; which documents count is decided when the raw tables are made. A person's files
are brought in by ``exports/collection.py``.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from nubank_assets.domain.documents import bill_state
from nubank_assets.domain.failures import PermanentError, RetryableError, SourceAnswerError
from nubank_assets.domain.identity import check_account_name, content_hash, document_id
from nubank_assets.domain.months import add_months, day_of, last_day, month_of
from nubank_assets.domain.vocabulary import BillState
from nubank_assets.lake.inbox import Inbox, Receipt
from nubank_assets.messages import message
from nubank_assets.sources.base import Answer, ParsedDocument, Source
from nubank_assets.sources.raw import latest_date, months_of_document
from nubank_assets.sources.reader import read_document


@dataclass(frozen=True)
class CollectedAnswer:
    """One answer that is now in the inbox; `is_new` is False if the very same was there before."""

    receipt: Receipt
    is_new: bool


@dataclass(frozen=True)
class Collection:
    """What one round over all sources brought, and why a source brought nothing."""

    answers: tuple[CollectedAnswer, ...]
    failures: tuple[PermanentError | RetryableError, ...]

    @property
    def new_months(self) -> list[str]:
        """The months that new documents tell of, in order."""
        return sorted({month for answer in self.answers if answer.is_new for month in answer.receipt.months})


def collect_sources(inbox: Inbox, sources: Iterable[Source], now: datetime) -> Collection:
    """Ask every source once and store what it says; a source that fails stores nothing and stops no other."""
    answers: list[CollectedAnswer] = []
    failures: list[PermanentError | RetryableError] = []
    by_name: dict[str, list[Source]] = {}
    for source in sources:
        by_name.setdefault(source.name, []).append(source)
    for name, logins in by_name.items():
        try:
            answers += _collect(inbox, name, logins, now)
        except (PermanentError, RetryableError) as error:
            failures.append(error)
    return Collection(tuple(answers), tuple(failures))


def _collect(inbox: Inbox, name: str, logins: Sequence[Source], now: datetime) -> list[CollectedAnswer]:
    known = [receipt for receipt in inbox.receipts() if receipt.source == name]
    answers = [answer for login in logins for answer in login.collect(known, now)]
    found = [(_receipt(answer, name, now), answer) for answer in answers]
    _refuse_less(name, known, [receipt for receipt, _ in found], now)
    return [_store(inbox, known, receipt, answer) for receipt, answer in found]


def _receipt(answer: Answer, source: str, now: datetime) -> Receipt:
    sha256 = content_hash(answer.data)
    parsed = read_document(answer.data, answer.format, latest_date(day_of(now)))
    return Receipt(
        document=document_id(sha256, answer.bill),
        sha256=sha256,
        name=answer.name,
        source=source,
        format=answer.format,
        account=check_account_name(answer.account),
        bill=answer.bill,
        bill_due=answer.bill_due,
        as_of=now,
        collected_at=now,
        lines=parsed.lines["void_reason"].null_count,
        months=tuple(_months(answer, parsed, now)),
    )


def _months(answer: Answer, parsed: ParsedDocument, now: datetime) -> list[str]:
    """The months of a document; a month that was asked for and is empty is told of all the same."""
    if answer.month and not parsed.lines.num_rows:
        return [answer.month]
    return sorted({*months_of_document(parsed, answer.bill, answer.bill_due, now), *filter(None, [answer.month])})


def _part(receipt: Receipt) -> tuple[str, str, tuple[str, ...]]:
    """What a document tells of: an account's bill, or its movements or readings of some months."""
    return receipt.format.value, receipt.account, (receipt.bill,) if receipt.bill else receipt.months


def _newest(receipts: Iterable[Receipt]) -> dict[tuple[str, str, tuple[str, ...]], Receipt]:
    return {_part(receipt): receipt for receipt in sorted(receipts, key=lambda receipt: receipt.as_of)}


def _refuse_less(source: str, known: Iterable[Receipt], answered: Sequence[Receipt], now: datetime) -> None:
    """Raise SourceAnswerError when a part that is over has fewer lines than before, or a recent one has none.

    A bill that was stored when it was over need not be answered again, and parcels that are paid early may leave
    a bill that is to come empty.
    """
    found = {_part(receipt): receipt.lines for receipt in answered}
    month = month_of(day_of(now))
    recent = {add_months(month, -1), month}
    for part, before in _newest(known).items():
        is_expected = set(part[2]) <= recent and not (before.bill and _was_over(before))
        lines = found.get(part, 0 if is_expected else before.lines)
        is_less = lines < before.lines and (lines == 0 or _was_over(before))
        if is_less and not (part in found and _is_to_come(before, now)):
            raise SourceAnswerError(
                message(
                    "source_less",
                    source=source,
                    name=before.name,
                    found=lines,
                    known=before.lines,
                    document=before.document,
                )
            )


def _was_over(receipt: Receipt) -> bool:
    """Whether the bill was closed, or the month ended, when the document was collected."""
    return receipt.as_of_day > (receipt.bill_due or last_day(receipt.months[-1]))


def _is_to_come(receipt: Receipt, now: datetime) -> bool:
    """Whether it is of a bill that has not opened."""
    return receipt.bill is not None and bill_state(receipt.bill, receipt.bill_due, now) is BillState.FUTURE


def _store(inbox: Inbox, known: Iterable[Receipt], receipt: Receipt, answer: Answer) -> CollectedAnswer:
    before = next((other for other in known if other.document == receipt.document), None)
    if before and _newest(known)[_part(before)] == before and _says_all(before, receipt):
        return CollectedAnswer(before, is_new=False)
    return CollectedAnswer(receipt, inbox.add(receipt, answer.data))


def _says_all(before: Receipt, receipt: Receipt) -> bool:
    """Whether the same content seen again tells nothing: on the same day, or of what was over already."""
    return receipt.as_of_day == before.as_of_day or _was_over(before)
