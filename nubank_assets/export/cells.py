"""The small functions from values of a table to a cell of a worksheet.

Amounts turn from our sign into what people read: spending and debt are positive. Which column uses which is in
``worksheets.py`` and ``originals.py``; no I/O here and nothing about how a cell is drawn.
"""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Final

from nubank_assets.domain.flows import FLOW_BY_KIND
from nubank_assets.domain.months import first_day
from nubank_assets.domain.vocabulary import Flow

_INCOME_KINDS: Final = frozenset(kind.value for kind, flow in FLOW_BY_KIND.items() if flow is Flow.INCOME)


@cache
def month_start(month: str | None) -> date | None:
    """``2026-10`` as its first day; NULL stays NULL."""
    return first_day(month) if month else None


def as_fraction(percent: Decimal | None) -> Decimal | None:
    """50 percent as 0.5; NULL stays NULL."""
    return None if percent is None else percent.scaleb(-2)


def negated(amount: Decimal | None) -> Decimal | None:
    """Spending or debt as a positive amount; NULL stays NULL."""
    return -amount if amount else amount


def or_one(count: int | None) -> int:
    """What is not in parcels is one parcel of one."""
    return count or 1


def parcel_of(installment: int, installments: int) -> str:
    """Which parcel of how many, ``3/10``."""
    return f"{installment}/{installments}"


def word(prefix: str) -> Callable[[str], str]:
    """Makes the label key of a value of a closed list."""
    return lambda value: f"{prefix}.{value}"


def month_state(is_open: bool) -> str:
    """Whether the figures of the month will still grow."""
    return "month.open" if is_open else "month.closed"


def bill_state(state: str | None) -> str:
    """The state of the month's bill; a month may have none."""
    return f"bill.{state or 'none'}"


def compared_days(is_open: bool) -> str:
    """Which days are compared."""
    return "days.same" if is_open else "days.whole"


def stated_by(by: str | None) -> str:
    """Who states a bill's total."""
    return f"stated_by.{by or 'nobody'}"


def difference_cause(difference: Decimal | None, causes: str | None) -> str:
    """What explains a difference; several things are told apart in `bill_differences`."""
    if not difference:
        return "cause.none"
    return "cause.several" if causes and ", " in causes else f"cause.{causes or 'unexplained'}"


def compared_amount(dimension: str, name: str, amount: Decimal) -> Decimal | None:
    """An amount of a comparison: income as it is, spending positive."""
    return amount if _is_income(dimension, name) else negated(amount)


def compared_change(dimension: str, name: str, percent: Decimal | None) -> Decimal | None:
    """The change as a fraction, growing with spending where the line is spending."""
    fraction = as_fraction(percent)
    return fraction if _is_income(dimension, name) else negated(fraction)


def _is_income(dimension: str, name: str) -> bool:
    return (dimension == "total" and name == "income") or (dimension == "kind" and name in _INCOME_KINDS)


def balance_origin(is_observed: bool) -> str:
    """The key of the word for how a balance is known."""
    return "balance.observed" if is_observed else "balance.derived"
