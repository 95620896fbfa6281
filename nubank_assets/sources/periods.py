"""Which days a document of an account covers: as it says, else from its first line to its last.

Which document counts for a day is decided in ``day_judging.py``.
"""

from dataclasses import dataclass
from datetime import date

import pyarrow.compute as pc

from nubank_assets.domain.months import first_day, last_day
from nubank_assets.domain.proof_words import PeriodBy
from nubank_assets.domain.vocabulary import AccountType, Family
from nubank_assets.lake.inbox import Receipt
from nubank_assets.sources.base import ParsedDocument
from nubank_assets.sources.exports.names import period_in_name


@dataclass(frozen=True)
class Period:
    """First and last day, both included, and how they are known."""

    first: date
    last: date
    by: PeriodBy


def period_of(receipt: Receipt, parsed: ParsedDocument) -> Period | None:
    """The days that a statement of an account covers, up to the day it was made; None for all that is none."""
    is_statement = receipt.format.account_type is AccountType.ACCOUNT and not receipt.format.is_reading
    if not is_statement or receipt.format.is_worksheet:
        return None
    days = pc.min_max(parsed.lines["date"]).as_py()
    first, last = days["min"], days["max"]
    if stated := _stated(receipt, parsed):
        first = min(stated[0], first or stated[0])
        last = max(min(stated[1], receipt.as_of_day), last or first)
        return Period(first, last, PeriodBy.DOCUMENT)
    return Period(first, last, PeriodBy.LINES) if first else None


def _stated(receipt: Receipt, parsed: ParsedDocument) -> tuple[date, date] | None:
    """What an export says in itself or in its name; of an API the month it was asked for."""
    if receipt.format.family is not Family.EXPORTS:
        return (first_day(receipt.months[0]), last_day(receipt.months[0])) if len(receipt.months) == 1 else None
    if parsed.cycle_start and parsed.cycle_end and parsed.cycle_start <= parsed.cycle_end:
        return parsed.cycle_start, parsed.cycle_end
    return period_in_name(receipt.name)
