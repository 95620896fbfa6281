"""What the page shows without JavaScript beside its month: the limits of the cards, as texts.

The values for the scripts are in ``readings.py``.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final

from nubank_assets.dashboard.columns import EPOCH
from nubank_assets.dashboard.sentences import text
from nubank_assets.dashboard.wording import day_name, money
from nubank_assets.domain.vocabulary import AccountType

#: In the order in which they are shown; what is used is the limit without what is available on the same day.
_SHOWN: Final = ("used", "available", "total", "open_bill")


@dataclass(frozen=True)
class CardLimit:
    """What is known of one card: a label, an amount and its day for each, unknown where nobody stated it."""

    card: str
    amounts: tuple[tuple[str, str, str], ...]
    used_part: str | None


def card_limits(data: Mapping[str, Any], until: date, locale: str) -> tuple[CardLimit, ...]:
    """What was known of every card on a day, from what the scripts are given; a card nobody observed is there too."""
    limits = data["limits"]
    last = (until - EPOCH).days - data["first"]
    cards = {account["name"] for account in data["accounts"] if account["type"] == AccountType.CARD}
    columns = [limits[name] for name in ("account", "day", "available_limit", "limit", "open_bill")]
    rows = sorted((row for row in zip(*columns, strict=True) if row[1] <= last), key=lambda row: int(row[1]))
    return tuple(
        _limit(card, [row[1:] for row in rows if row[0] == card], data["first"], locale)
        for card in sorted(cards | set(limits["account"]))
    )


def _limit(card: str, rows: Sequence[tuple[Any, ...]], first: int, locale: str) -> CardLimit:
    known: dict[str, tuple[int, date]] = {}
    for day, available, total, owed in rows:
        used = None if available is None or total is None else total - available
        values = (used, available, total, -owed if owed else owed)
        when = EPOCH + timedelta(first + day)
        known |= {name: (value, when) for name, value in zip(_SHOWN, values, strict=True) if value is not None}
    amounts = tuple((text(f"limits.{name}", locale), *_said(known.get(name), locale)) for name in _SHOWN)
    part = f"{Decimal(known['used'][0]) / known['total'][0]:.4f}" if "used" in known and known["total"][0] else None
    return CardLimit(card, amounts, part)


def _said(known: tuple[int, date] | None, locale: str) -> tuple[str, str]:
    if known is None:
        return text("unknown", locale), ""
    return money(Decimal(known[0]).scaleb(-2), locale), text("balance.on", locale, day=day_name(known[1], locale))
