"""Days as text to dates, a column at a time, and which days can be true. Months of bills do not belong here."""

import re
from collections.abc import Callable
from datetime import date
from functools import lru_cache
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from nubank_assets.domain.vocabulary import RejectReason

#: No line of Nubank is older: the company is of May 2013.
EARLIEST: Final = date(2013, 1, 1)

ParseDay = Callable[[str], date | None]

_DAY: Final = re.compile(
    r"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})"
    r"|(?P<day2>[0-9]{2})/(?P<month2>[0-9]{2})/(?P<year2>[0-9]{4})"
)


@lru_cache(maxsize=8192)
def parse_day(text: str) -> date | None:
    """The day `2026-05-01` or `01/05/2026` (day first, as Excel writes it in Brazil); None if it is no day."""
    match = _DAY.fullmatch(text.strip())
    if not match:
        return None
    year, month, day = (match[part] or match[f"{part}2"] for part in ("year", "month", "day"))
    return day_or_none(int(year), int(month), int(day))


def day_or_none(year: int, month: int, day: int) -> date | None:
    """The date, or None where the calendar has no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def parse_dates(
    column: pa.StringArray | pa.ChunkedArray, latest: date, parse: ParseDay = parse_day
) -> tuple[pa.Date32Array, pa.StringArray]:
    """The day of each text, and a `RejectReason` where there is none (the other is NULL).

    Each distinct text is parsed once, by the calendar: strptime in Arrow would make 2026-03-02 of 2026-02-30
    on some systems. A day before `EARLIEST` or after `latest` is out of range.
    """
    array = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    encoded = pc.dictionary_encode(array)
    days = [parse(text) for text in encoded.dictionary.to_pylist()]
    reasons = [_reason(day, latest) for day in days]
    kept = [None if reason else day for day, reason in zip(days, reasons, strict=True)]
    dates = pa.array(kept, pa.date32()).take(encoded.indices)
    why = pa.array(reasons, pa.string()).take(encoded.indices)
    return dates, pc.if_else(pc.is_null(array), RejectReason.BROKEN_DATE.value, why)


def _reason(day: date | None, latest: date) -> str | None:
    if day is None:
        return RejectReason.BROKEN_DATE.value
    return None if EARLIEST <= day <= latest else RejectReason.DATE_OUT_OF_RANGE.value
