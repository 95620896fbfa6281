"""What of an account is asked for in a round, and which of it is answered although it is stored already."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from nubank_assets.domain.months import add_months, day_of, first_day, month_of, months_between
from nubank_assets.domain.vocabulary import AccountType, DocumentFormat
from nubank_assets.lake.inbox import Receipt

#: What was stored longer before the last whole round than so many months is not asked for again.
MONTHS_ASKED_AGAIN: Final = 3
#: A bill opens and closes at most so many months before the month it is due in.
_MONTHS_OF_A_BILL: Final = 2
_LINES: Final = (DocumentFormat.CARD_PLUGGY_BILL, DocumentFormat.ACCOUNT_PLUGGY_FEED)
#: What is stored last of an account: a receipt of these says that its round was whole.
_READINGS: Final = (DocumentFormat.CARD_PLUGGY_LIMIT, DocumentFormat.ACCOUNT_PLUGGY_BALANCE)


@dataclass(frozen=True)
class Window:
    """One account's bills or months: `stored` are those that are stored, `first` is the first day asked for.

    Everything since `again` is answered; of what is older, only what is not stored. None is as far back as there is.
    """

    stored: frozenset[str] = frozenset()
    again: date | None = None
    first: date | None = None

    def wants(self, month: str, begins: date) -> bool:
        """Whether the bill or month that begins on a day is answered."""
        if self.again is None or begins >= self.again:
            return True
        return month not in self.stored and (self.first is None or begins >= self.first)


def window_of(name: str, known: Iterable[Receipt], now: datetime) -> Window:
    """What is asked of the account of this name.

    Only the moment of its last whole round, however long ago that was, says how far back nothing can be missing:
    a round that was killed left some of its lines and no reading. A bill or month that was lost since is asked for.
    """
    own = [receipt for receipt in known if receipt.account == name]
    lines = [receipt for receipt in own if receipt.format in _LINES]
    stored = frozenset(month for receipt in lines for month in _months_of(receipt))
    whole = [receipt.as_of for receipt in own if receipt.format in _READINGS]
    if not whole:
        return Window(stored)
    month = add_months(month_of(day_of(min(now, max(whole)))), -MONTHS_ASKED_AGAIN)
    if not any(older < month for older in stored):
        return Window(stored)
    is_card = lines[0].format.account_type is AccountType.CARD
    return Window(stored, first_day(month), _first_asked(stored, month, _MONTHS_OF_A_BILL if is_card else 0))


def _first_asked(stored: frozenset[str], again: str, months_before: int) -> date:
    """The first day of the first bill or month that is missing among those that are stored, or of `again`."""
    expected = months_between(min(stored), add_months(again, months_before))
    lost = next((month for month in expected if month not in stored), None)
    first = first_day(again)
    return min(first, first_day(add_months(lost, -months_before))) if lost else first


def _months_of(receipt: Receipt) -> Sequence[str]:
    return [receipt.bill] if receipt.bill else receipt.months
