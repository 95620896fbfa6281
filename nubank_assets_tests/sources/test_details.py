"""What the card's feed knows of the lines of bills."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pyarrow as pa

from nubank_assets.domain.vocabulary import DocumentFormat
from nubank_assets.sources.base import LINES_SCHEMA, ParsedDocument
from nubank_assets.sources.details import add_details, collect_details

MOMENT = datetime(2026, 6, 5, 12, 30, tzinfo=UTC)
HOTEL = {"raw_identifier": "h", "void_reason": "detail", "foreign_currency": "USD", "foreign_amount": Decimal("9.00")}


def feed(*lines: dict[str, Any]) -> ParsedDocument:
    return _document(DocumentFormat.CARD_PYNUBANK_FEED, lines)


def bill(*lines: dict[str, Any]) -> ParsedDocument:
    return _document(DocumentFormat.CARD_PYNUBANK_BILL, lines)


def _document(format_: DocumentFormat, lines: tuple[dict[str, Any], ...]) -> ParsedDocument:
    rows = [{"line_number": number, "date": date(2026, 6, 5), **line} for number, line in enumerate(lines, 1)]
    return ParsedDocument(format_, pa.Table.from_pylist(rows, LINES_SCHEMA))


def test_every_parcel_of_a_purchase_is_told_the_same_and_its_iof_nothing() -> None:
    lines: list[dict[str, Any]] = [
        {"raw_identifier": "h", "raw_title": "Hotel 1/2", "centavos": -500},
        {"raw_identifier": "h", "raw_title": "Hotel 2/2", "centavos": -500},
        {"raw_identifier": "h", "raw_title": "IOF de compra internacional", "centavos": -35},
        {"raw_identifier": None, "raw_title": "Pagamento recebido", "centavos": 9},
    ]
    found = add_details(bill(*lines), collect_details([feed(HOTEL)])).lines.to_pylist()
    assert [line["foreign_currency"] for line in found] == ["USD", "USD", None, None]
    assert [line["centavos"] for line in found] == [-500, -500, -35, 9]


def test_a_later_feed_is_believed_and_one_that_lacks_the_purchase_takes_nothing_back() -> None:
    later = {**HOTEL, "foreign_amount": Decimal("9.50")}
    other = {"raw_identifier": "x", "void_reason": "detail"}
    details = collect_details([feed(HOTEL), feed(later), feed(other)])
    (line,) = add_details(bill({"raw_identifier": "h", "raw_title": "Hotel"}), details).lines.to_pylist()
    assert line["foreign_amount"] == Decimal("9.50")


def test_what_the_bill_says_itself_stays_and_failed_purchases_tell_nothing() -> None:
    failed = {**HOTEL, "raw_identifier": "f", "void_reason": "failed"}
    details = collect_details([feed({**HOTEL, "occurred_at": MOMENT}), feed(failed)])
    lines: list[dict[str, Any]] = [
        {"raw_identifier": "h", "raw_title": "Hotel", "foreign_currency": "EUR"},
        {"raw_identifier": "f", "raw_title": "Loja"},
    ]
    hotel, shop = add_details(bill(*lines), details).lines.to_pylist()
    assert (hotel["foreign_currency"], hotel["occurred_at"]) == ("EUR", MOMENT)
    assert shop["foreign_currency"] is None
