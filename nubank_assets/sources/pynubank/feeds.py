"""Movements as documents, one of each month: the purchases of the card's feed, the movements of the account's.

A month that was not read to its end gives no document.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Set
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from nubank_assets.domain.failures import SourceAnswerError
from nubank_assets.domain.months import FIRST_MONTH, add_months, first_day, month_of, months_between
from nubank_assets.domain.vocabulary import DocumentFormat
from nubank_assets.lake.inbox import Receipt
from nubank_assets.messages import message
from nubank_assets.sources.base import Answer
from nubank_assets.sources.exports.dates import parse_day
from nubank_assets.sources.json_documents import write_json
from nubank_assets.sources.pynubank.shapes import NUBANK, Row, row, row_or_none, rows, text
from nubank_assets.sources.pynubank.times import day_of_time

#: More pages than any account has; what goes on after them does not end.
MOST_PAGES: Final = 3000
#: "Hoje" becomes "Ontem" although nothing happened.
_VOLATILE: Final = "displayDate"


@dataclass(frozen=True)
class _Page:
    nodes: list[Row]
    cursor: str | None


def card_feed_answers(nubank: Any, account: str, day: date) -> list[Answer]:
    """A document of each São Paulo month of the card's events; [] without a card.

    Nubank may let go of old events; what was stored of them stays, and still describes its purchases.
    """
    if nubank._feed_url is None:
        return []
    events = sorted(rows(nubank.get_card_feed(), "events"), key=lambda event: (text(event, "time"), write_json(event)))
    months = _by_month(events, lambda event: day_of_time(event["time"]), day)
    return _answers(DocumentFormat.CARD_PYNUBANK_FEED, account, "events", months)


def account_feed_answers(nubank: Any, account: str, known: Iterable[Receipt], day: date) -> list[Answer]:
    """A document of each month of the account's movements that is new or may have changed; [] without an account."""
    own = [one for one in known if one.format is DocumentFormat.ACCOUNT_PYNUBANK_FEED and one.account == account]
    since = _read_from({month for receipt in own for month in receipt.months}, day)
    found = _by_month(_nodes(nubank, since), _day_of_node, day)
    months = {month: found.get(month, []) for month in {*found, *_all_between(found, month_of(day))}}
    kept = {month: nodes for month, nodes in months.items() if since is None or month >= month_of(since)}
    return _answers(DocumentFormat.ACCOUNT_PYNUBANK_FEED, account, "nodes", kept)


def _all_between(months: Iterable[str], last: str) -> list[str]:
    """All months from the first of these; one without movements is told of, or it would be taken for a lost one."""
    possible = [month for month in months if FIRST_MONTH <= month <= last]
    return months_between(min(possible), max(possible)) if possible else []


def _read_from(stored: Set[str], day: date) -> date | None:
    """The first day that must be read again: of the month before this, or before the latest that is stored, or of a
    month that is missing among those that are stored.
    """
    if not stored:
        return None
    again = add_months(min(max(stored), month_of(day)), -1)
    missing = (month for month in _all_between({*stored, again}, again) if month not in stored)
    return first_day(next(missing, again))


def _nodes(nubank: Any, since: date | None) -> list[Row]:
    """All movements, each once, or at least those since a day."""
    found: dict[bytes, Row] = {}
    cursor: str | None = None
    for _ in range(MOST_PAGES):
        page = _page(nubank, cursor)
        # The whole node and not its id: two movements of one Pix on credit share theirs.
        new = {write_json(node): node for node in page.nodes if write_json(node) not in found}
        found |= new
        if not new or page.cursor is None or (since and _is_before(since, page.nodes)):
            # Nubank may say for ever that there is a next page.
            return list(found.values())
        cursor = page.cursor
    raise SourceAnswerError(message("source_too_large", source=NUBANK))


def _page(nubank: Any, cursor: str | None) -> _Page:
    # Not get_account_feed_paginated: it makes floats of amounts, and fails where it finds none.
    answer = nubank._make_graphql_request("account_feed_paginated", {"cursor": cursor})
    row(answer, "data", "viewer")
    if row_or_none(answer, "data", "viewer", "savingsAccount") is None:
        return _Page([], None)
    feed = row(answer, "data", "viewer", "savingsAccount", "feedItems")
    edges = rows(feed, "edges")
    nodes = [_steady(row(edge, "node")) for edge in edges]
    has_next = row(feed, "pageInfo").get("hasNextPage") is True
    return _Page(nodes, text(edges[-1], "cursor") if has_next and edges else None)


def _steady(node: Row) -> Row:
    text(node, "id")
    text(node, "postDate")
    text(node, "title")
    return {name: value for name, value in node.items() if name != _VOLATILE}


def _day_of_node(node: Row) -> date | None:
    return parse_day(node["postDate"])


def _is_before(since: date, nodes: Iterable[Row]) -> bool:
    return all((_day_of_node(node) or since) < since for node in nodes)


def _by_month(items: Iterable[Row], day_of_item: Callable[[Row], date | None], day: date) -> dict[str, list[Row]]:
    """Items by month; one whose day cannot be read goes with the one before it."""
    months: dict[str, list[Row]] = defaultdict(list)
    month = month_of(day)
    for item in items:
        its_day = day_of_item(item)
        month = month_of(its_day) if its_day else month
        months[month].append(item)
    return dict(months)


def _answers(format: DocumentFormat, account: str, name: str, months: dict[str, list[Row]]) -> list[Answer]:  # noqa: A002
    # The oldest first: what a crash leaves out is what the next round reads again.
    return [_answer(format, account, month, {name: items}) for month, items in sorted(months.items())]


def _answer(format: DocumentFormat, account: str, month: str, content: Row) -> Answer:  # noqa: A002
    name = f"{account}-feed-{month}.json"
    if any(content.values()):
        return Answer(format, account, name, write_json(content))
    # Months without movements are all alike, but for their names.
    return Answer(format, account, name, write_json(content | {"account": account, "month": month}), month=month)
