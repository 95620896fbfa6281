"""Stored answers of Nubank, read: each format's lines, or what it observed."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any, Final

from nubank_assets.domain.vocabulary import BillState, DocumentFormat, Reading
from nubank_assets.sources.base import LINES_SCHEMA, Observation, ParsedDocument
from nubank_assets.sources.exports.dates import parse_day
from nubank_assets.sources.json_documents import read_json
from nubank_assets.sources.pynubank.account_lines import account_lines
from nubank_assets.sources.pynubank.card_lines import bill_lines, event_lines
from nubank_assets.sources.pynubank.lines import lines_table, reais, reais_of_centavos
from nubank_assets.sources.pynubank.shapes import NUBANK, Row, missing, row, row_or_none, rows, text, text_or_empty

_BILL_STATES: Final = {
    "closed": BillState.CLOSED,
    "overdue": BillState.CLOSED,
    "open": BillState.OPEN,
    "future": BillState.FUTURE,
}


def read_answer(data: bytes, format: DocumentFormat, latest: date) -> ParsedDocument:  # noqa: A002
    """A document that `PynubankSource` made: every item a line that is readable, void or a reject.

    A line dated after `latest` is a reject. Raises SourceAnswerError when what surrounds the items is not there,
    and KeyError for a format that is not pynubank's.
    """
    return _READERS[format](row(read_json(data, NUBANK)), latest)


def _read_bill(content: Row, latest: date) -> ParsedDocument:
    lines = lines_table(bill_lines(rows(content, "bill", "line_items"), latest))
    listed = row_or_none(content, "listed") or {}
    state = text_or_empty(row(content, "bill").get("state")) or text_or_empty(listed.get("state"))
    parsed = ParsedDocument(DocumentFormat.CARD_PYNUBANK_BILL, lines, bill_state=_BILL_STATES.get(state))
    return replace(parsed, ledger_brl=_ledger(content, listed)) if parsed.bill_state is BillState.CLOSED else parsed


def _ledger(content: Row, listed: Row) -> Decimal | None:
    """What a closed bill charges by itself, as Nubank states it, with our sign: its `total_cumulative` is its
    `total_balance` without what it carries from the bill before (`past_balance`).
    """
    summaries = (row_or_none(part, "summary") or {} for part in (row(content, "bill"), listed))
    stated = (reais_of_centavos(summary.get("total_cumulative")) for summary in summaries)
    total = next((amount for amount in stated if amount is not None), None)
    return None if total is None else 0 - total


def _read_card_feed(content: Row, latest: date) -> ParsedDocument:
    return ParsedDocument(DocumentFormat.CARD_PYNUBANK_FEED, lines_table(event_lines(rows(content, "events"), latest)))


def _read_account_feed(content: Row, latest: date) -> ParsedDocument:
    return ParsedDocument(
        DocumentFormat.ACCOUNT_PYNUBANK_FEED, lines_table(account_lines(rows(content, "nodes"), latest))
    )


def _read_limit(content: Row, latest: date) -> ParsedDocument:  # noqa: ARG001
    owed = reais_of_centavos((row_or_none(content, "balances") or {}).get("open"))
    values = {
        Reading.CARD_LIMIT: reais_of_centavos(content.get("credit_limit")),
        Reading.AVAILABLE_LIMIT: reais_of_centavos(content.get("net_available")),
        Reading.OPEN_BILL: None if owed is None else 0 - owed,
    }
    return _observed(DocumentFormat.CARD_PYNUBANK_LIMIT, content, values.items())


def _read_balance(content: Row, latest: date) -> ParsedDocument:  # noqa: ARG001
    values = {Reading.ACCOUNT_BALANCE: reais(content.get("balance")), Reading.INVESTED: _invested(content)}
    return _observed(DocumentFormat.ACCOUNT_PYNUBANK_BALANCE, content, values.items())


def _observed(
    format: DocumentFormat,  # noqa: A002
    content: Row,
    values: Iterable[tuple[Reading, Decimal | None]],
) -> ParsedDocument:
    day = parse_day(text(content, "observed_on"))
    if day is None:
        raise missing("observed_on")
    observations = tuple(Observation(reading, day, value) for reading, value in values if value is not None)
    return ParsedDocument(format, LINES_SCHEMA.empty_table(), observations=observations)


def _invested(content: Row) -> Decimal | None:
    """What is still in the RDB deposits, None where one of them does not say.

    What was taken out of one is the net amount and its taxes less the yield that came with it.
    """
    if content.get("deposits") is None:
        return None
    left = [_left_in(deposit) for deposit in rows(content, "deposits")]
    known = [amount for amount in left if amount is not None]
    return reais(sum(known, Decimal(0))) if len(known) == len(left) else None


def _left_in(deposit: Row) -> Decimal | None:
    redeemed = row_or_none(deposit, "redeemedBalance") or {}
    parts: list[Any] = [deposit.get("principal")]
    parts += [redeemed.get(name, 0) for name in ("netAmount", "incomeTax", "iofTax", "yield")]
    if not all(isinstance(part, int | Decimal) and not isinstance(part, bool) for part in parts):
        return None
    principal, net, income_tax, iof, earned = (Decimal(part) for part in parts)
    return principal - (net + income_tax + iof - earned)


_READERS: Final[dict[DocumentFormat, Callable[[Row, date], ParsedDocument]]] = {
    DocumentFormat.CARD_PYNUBANK_BILL: _read_bill,
    DocumentFormat.CARD_PYNUBANK_FEED: _read_card_feed,
    DocumentFormat.CARD_PYNUBANK_LIMIT: _read_limit,
    DocumentFormat.ACCOUNT_PYNUBANK_FEED: _read_account_feed,
    DocumentFormat.ACCOUNT_PYNUBANK_BALANCE: _read_balance,
}
