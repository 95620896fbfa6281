"""Lines of the card: the items of a bill, which are money, and the events of the feed, which describe it."""

import re
from collections.abc import Iterator
from datetime import UTC, date
from typing import Any, Final

from nubank_assets.domain.vocabulary import RejectReason, VoidReason
from nubank_assets.sources.exports.dates import parse_day
from nubank_assets.sources.pynubank.lines import (
    FAILED_STATUS,
    Centavos,
    check_day,
    negated,
    raw,
    read_centavos,
    read_line,
    reais,
    reais_of_centavos,
)
from nubank_assets.sources.pynubank.shapes import Row, row_or_none, text_or_empty
from nubank_assets.sources.pynubank.times import day_of_time, parse_time

_TRANSACTION_LINK: Final = re.compile(r"nuapp://transaction/([^/?#]+)")
_HAS_PARCEL: Final = re.compile(r"[0-9]{1,2}/[0-9]{1,2}$")
_CURRENCY: Final = re.compile(r"[A-Z]{3}")


def bill_lines(items: list[Row], latest: date) -> Iterator[dict[str, Any]]:
    """A row for each item of a bill. There a purchase is positive, and its date is `post_date`."""
    for item in items:
        columns = {
            "raw_date": raw(item.get("post_date")),
            "raw_title": raw(item.get("title")),
            "raw_amount": raw(item.get("amount")),
            "raw_category": raw(item.get("category")),
            "raw_identifier": _identifier(item),
            "statement_title": _parcel_title(item),
            "void_reason": VoidReason.FAILED.value if _has_failed(item) else None,
        }
        day = check_day(parse_day(text_or_empty(item.get("post_date"))), latest)
        yield read_line(item, columns, day, negated(read_centavos(item.get("amount"))))


def event_lines(events: list[Row], latest: date) -> Iterator[dict[str, Any]]:
    """A row for each event of the feed, all of them void: the bill has the money."""
    for event in events:
        is_transaction = event.get("category") == "transaction"
        columns = {
            "raw_date": raw(event.get("time")),
            "raw_title": raw(event.get("description")) if is_transaction else raw(event.get("title")),
            "raw_amount": raw(event.get("amount")),
            "raw_category": raw(event.get("title")) if is_transaction else None,
            "raw_identifier": raw(event.get("id")),
            "void_reason": _void_reason(event).value,
            **_details(event),
        }
        yield read_line(event, columns, check_day(day_of_time(event.get("time")), latest), _event_centavos(event))


def _identifier(item: Row) -> str | None:
    """The transaction an item tells of: its own `id` can be another in each bill."""
    link = _TRANSACTION_LINK.fullmatch(text_or_empty(item.get("href")))
    return link[1] if link else raw(item.get("id"))


def _parcel_title(item: Row) -> str | None:
    """`Loja - Parcela 2/10`; the API counts parcels from 0 and leaves the number out of the title."""
    title, count, index = item.get("title"), item.get("charges"), item.get("index")
    if not isinstance(title, str) or not isinstance(count, int) or not isinstance(index, int):
        return None
    if count < 2 or not 0 <= index < count or _HAS_PARCEL.search(title.strip()):
        return None
    return f"{title.strip()} - Parcela {index + 1}/{count}"


def _has_failed(item: Row) -> bool:
    statuses = (item.get("status"), (row_or_none(item, "details") or {}).get("status"))
    has_status = any(text_or_empty(status).lower() in FAILED_STATUS for status in statuses)
    return has_status or item.get("strikethrough") is True


def _void_reason(event: Row) -> VoidReason:
    if event.get("category") != "transaction":
        return VoidReason.INFORMATION
    return VoidReason.FAILED if _has_failed(event) else VoidReason.DETAIL


def _event_centavos(event: Row) -> Centavos:
    """A purchase's total is negative and a payment positive; what other notices name is not theirs."""
    category = event.get("category")
    if category == "transaction":
        return negated(read_centavos(event.get("amount")))
    if category == "payment" and "amount" in event:
        return read_centavos(event["amount"])
    return None


def _details(event: Row) -> dict[str, Any]:
    moment, details = parse_time(event.get("time")), row_or_none(event, "details") or {}
    found = {
        "occurred_at": moment.astimezone(UTC) if moment else None,
        "card_last_four": raw(event.get("card_last_four_digits", details.get("card_last_four_digits"))),
        "merchant_code": raw(event.get("mcc", details.get("mcc"))),
    }
    return found | _foreign(event, row_or_none(details, "fx") or {})


def _foreign(event: Row, fx: Row) -> dict[str, Any]:
    """What was paid abroad, and the IOF that the amount includes; NULL where there is none."""
    amount, without = read_centavos(event.get("amount")), read_centavos(event.get("amount_without_iof"))
    iof = 0 if isinstance(amount, RejectReason) or isinstance(without, RejectReason) else amount - without
    currency = text_or_empty(fx.get("currency_origin"))
    paid = reais(fx.get("precise_amount_origin")) if _CURRENCY.fullmatch(currency) else None
    return {
        "foreign_currency": currency if paid is not None else None,
        "foreign_amount": paid,
        "included_iof_brl": reais_of_centavos(iof) if iof else None,
    }
