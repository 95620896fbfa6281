"""What is stored of Pluggy's answers: everything of a bill, a month or a reading as it was said, without what
changes although nothing else did. Which rows belong together is decided in ``bills.py`` and ``collection.py``.
"""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any, Final

from nubank_assets.domain.vocabulary import BillState, DocumentFormat
from nubank_assets.sources.base import Answer
from nubank_assets.sources.json_documents import write_json
from nubank_assets.sources.pluggy.amounts import as_decimal
from nubank_assets.sources.pluggy.bills import Bill
from nubank_assets.sources.pluggy.items import NamedAccount
from nubank_assets.sources.pluggy.shapes import Row, inner

#: Moments and places in a list, which change from answer to answer; `balance` of a line is a running one.
_VOLATILE: Final = ("balance", "createdAt", "order", "updatedAt")
_ACCOUNT: Final = ("currencyCode", "id", "type")
_BALANCE: Final = (*_ACCOUNT, "balance", "bankData", "subtype")
_LIMITS: Final = ("availableCreditLimit", "creditLimit", "disaggregatedCreditLimits", "holderType")


def bill_answer(account: NamedAccount, bill: Bill, state: BillState) -> Answer:
    """The document of one bill."""
    document = {
        "account": _only(account.row, _ACCOUNT),
        "bill": _steady(bill.row) if bill.row else None,
        "due": bill.due.isoformat() if bill.due else None,
        "month": bill.month,
        "state": state.value,
        "transactions": ordered(bill.rows),
    }
    name = f"pluggy-{account.name}-{bill.due or bill.month}.json"
    return Answer(
        DocumentFormat.CARD_PLUGGY_BILL, account.name, name, write_json(document), bill=bill.month, bill_due=bill.due
    )


def month_answer(account: NamedAccount, month: str, rows: Iterable[Row]) -> Answer:
    """The document of one month of movements."""
    document = {"account": _only(account.row, _ACCOUNT), "month": month, "transactions": ordered(rows)}
    name = f"pluggy-{account.name}-{month}.json"
    return Answer(DocumentFormat.ACCOUNT_PLUGGY_FEED, account.name, name, write_json(document), month=month)


def balance_answer(account: NamedAccount, observed_on: date) -> Answer:
    """The document of a balance."""
    return _reading(account, DocumentFormat.ACCOUNT_PLUGGY_BALANCE, _only(account.row, _BALANCE), observed_on)


def limit_answer(account: NamedAccount, observed_on: date) -> Answer:
    """The document of a card's limits, without its `balance`: that is the used limit, and no bill."""
    limits = _only(inner(account.row, "creditData"), _LIMITS)
    said = _only(account.row, _ACCOUNT) | {"creditData": limits}
    return _reading(account, DocumentFormat.CARD_PLUGGY_LIMIT, said, observed_on)


def _reading(account: NamedAccount, format_: DocumentFormat, said: Row, observed_on: date) -> Answer:
    day = observed_on.isoformat()
    what = format_.value.rpartition("_")[2]
    data = write_json({"account": said, "observed_on": day})
    return Answer(format_, account.name, f"pluggy-{account.name}-{what}-{day}.json", data)


def ordered(rows: Iterable[Row]) -> list[Row]:
    """The rows by date, description, amount and id, whatever order the API gave them in."""
    return sorted((_steady(row) for row in rows), key=_place)


def _place(row: Row) -> tuple[str, str, Decimal, str]:
    amount = as_decimal(row.get("amount"))
    return str(row.get("date")), str(row.get("description")), amount or Decimal(), str(row.get("id"))


def _steady(row: Row) -> Row:
    return {name: value for name, value in row.items() if name not in _VOLATILE}


def _only(row: Row, names: Iterable[str]) -> dict[str, Any]:
    """These fields, as far as they are there: absent stays absent."""
    return {name: row[name] for name in names if name in row}
