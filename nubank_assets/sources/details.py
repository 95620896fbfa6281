"""What pynubank's card feed knows of the lines of bills: when, with which card, in which currency.

A bill names the purchase of each of its lines, and the feed has the purchase once, in the month it was made: all
parcels of it are told the same. The feed is no money; which lines count is for ``judging.py``.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc

from nubank_assets.domain.identity import title_key
from nubank_assets.domain.vocabulary import DocumentFormat, VoidReason
from nubank_assets.sources.base import DETAIL_FIELDS, ParsedDocument

#: Formats whose lines describe purchases, and the formats of the bills they describe.
DETAIL_FORMATS: Final = {DocumentFormat.CARD_PYNUBANK_FEED: DocumentFormat.CARD_PYNUBANK_BILL}

Details = Mapping[str, Mapping[str, Any]]


def collect_details(feeds: Iterable[ParsedDocument]) -> Details:
    """By the purchase's identifier what the feeds say of it; a later feed's word counts."""
    found: dict[str, dict[str, Any]] = {}
    names = [field.name for field in DETAIL_FIELDS]
    for feed in feeds:
        described = feed.lines.filter(pc.equal(feed.lines["void_reason"], VoidReason.DETAIL.value))
        for line in described.select(["raw_identifier", *names]).to_pylist():
            if line["raw_identifier"]:
                found[line["raw_identifier"]] = {name: line[name] for name in names}
    return found


def add_details(parsed: ParsedDocument, details: Details) -> ParsedDocument:
    """The document with what is known of its lines, where the lines do not say it themselves.

    The IOF of a purchase has the purchase's identifier and is not the purchase.
    """
    lines = parsed.lines
    named = zip(lines["raw_identifier"].to_pylist(), lines["raw_title"].to_pylist(), strict=True)
    known = [{} if title_key(title or "").startswith("iof") else details.get(name or "", {}) for name, title in named]
    for field in DETAIL_FIELDS:
        values = pa.array([found.get(field.name) for found in known], field.type)
        place = lines.schema.get_field_index(field.name)
        lines = lines.set_column(place, field, pc.coalesce(lines[field.name], values))
    return replace(parsed, lines=lines)
