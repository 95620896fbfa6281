"""A stored answer of Pluggy to what it says: lines, a bill's state, balances and limits."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

import pyarrow as pa

from nubank_assets.domain.vocabulary import BillState, DocumentFormat, Reading
from nubank_assets.sources.base import LINES_SCHEMA, Observation, ParsedDocument
from nubank_assets.sources.json_documents import read_json
from nubank_assets.sources.pluggy.amounts import BRL, as_reais
from nubank_assets.sources.pluggy.limits import card_limits
from nubank_assets.sources.pluggy.lines import LineReader
from nubank_assets.sources.pluggy.moments import parse_day
from nubank_assets.sources.pluggy.pending import void_pending
from nubank_assets.sources.pluggy.shapes import PLUGGY, Row, inner, missing, row, rows, text

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

    Raises SourceAnswerError when the document as a whole is none of ours. A bill's total is not its ledger: it may
    include what was carried over from the bill before.
    """
    document = row(read_json(data, PLUGGY), "account")
    account = inner(document, "account")
    name = text(account, "id")
    if format in _READINGS:
        observed = tuple(_observations(document, account, format))
        return ParsedDocument(format, LINES_SCHEMA.empty_table(), external_account=name, observations=observed)
    lines = _lines(rows(document, "transactions"), account, format, latest)
    state = _state(document) if format is DocumentFormat.CARD_PLUGGY_BILL else None
    return ParsedDocument(format, lines, external_account=name, bill_state=state)


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
