"""What the page shows of lines that belong together: which are pairs, which lack one, and what of a month is counted.

Places are those of the lines in ``ledger.py``.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

import pyarrow.compute as pc

from nubank_assets.dashboard import columns
from nubank_assets.dashboard.ledger import Ledger
from nubank_assets.dashboard.sentences import text
from nubank_assets.dashboard.wording import money
from nubank_assets.domain import catalog
from nubank_assets.domain.linking import BESIDE, NEUTRAL_PARTS, CountedPart
from nubank_assets.domain.vocabulary import Basis
from nubank_assets.export.labels import label
from nubank_assets.lake.publish import Lake

#: In the order in which they are shown; what is to come is in no period.
SHOWN_PARTS: Final = tuple(part for part in CountedPart if part is not CountedPart.FUTURE)


@dataclass(frozen=True)
class CountedRow:
    """A part of what moved in the month, as texts: its name, why it counts or not, what came in, what left."""

    part: str
    name: str
    why: str
    came: str
    went: str


def read_links(lake: Lake, ledger: Ledger) -> dict[str, Any]:
    """The pairs as two places each, the places of lines that lack one, and the part that each neutral kind is."""
    pairs = columns.read(lake, catalog.TRANSACTION_LINKS, ["first_transaction_id", "second_transaction_id"])
    sides = [ledger.places_of(pairs[name]) for name in pairs.column_names]
    lone = columns.read(lake, catalog.UNLINKED_TRANSACTIONS, ["transaction_id", "expects"])
    lone = lone.filter(~pc.field("expects").isin([reason.value for reason in BESIDE]))
    return {
        "pairs": sorted([first, second] for first, second in zip(*sides, strict=True) if min(first, second) >= 0),
        "unlinked": sorted(set(ledger.places_of(lone["transaction_id"]))),
        "parts": [part.value for part in SHOWN_PARTS],
        "neutral": {kind.value: part.value for part, kinds in NEUTRAL_PARTS.items() for kind in kinds},
    }


def counted_rows(lake: Lake, month: str, locale: str) -> tuple[CountedRow, ...]:
    """All that moved in a month by date, and its parts."""
    chosen = (pc.field("basis") == Basis.DATE.value) & (pc.field("month") == month)
    found: dict[str, list[Decimal]] = {}
    for row in lake.read(catalog.COUNTING_PROOF).filter(chosen).to_pylist():
        if row["part"] != CountedPart.FUTURE:
            came, went = found.get(row["part"], [Decimal(0), Decimal(0)])
            found[row["part"]] = [came + row["in_brl"], went - row["out_brl"]]
    parts = [sums for part, sums in found.items() if part != CountedPart.MOVED]
    found[CountedPart.MOVED.value] = [sum((sums[way] for sums in parts), Decimal(0)) for way in (0, 1)]
    return tuple(
        CountedRow(
            part.value,
            label(f"part.{part.value}", locale),
            text(f"counted.{part.value}", locale),
            *(money(amount, locale) for amount in found[part.value]),
        )
        for part in SHOWN_PARTS
        if part.value in found
    )
