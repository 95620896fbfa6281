"""One round of questions to Pluggy, and the documents its answers become. Reading them is for ``reading.py``."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from nubank_assets.domain.failures import InputError, SourceAnswerError
from nubank_assets.domain.months import MONTHS_AHEAD, add_months, day_of, first_day, month_of
from nubank_assets.domain.vocabulary import AccountType, DocumentFormat
from nubank_assets.lake.inbox import Receipt
from nubank_assets.messages import message
from nubank_assets.sources.base import Answer
from nubank_assets.sources.credentials import Credentials
from nubank_assets.sources.pluggy.bills import Bill, Cycle, closed_bills, cycle_of, group, state_of
from nubank_assets.sources.pluggy.client import PluggyClient
from nubank_assets.sources.pluggy.documents import balance_answer, bill_answer, limit_answer, month_answer
from nubank_assets.sources.pluggy.items import (
    Item,
    NamedAccount,
    check_item,
    history_start,
    name_accounts,
    observed_on,
    parse_items,
)
from nubank_assets.sources.pluggy.limits import card_limits, shared_total
from nubank_assets.sources.pluggy.moments import known_day
from nubank_assets.sources.pluggy.shapes import PLUGGY, Row

#: What was stored longer ago than so many months is not asked for again.
MONTHS_ASKED_AGAIN: Final = 3
#: A later parcel may have the date of its purchase: of cards so many months more are asked for, to have them all.
MONTHS_OF_PARCELS: Final = 12
#: A bank that answered further back than this from its history's beginning keeps more than a year.
_SLACK_DAYS: Final = 31
_LINES: Final = (DocumentFormat.CARD_PLUGGY_BILL, DocumentFormat.ACCOUNT_PLUGGY_FEED)


@dataclass(frozen=True)
class _Visit:
    """One connection during one round: its answer of `GET /items`, and what is stored already."""

    said: Row
    known: Sequence[Receipt]
    now: datetime

    @property
    def today(self) -> date:
        """The São Paulo day of the round."""
        return day_of(self.now)

    def stored(self, account: NamedAccount) -> list[Receipt]:
        """The receipts of an account's bills or months."""
        return [receipt for receipt in self.known if receipt.account == account.name and receipt.format in _LINES]

    def first_asked_again(self, account: NamedAccount) -> date | None:
        """The first day that is asked for again; None when everything is, because nothing older is stored.

        It is counted from the last round, however long ago that was.
        """
        stored = self.stored(account)
        if not stored:
            return None
        last = min(self.now, max(receipt.as_of for receipt in stored))
        first = add_months(month_of(day_of(last)), -MONTHS_ASKED_AGAIN)
        return first_day(first) if any(month < first for r in stored for month in r.months) else None


class PluggySource:
    """Accounts and cards that a person has connected to Pluggy; implements `base.Source`."""

    name: Final = "pluggy"

    def __init__(self, credentials: Credentials, url: str, items: Sequence[str]) -> None:
        """`url` is the API's address; `items` are connections, each `id` or `id=name`."""
        self._credentials = credentials
        self._url = url
        self._items = items

    def collect(self, known: Sequence[Receipt], now: datetime) -> list[Answer]:
        """Bills, months of movements, balances and limits of all connections, in one round.

        Raises InputError when a setting or secret is missing, and what `base.Source` says.
        """
        items, answers = parse_items(self._items), list[Answer]()
        with PluggyClient(self._credentials, self._url) as client:
            for item in items:
                found = _ask_item(client, item, known, now)
                if both := {answer.account for answer in answers} & {answer.account for answer in found}:
                    raise InputError(message("pluggy_accounts_same", name=min(both)))
                answers.extend(found)
        return answers

    def check(self, now: datetime) -> list[str]:
        """The names of the accounts it would collect, in a few calls; raises what `collect` does."""
        names: list[str] = []
        with PluggyClient(self._credentials, self._url) as client:
            for item in parse_items(self._items):
                check_item(item, client.item(item.id), now)
                names += [account.name for account in name_accounts(item, client.accounts(item.id))]
        return names


def _ask_item(client: PluggyClient, item: Item, known: Sequence[Receipt], now: datetime) -> list[Answer]:
    said = client.item(item.id)
    check_item(item, said, now)
    visit = _Visit(said, known, now)
    accounts = name_accounts(item, client.accounts(item.id))
    _check_none_is_gone(item, accounts, known)
    asked = (_ask(client, visit, account, with_limit=counts) for account, counts in _with_limits(accounts))
    return [answer for of_account in asked for answer in of_account]


