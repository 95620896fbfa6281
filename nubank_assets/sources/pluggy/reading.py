"""A stored answer of Pluggy to what it says: lines, a bill's state, balances and limits."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Final

import pyarrow as pa

from nubank_assets.domain.vocabulary import BillState, DocumentFormat, Reading
from nubank_assets.sources.base import LINES_SCHEMA, Observation, ParsedDocument
from nubank_assets.sources.json_documents import read_json
from nubank_assets.sources.pluggy.amounts import BRL, as_centavos, as_reais
from nubank_assets.sources.pluggy.bills import ROUNDING
from nubank_assets.sources.pluggy.limits import card_limits
from nubank_assets.sources.pluggy.lines import LineReader
from nubank_assets.sources.pluggy.moments import parse_day
from nubank_assets.sources.pluggy.pending import void_pending
from nubank_assets.sources.pluggy.shapes import PLUGGY, Row, inner, missing, row, rows, text
from nubank_assets.sources.totals import charged

#: The formats that are read here.
FORMATS: Final = (
    DocumentFormat.CARD_PLUGGY_BILL,
    DocumentFormat.ACCOUNT_PLUGGY_FEED,
    DocumentFormat.ACCOUNT_PLUGGY_BALANCE,
    DocumentFormat.CARD_PLUGGY_LIMIT,
)
_READINGS: Final = FORMATS[2:]


def read_answer(data: bytes, format: DocumentFormat, latest: date) -> ParsedDocument:  # noqa: A002
    """A document of one of `FORMATS`; a line after `latest` is a reject.

    Raises SourceAnswerError when the document as a whole is none of ours. The total of a closed bill is its ledger,
    so that a bill of which lines never came, or whose total has more than its lines, is told of.
    """
    document = row(read_json(data, PLUGGY))
    account = inner(document, "account")
    name = text(account, "id")
    if format in _READINGS:
        observed = tuple(_observations(document, account, format))
        return ParsedDocument(format, LINES_SCHEMA.empty_table(), external_account=name, observations=observed)
    lines = _lines(rows(document, "transactions"), account, format, latest)
    parsed = ParsedDocument(format, lines, external_account=name)
    if format is not DocumentFormat.CARD_PLUGGY_BILL:
        return parsed
    parsed = replace(parsed, bill_state=_state(document))
    return replace(parsed, ledger_brl=_ledger(document, parsed))


def _ledger(document: Row, parsed: ParsedDocument) -> Decimal | None:
    """A closed bill's total with our sign, or what its lines come to, where only rounding is between them."""
    bill = inner(document, "bill")
    total = as_centavos(bill.get("totalAmount"))
    in_reais = bill.get("totalAmountCurrencyCode", BRL) == BRL
    if total is None or not in_reais or parsed.bill_state is not BillState.CLOSED:
        return None
    lines = charged(parsed)
    return Decimal(lines if abs(lines + total) <= ROUNDING else -total).scaleb(-2)


def _lines(found: Sequence[Row], account: Row, format_: DocumentFormat, latest: date) -> pa.Table:
    in_reais = account.get("currencyCode", BRL) == BRL
    reader = LineReader(format_.account_type, latest, in_reais)
    lines = [reader.read(one, number) for number, one in enumerate(found, start=1)]
    return pa.Table.from_pylist(void_pending(found, lines, format_.account_type), LINES_SCHEMA)


def _state(document: Row) -> BillState:
    try:
        return BillState(text(document, "state"))
    except ValueError as error:
        raise missing("state") from error


def _observations(document: Row, account: Row, format_: DocumentFormat) -> Iterator[Observation]:
    day = parse_day(document.get("observed_on"))
    if day is None:
        raise missing("observed_on")
    if format_ is DocumentFormat.CARD_PLUGGY_LIMIT:
        yield from (Observation(reading, day, value) for reading, value in card_limits(account))
        return
    balance = as_reais(account.get("balance"))
    if balance is not None and account.get("currencyCode") == BRL:
        yield Observation(Reading.ACCOUNT_BALANCE, day, balance)
