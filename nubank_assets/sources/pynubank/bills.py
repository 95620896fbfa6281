"""Bills of the card as documents: the list, and the details of the bills that can still change."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any, Final

from pynubank.exception import NuMissingCreditCard

from nubank_assets.domain.failures import SourceAnswerError
from nubank_assets.domain.months import add_months, month_of
from nubank_assets.domain.vocabulary import DocumentFormat
from nubank_assets.lake.inbox import Receipt
from nubank_assets.messages import message
from nubank_assets.sources.base import Answer
from nubank_assets.sources.exports.dates import parse_day
from nubank_assets.sources.json_documents import write_json
from nubank_assets.sources.pynubank.shapes import NUBANK, Row, missing, row, rows, text

#: A bill that was seen this long after its due date does not change any more.
SETTLED_AFTER: Final = timedelta(days=40)
#: A bill of this many months must still be in the list.
_MONTHS_LISTED: Final = 12
_FORMAT: Final = DocumentFormat.CARD_PYNUBANK_BILL
#: What is stored at the end of a round: a receipt of these says that the round before was whole.
_LAST_OF_A_ROUND: Final = (DocumentFormat.CARD_PYNUBANK_LIMIT, DocumentFormat.ACCOUNT_PYNUBANK_BALANCE)


def bill_answers(nubank: Any, account: str, known: Sequence[Receipt], day: date) -> list[Answer]:
    """A document of each bill that is open, or closed and not known to be settled; [] without a credit card.

    `known` are the receipts of this login. Raises SourceAnswerError when a bill of the last year is gone.
    """
    listed = {_due(bill): bill for bill in _listed(nubank) if text(bill, "state") != "future"}
    stored = [receipt for receipt in known if receipt.format is _FORMAT and receipt.account == account]
    _refuse_missing(stored, listed, day)
    round_before = max((one.as_of_day for one in known if one.format in _LAST_OF_A_ROUND), default=date.min)
    return [
        _answer(nubank, account, bill, due)
        for due, bill in sorted(listed.items())
        if not _is_settled(due, stored, round_before)
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


def _refuse_missing(stored: Iterable[Receipt], listed: Iterable[date], day: date) -> None:
    months = {month_of(due) for due in listed}
    recent = {receipt.bill: receipt for receipt in stored if (receipt.bill or "") >= _first_listed(day)}
    gone = [receipt for bill, receipt in sorted(recent.items(), key=lambda item: str(item[0])) if bill not in months]
    if gone:
        raise SourceAnswerError(
            message(
                "source_less",
                source=NUBANK,
                name=gone[0].name,
                found=len(recent) - len(gone),
                known=len(recent),
                document=gone[0].document,
            )
        )


def _first_listed(day: date) -> str:
    return add_months(month_of(day), -_MONTHS_LISTED)


def _is_settled(due: date, stored: Iterable[Receipt], round_before: date) -> bool:
    """Whether the stored bill is what was answered long after its due date; unchanged, it keeps its first moment."""
    for receipt in stored:
        if receipt.bill_due == due and receipt.as_of_day > due:
            return max(receipt.as_of_day, round_before) > due + SETTLED_AFTER
    return False


def _answer(nubank: Any, account: str, bill: Row, due: date) -> Answer:
    text(bill, "_links", "self", "href")
    detail = row(nubank.get_bill_details(bill), "bill")
    rows(detail, "line_items")
    month = month_of(due)
    listed = {"state": bill["state"], "summary": bill["summary"]}
    return Answer(
        _FORMAT, account, f"{account}-bill-{due}.json", write_json({"bill": detail, "listed": listed}), month, due
    )