def _check_none_is_gone(item: Item, accounts: Sequence[NamedAccount], known: Sequence[Receipt]) -> None:
    found = {account.name for account in accounts}
    for name in sorted({receipt.account for receipt in known} - found):
        if item.owns(name):
            documents = [receipt.document for receipt in known if receipt.account == name]
            raise SourceAnswerError(
                message("source_less", source=PLUGGY, name=name, found=0, known=len(documents), document=documents[-1])
            )


def _with_limits(accounts: Sequence[NamedAccount]) -> Iterator[tuple[NamedAccount, bool]]:
    """Each account, and whether its limit counts: one that several cards share is the first card's."""
    totals = set()
    for account in accounts:
        total = shared_total(account.row) if account.type is AccountType.CARD else None
        yield account, account.type is AccountType.CARD and total not in totals
        if total:
            totals.add(total)


def _ask(client: PluggyClient, visit: _Visit, account: NamedAccount, *, with_limit: bool) -> Iterator[Answer]:
    id_, first = account.row["id"], visit.first_asked_again(account)
    day = observed_on(visit.said, visit.now)
    if account.type is AccountType.ACCOUNT:
        yield from _months(visit, account, client.transactions(id_, first), first)
        yield balance_answer(account, day)
        return
    asked = first_day(add_months(month_of(first), -MONTHS_OF_PARCELS)) if first else None
    closed = closed_bills(client.bills(id_), visit.today)
    yield from _bills(visit, account, client.transactions(id_, asked), closed, first)
    if with_limit and any(card_limits(account.row)):
        yield limit_answer(account, day)


def _months(visit: _Visit, account: NamedAccount, rows: Sequence[Row], first: date | None) -> Iterator[Answer]:
    """The months that begin in what was asked for; a month that was stored and is empty now says so."""
    first = first or _cut_by_history(visit, rows)
    months: dict[str, list[Row]] = {}
    for receipt in visit.stored(account):
        months.update({month: [] for month in receipt.months if first and first_day(month) >= first})
    for row in rows:
        # A row without a day that can be is a reject of the month we are in.
        months.setdefault(month_of(known_day(row.get("date"), visit.today) or visit.today), []).append(row)
    for month in sorted(months):
        if not first or first_day(month) >= first:
            yield month_answer(account, month, months[month])


def _bills(
    visit: _Visit, account: NamedAccount, rows: Sequence[Row], closed: Sequence[Bill], first: date | None
) -> Iterator[Answer]:
    """The bills that begin in what was asked for, if they have lines or were stored with lines."""
    cycle = cycle_of(account.row, closed, visit.today)
    stored = {receipt.bill for receipt in visit.stored(account)}
    first = first or _cut_by_history(visit, rows)
    bills = group(rows, closed, cycle, visit.today)
    last_closed = closed[-1].month if closed else ""
    gone = sorted(month for month in stored - {bill.month for bill in bills} if month and month > last_closed)
    for bill in [*bills, *(Bill(month, cycle.due(month)) for month in gone)]:
        # Bills further ahead have no month yet; they are answered when they come nearer.
        is_near = bill.month <= add_months(month_of(visit.today), MONTHS_AHEAD)
        if (bill.rows or bill.month in stored) and is_near and not _is_cut(bill, cycle, first):
            yield bill_answer(account, bill, state_of(bill, visit.now))


def _is_cut(bill: Bill, cycle: Cycle, first: date | None) -> bool:
    opening = cycle.opening(bill.month) or first_day(add_months(bill.month, -2))
    return first is not None and opening < first


def _cut_by_history(visit: _Visit, rows: Sequence[Row]) -> date | None:
    """Where the bank's answer begins in the middle of a month or bill, which then is not whole: the first day.

    A bank answers for a year before it was connected. If the account has lines in that year's first month it was
    there before, and if it has older ones the bank keeps more than a year.
    """
    start = history_start(visit.said, visit.now)
    days = [day for row in rows if (day := known_day(row.get("date"), visit.today))]
    if not start or not days:
        return None
    return start if abs((min(days) - start).days) <= _SLACK_DAYS else None
