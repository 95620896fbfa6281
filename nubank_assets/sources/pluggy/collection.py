"""One round of questions to Pluggy, and the documents its answers become. Reading them is for ``reading.py``."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from nubank_assets.domain.documents import bill_state
from nubank_assets.domain.failures import InputError
from nubank_assets.domain.months import MONTHS_AHEAD, add_months, day_of, first_day, month_of, months_between
from nubank_assets.domain.vocabulary import AccountType, BillState
from nubank_assets.lake.inbox import Receipt
from nubank_assets.messages import message
from nubank_assets.sources.base import Answer
from nubank_assets.sources.credentials import Credentials
from nubank_assets.sources.pluggy.bills import Bill, closed_bills, cycle_of, group, state_of
from nubank_assets.sources.pluggy.client import PluggyClient
from nubank_assets.sources.pluggy.documents import balance_answer, bill_answer, limit_answer, month_answer
from nubank_assets.sources.pluggy.items import (
    Item,
    check_item,
    history_starts,
    observed_on,
    parse_items,
    refreshed_at,
)
from nubank_assets.sources.pluggy.limits import card_limits, shared_total
from nubank_assets.sources.pluggy.moments import known_day
from nubank_assets.sources.pluggy.naming import NamedAccount, name_accounts
from nubank_assets.sources.pluggy.reach import Reach, reach_of
from nubank_assets.sources.pluggy.shapes import Row
from nubank_assets.sources.pluggy.windows import Window, window_of

#: A later parcel may have the date of its purchase: of cards so many months more are asked for, to have them all.
MONTHS_OF_PARCELS: Final = 12


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

    def window(self, account: NamedAccount) -> Window:
        """What of an account is asked for."""
        return window_of(account.name, self.known, self.now)

    def reach(self, rows: Sequence[Row], window: Window) -> Reach:
        """Which part of the past the rows of an account tell."""
        is_first = not window.stored
        return reach_of(rows, history_starts(self.said, self.now, is_first=is_first), self.today)


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
        """The names its accounts get where nothing is stored, in a few calls; raises what `collect` does."""
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
    accounts = name_accounts(item, client.accounts(item.id), known)
    asked = (_ask(client, visit, account, with_limit=counts) for account, counts in _with_limits(accounts))
    return [answer for of_account in asked for answer in of_account]


def _with_limits(accounts: Sequence[NamedAccount]) -> Iterator[tuple[NamedAccount, bool]]:
    """Each account, and whether its limit counts: one that several cards share is the first card's."""
    totals = set()
    for account in accounts:
        total = shared_total(account.row) if account.type is AccountType.CARD else None
        yield account, account.type is AccountType.CARD and total not in totals
        if total:
            totals.add(total)


def _ask(client: PluggyClient, visit: _Visit, account: NamedAccount, *, with_limit: bool) -> Iterator[Answer]:
    """The answers about one account, its reading last: whoever finds that stored knows that the rest is."""
    id_, window = account.row["id"], visit.window(account)
    reading = observed_on(visit.said, visit.now), refreshed_at(visit.said, visit.now)
    if account.type is AccountType.ACCOUNT:
        yield from _months(visit, account, client.transactions(id_, window.first))
        yield balance_answer(account, *reading)
        return
    asked = first_day(add_months(month_of(window.first), -MONTHS_OF_PARCELS)) if window.first else None
    closed = closed_bills(client.bills(id_), visit.today)
    yield from _bills(visit, account, client.transactions(id_, asked), closed)
    if with_limit and any(card_limits(account.row)):
        yield limit_answer(account, *reading)


def _months(visit: _Visit, account: NamedAccount, rows: Sequence[Row]) -> Iterator[Answer]:
    """The months that the rows tell of; a month without any is empty if the rows reach further back than it."""
    window = visit.window(account)
    reach = visit.reach(rows, window)
    months: dict[str, list[Row]] = {}
    for row in rows:
        # A row without a day that can be is a reject of the month we are in.
        months.setdefault(month_of(known_day(row.get("date"), visit.today) or visit.today), []).append(row)
    if months:
        quiet = {*months_between(min(months), min(max(months), month_of(visit.today))), *window.stored}
        months.update({month: [] for month in quiet - set(months) if reach.is_past(first_day(month))})
    for month in sorted(months):
        if window.wants(month, first_day(month)) and not reach.cuts(first_day(month)):
            yield month_answer(account, month, months[month])


def _bills(visit: _Visit, account: NamedAccount, rows: Sequence[Row], closed: Sequence[Bill]) -> Iterator[Answer]:
    """The bills that the rows tell of, if they have lines or were stored with lines."""
    window, cycle = visit.window(account), cycle_of(account.row, closed, visit.today)
    reach = visit.reach(rows, window)
    bills = group(rows, closed, cycle, visit.today)
    last_closed = closed[-1].month if closed else ""
    gone = sorted(month for month in window.stored - {bill.month for bill in bills} if month > last_closed)
    for bill in [*bills, *(Bill(month, cycle.due(month)) for month in gone)]:
        opening = cycle.opening(bill.month) or first_day(add_months(bill.month, -2))
        # Bills further ahead have no month yet; they are answered when they come nearer.
        is_near = bill.month <= add_months(month_of(visit.today), MONTHS_AHEAD)
        is_wanted = is_near and window.wants(bill.month, opening) and not reach.cuts(opening)
        if is_wanted and (bill.rows or _is_empty(bill, opening, visit, reach, window)):
            yield bill_answer(account, bill, state_of(bill, visit.now))


def _is_empty(bill: Bill, opening: date, visit: _Visit, reach: Reach, window: Window) -> bool:
    """Whether a bill that was stored has no lines any more, and not only because they are not answered any more."""
    is_over = bill_state(bill.month, bill.due, visit.now) is BillState.CLOSED
    return bill.month in window.stored and (not is_over or reach.is_past(opening))
