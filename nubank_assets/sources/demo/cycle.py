"""When a bill opens, closes and is due, and where that puts a day. Nothing here knows what was bought."""

from datetime import date, timedelta
from typing import Final

from nubank_assets.domain.months import add_months, first_day, last_day, month_of
from nubank_assets.domain.vocabulary import BillState

#: The household's bills are due on this day of the month.
DUE_DAY: Final = 10
#: A bill's last day lies this many days before it is due.
DAYS_FROM_CLOSE_TO_DUE: Final = 7


def due_date(bill: str) -> date:
    """The day the bill of a month is due."""
    return first_day(bill).replace(day=DUE_DAY)


def closing_day(bill: str) -> date:
    """The last day whose purchases are on the bill."""
    return due_date(bill) - timedelta(days=DAYS_FROM_CLOSE_TO_DUE)


def opening_day(bill: str) -> date:
    """The first day whose purchases are on the bill."""
    return closing_day(add_months(bill, -1)) + timedelta(days=1)


def bill_of(day: date) -> str:
    """The bill that a purchase of a day goes to."""
    month = month_of(day)
    return month if day <= closing_day(month) else add_months(month, 1)


def state_of(bill: str, as_of: date) -> BillState:
    """How final the bill is on a day; on its last day it is still open."""
    if as_of > closing_day(bill):
        return BillState.CLOSED
    return BillState.OPEN if as_of >= opening_day(bill) else BillState.FUTURE


def months_later(day: date, months: int) -> date:
    """The same day of a later month, or that month's last day."""
    month = add_months(month_of(day), months)
    return min(first_day(month) + timedelta(days=day.day - 1), last_day(month))
