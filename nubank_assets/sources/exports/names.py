"""What the name of an exported file tells: its bill or its period. A name never says what a file is."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from nubank_assets.domain.months import month_of
from nubank_assets.sources.exports.dates import day_or_none

#: `Nubank_2026-01-10.csv` (due date) and `nubank-2021-03.csv` (month), and what browsers add to copies.
_BILL: Final = re.compile(
    r"(?<![a-z0-9])nubank[-_ ](?P<year>20[0-9]{2})-(?P<month>[0-9]{2})(?:-(?P<day>[0-9]+))?(?![0-9])", re.IGNORECASE
)
#: `NU_123456_01MAI2025_31MAI2025.csv`.
_PERIOD: Final = re.compile(
    r"(?<![a-z0-9])nu_[0-9]+_(?P<first>[0-9]{2}[a-z]{3}20[0-9]{2})_(?P<last>[0-9]{2}[a-z]{3}20[0-9]{2})(?![0-9])",
    re.IGNORECASE,
)
_MONTHS: Final = ("JAN", "FEV", "MAR", "ABR", "MAI", "JUN", "JUL", "AGO", "SET", "OUT", "NOV", "DEZ")


@dataclass(frozen=True)
class BillName:
    """The bill a name tells: the month it is due, and the day where the name has one."""

    month: str
    due: date | None


def bill_in_name(name: str) -> BillName | None:
    """The bill in the name of a card export, or None when there is none or no such day."""
    match = _BILL.search(name)
    if not match:
        return None
    year, month, day = int(match["year"]), int(match["month"]), match["day"]
    # One digit after a month is the number of a copy, not a day.
    has_day = day is not None and len(day) != 1
    bill = day_or_none(year, month, int(day) if has_day else 1)
    return BillName(month_of(bill), bill if has_day else None) if bill else None


def period_in_name(name: str) -> tuple[date, date] | None:
    """First and last day in the name of an account export, or None when there is none or they make no period."""
    match = _PERIOD.search(name)
    if not match:
        return None
    first, last = _day(match["first"]), _day(match["last"])
    return (first, last) if first and last and first <= last else None


def _day(text: str) -> date | None:
    month = text[2:5].upper()
    return day_or_none(int(text[5:]), _MONTHS.index(month) + 1, int(text[:2])) if month in _MONTHS else None
