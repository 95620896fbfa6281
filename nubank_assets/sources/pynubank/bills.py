"""Bills of the card as documents: the list, and the details of the bills that can still change."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, timedelta
from typing import Any, Final

from pynubank.exception import NuMissingCreditCard

from nubank_assets.domain.failures import SourceAnswerError
from nubank_assets.domain.months import add_months, day_of, month_of
from nubank_assets.domain.vocabulary import DocumentFormat
from nubank_assets.lake.inbox import Receipt
from nubank_assets.messages import message
from nubank_assets.sources.base import Answer
from nubank_assets.sources.exports.dates import parse_day
from nubank_assets.sources.json_documents import write_json
from nubank_assets.sources.pynubank.shapes import NUBANK, Row, missing, row, rows, text

#: A bill that was seen this long after its due date does not change any more.
SETTLED_AFTER: Final = timedelta(days=40)
#: A closed bill of this many months must still be in the list.
_MONTHS_LISTED: Final = 12
_FORMAT: Final = DocumentFormat.CARD_PYNUBANK_BILL


def bill_answers(nubank: Any, account: str, known: Sequence[Receipt], day: date) -> list[Answer]:
    """A document of each bill that is open, or closed and not known to be settled; [] without a credit card.

    `known` are the receipts of this login. Raises SourceAnswerError when a closed bill of the last year is gone.
    """
    listed = {_due(bill): bill for bill in _listed(nubank) if text(bill, "state") != "future"}
    stored = [receipt for receipt in known if receipt.format is _FORMAT and receipt.account == account]
    _refuse_missing(stored, listed, day)
    return [
        _answer(nubank, account, bill, due, day) for due, bill in sorted(listed.items()) if not _is_settled(due, stored)
    ]


def _listed(nubank: Any) -> list[Row]:
    try:
        return rows({"bills": nubank.get_bills()}, "bills")
    except NuMissingCreditCard:
        return []
    except KeyError as error:
        raise missing("bills") from error


def _due(bill: Row) -> date:
    due = parse_day(text(bill, "summary", "due_date"))
    if due is None:
        raise missing("summary.due_date")
    return due


def _refuse_missing(stored: Iterable[Receipt], listed: Collection[date], day: date) -> None:
    """Raise SourceAnswerError when a bill that was closed is not listed any more, though others are.

    An open bill may go: its due day was moved, or its card was cancelled.
    """
    months = {month_of(due) for due in listed}
    recent = {
        receipt.bill: receipt for receipt in stored if (receipt.bill or "") >= _first_listed(day) and _was_over(receipt)
    }
    gone = [receipt for bill, receipt in sorted(recent.items(), key=lambda item: str(item[0])) if bill not in months]
    if listed and gone:
        values = {"name": gone[0].name, "found": len(recent) - len(gone), "document": gone[0].document}
        raise SourceAnswerError(message("source_less", source=NUBANK, known=len(recent), **values))


def _was_over(receipt: Receipt) -> bool:
    return receipt.bill_due is not None and receipt.as_of_day > receipt.bill_due


def _first_listed(day: date) -> str:
    return add_months(month_of(day), -_MONTHS_LISTED)


def _is_settled(due: date, stored: Iterable[Receipt]) -> bool:
    """Whether the newest stored answer of a bill is of long after its due date."""
    own = (receipt.as_of for receipt in stored if receipt.bill_due == due)
    newest = max(own, default=None)
    return newest is not None and _is_long_after(due, day_of(newest))


def _is_long_after(due: date, day: date) -> bool:
    return day > due + SETTLED_AFTER


def _answer(nubank: Any, account: str, bill: Row, due: date, day: date) -> Answer:
    text(bill, "_links", "self", "href")
    detail = row(nubank.get_bill_details(bill), "bill")
    rows(detail, "line_items")
    content: Row = {"bill": detail, "listed": {"state": bill["state"], "summary": bill["summary"]}}
    if _is_long_after(due, day):
        # The last answer is a document of its own even if nothing changed: its receipt says that it is the last.
        content["settled"] = True
    name = f"{account}-bill-{due}.json"
    return Answer(_FORMAT, account, name, write_json(content), bill=month_of(due), bill_due=due)
