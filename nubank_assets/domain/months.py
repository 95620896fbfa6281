"""Months as ``2026-10``: parsing, stepping, ranges, blocks. Days are São Paulo days; no clock is read here."""

import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

SAO_PAULO: Final = ZoneInfo("America/Sao_Paulo")

#: The first month the platform has a partition for: Nubank's first cards are of 2014.
FIRST_MONTH: Final = "2014-01"
#: How many months after the current one have a partition: bills of parcels can be exported a year ahead.
MONTHS_AHEAD: Final = 13

_MONTH: Final = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])")


def day_of(moment: datetime) -> date:
    """The São Paulo day of a moment with a time zone."""
    return moment.astimezone(SAO_PAULO).date()


def month_of(day: date) -> str:
    """The month of a day."""
    return f"{day.year:04d}-{day.month:02d}"


def parse_month(text: str) -> str:
    """`text` if it is a month; raises ValueError when it is not."""
    if not _MONTH.fullmatch(text):
        raise ValueError(f"{text!r} is not a month; write it as 2026-10")
    return text


def first_day(month: str) -> date:
    """The first day of a month."""
    year, number = month.split("-")
    return date(int(year), int(number), 1)


def last_day(month: str) -> date:
    """The last day of a month."""
    return first_day(add_months(month, 1)) - timedelta(days=1)


def add_months(month: str, months: int) -> str:
    """The month `months` after (or, negative, before) a month."""
    year, number = (int(part) for part in month.split("-"))
    index = year * 12 + number - 1 + months
    return f"{index // 12:04d}-{index % 12 + 1:02d}"


def months_between(first: str, last: str) -> list[str]:
    """All months from `first` to `last`, both included; empty if `last` is before `first`."""
    months = []
    while first <= last:
        months.append(first)
        first = add_months(first, 1)
    return months


def contiguous_blocks(months: Iterable[str]) -> Iterator[tuple[str, str]]:
    """The first and last month of each unbroken block of the given months, in order."""
    block: list[str] = []
    for month in sorted(set(months)):
        if block and add_months(block[-1], 1) != month:
            yield block[0], block[-1]
            block = []
        block.append(month)
    if block:
        yield block[0], block[-1]
