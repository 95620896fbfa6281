"""What is stored of Pluggy's answers: everything of a bill, a month or a reading as it was said, without what
changes although nothing else did. Which rows belong together is decided in ``bills.py`` and ``collection.py``.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

from nubank_assets.domain.vocabulary import BillState, DocumentFormat
from nubank_assets.sources.base import Answer
from nubank_assets.sources.json_documents import write_json
from nubank_assets.sources.pluggy.amounts import as_decimal
from nubank_assets.sources.pluggy.bills import Bill
from nubank_assets.sources.pluggy.naming import NamedAccount
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
    answer = _answer(account, DocumentFormat.CARD_PLUGGY_BILL, name, document)
    return replace(answer, bill=bill.month, bill_due=bill.due)


def month_answer(account: NamedAccount, month: str, rows: Iterable[Row]) -> Answer:
    """The document of one month of movements."""
    document = {"account": _only(account.row, _ACCOUNT), "month": month, "transactions": ordered(rows)}
    name = f"pluggy-{account.name}-{month}.json"
    return replace(_answer(account, DocumentFormat.ACCOUNT_PLUGGY_FEED, name, document), month=month)


def balance_answer(account: NamedAccount, observed_on: date, as_of: datetime) -> Answer:
    """The document of a balance: of a day's end, as the bank said it at a moment."""
    balance = _only(account.row, _BALANCE)
    return _reading(account, DocumentFormat.ACCOUNT_PLUGGY_BALANCE, balance, observed_on, as_of)


def limit_answer(account: NamedAccount, observed_on: date, as_of: datetime) -> Answer:
    """The document of a card's limits, without its `balance`: that is the used limit, and no bill."""
    limits = _only(inner(account.row, "creditData"), _LIMITS)
    said = _only(account.row, _ACCOUNT) | {"creditData": limits}
    return _reading(account, DocumentFormat.CARD_PLUGGY_LIMIT, said, observed_on, as_of)


def _reading(account: NamedAccount, format_: DocumentFormat, said: Row, observed_on: date, as_of: datetime) -> Answer:
    day = observed_on.isoformat()
    name = f"pluggy-{account.name}-{format_.value.rpartition('_')[2]}-{day}.json"
    return replace(_answer(account, format_, name, {"account": said, "observed_on": day}), as_of=as_of)


def _answer(account: NamedAccount, format_: DocumentFormat, name: str, document: Row) -> Answer:
    return Answer(format_, account.name, name, write_json(document), external_account=account.external)


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
