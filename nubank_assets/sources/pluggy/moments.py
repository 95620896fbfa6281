"""Pluggy's times as moments and São Paulo days."""

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from nubank_assets.domain.months import SAO_PAULO, day_of, month_of, parse_month
from nubank_assets.sources.exports.dates import EARLIEST

#: No parcel is further ahead.
FURTHEST: Final = timedelta(days=3 * 366)

_SHAPE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9:.]+(Z|[-+][0-9:]+)?)?")


def parse_moment(text: object) -> datetime | None:
    """The moment (UTC) that a text of Pluggy is; a time without a zone is UTC. None if it is none."""
    if not isinstance(text, str) or not _SHAPE.fullmatch(text):
        return None
    try:
        moment = datetime.fromisoformat(text)
        return moment.replace(tzinfo=moment.tzinfo or UTC).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def parse_day(text: object) -> date | None:
    """The São Paulo day a text of Pluggy is for; None if it is none.

    Midnight UTC is a day, not a moment: banks that know only the day are sent as ``T00:00:00.000Z`` (Nubank's
    cards and bills among them), and taken as a moment each would be the day before. Whatever has a time is
    a moment: ``T03:00:00.000Z`` is a day's beginning in São Paulo, ``T02:00:00Z`` still the day before.
    """
    moment = parse_moment(text)
    if moment is None:
        return None
    try:
        return moment.date() if moment.time() == time() else day_of(moment)
    except OverflowError:
        return None


def occurrence(text: object) -> datetime | None:
    """The moment (UTC) something happened; of something that has only a day, that day's beginning."""
    moment, day = parse_moment(text), parse_day(text)
    if moment is None or day is None or day < EARLIEST:
        return None
    return datetime.combine(day, time(), SAO_PAULO).astimezone(UTC) if moment.time() == time() else moment


def has_time(text: object) -> bool:
    """Whether a text tells a time of the day; whole hours are how Pluggy writes days."""
    moment = parse_moment(text)
    return moment is not None and (moment.minute, moment.second, moment.microsecond) != (0, 0, 0)


def known_moment(text: object) -> datetime | None:
    """The moment (UTC) that a text is, None for Pluggy's year 1 and whatever else is before Nubank."""
    moment = parse_moment(text)
    return moment if moment and moment.date() > EARLIEST else None


def known_day(text: object, today: date) -> date | None:
    """The São Paulo day a text is for, None for one that no line or bill of Nubank can have."""
    day = parse_day(text)
    return day if day and EARLIEST <= day <= today + FURTHEST else None


def known_month(text: object, today: date) -> str | None:
    """The month ``2026-10``, None for Pluggy's ``0001-01`` and whatever else no bill of Nubank can have."""
    try:
        month = parse_month(text) if isinstance(text, str) else None
    except ValueError:
        return None
    return month if month and month_of(EARLIEST) <= month <= month_of(today + FURTHEST) else None
