"""Moments as OFX writes them, `20260714000000[-3:BRT]`, to São Paulo days and to UTC. Nothing else of OFX."""

import re
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from typing import Final

from nubank_assets.domain.months import SAO_PAULO, day_of
from nubank_assets.sources.exports.dates import day_or_none

_MOMENT: Final = re.compile(
    r"(?P<year>[0-9]{4})(?P<month>[0-9]{2})(?P<day>[0-9]{2})"
    r"(?:(?P<hour>[0-9]{2})(?P<minute>[0-9]{2})(?P<second>[0-9]{2})?(?:\.[0-9]+)?)?"
    r"\s*(?:\[(?P<offset>[-+]?[0-9]{1,2}(?:\.[0-9]{1,2})?)(?::[^\]]*)?\])?"
)
#: Nubank writes days of São Paulo as midnight of -3, whatever the name beside it (GMT until 2022, BRT since);
#: -2 was its summer time. Their days are as written.
_LOCAL_HOURS: Final = frozenset({"-3", "-03", "-2", "-02"})


def ofx_day(text: str) -> date | None:
    """The São Paulo day of a moment: as written when its zone is São Paulo's, else converted; None if broken."""
    match = _MOMENT.fullmatch(text.strip())
    if not match:
        return None
    if match["hour"] is None or match["offset"] is None or match["offset"] in _LOCAL_HOURS:
        return day_or_none(int(match["year"]), int(match["month"]), int(match["day"]))
    moment = ofx_moment(text)
    return day_of(moment) if moment else None


def ofx_moment(text: str) -> datetime | None:
    """A moment in UTC, None if broken; without a zone it is São Paulo's own time."""
    match = _MOMENT.fullmatch(text.strip())
    if not match:
        return None
    parts = (int(match[name] or 0) for name in ("year", "month", "day", "hour", "minute", "second"))
    try:
        return datetime(*parts, tzinfo=_zone(match["offset"])).astimezone(UTC)  # type: ignore[misc, arg-type]
    except (ValueError, OverflowError):
        return None


def _zone(offset: str | None) -> tzinfo:
    """The zone of an offset, which is hours and, after a dot, hundredths of an hour (OFX 1.0.2, 3.2.8.2)."""
    if offset is None:
        return SAO_PAULO
    hours, _, hundredths = offset.partition(".")
    minutes = int(hundredths.ljust(2, "0") or 0) * 60 // 100
    sign = -1 if offset.startswith("-") else 1
    return timezone(sign * timedelta(hours=abs(int(hours)), minutes=minutes))
