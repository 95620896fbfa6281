"""How far back the rows that Pluggy answered tell: what began before is not whole, or not told of at all."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from nubank_assets.sources.pluggy.moments import known_day
from nubank_assets.sources.pluggy.shapes import Row, inner

#: A bank that answered further back than this from its history's beginning keeps more than a year.
_SLACK_DAYS: Final = 31


@dataclass(frozen=True)
class Reach:
    """`earliest` is the day of the earliest row, `cut` the day where the bank's history begins, if that is before it.

    A bill or month that begins before `cut` is not whole, one without rows that begins before `earliest` not told of.
    """

    earliest: date | None = None
    cut: date | None = None

    def cuts(self, begins: date) -> bool:
        """Whether what begins on a day began before the answer, in the middle of which that does."""
        return self.cut is not None and begins < self.cut

    def is_past(self, begins: date) -> bool:
        """Whether the rows reach further back than what begins on a day."""
        return self.earliest is not None and begins > self.earliest


def reach_of(rows: Sequence[Row], starts: Iterable[date], today: date) -> Reach:
    """How far back rows tell, where the bank's history may begin on any of these days.

    If the account has lines in the first month of a history it was there before; if it has older ones the bank keeps
    more. A later parcel may have the date of its purchase, which was before.
    """
    days = [day for row in rows if not _is_later_parcel(row) and (day := known_day(row.get("date"), today))]
    if not days:
        return Reach()
    earliest = min(days)
    near = [start for start in starts if abs((earliest - start).days) <= _SLACK_DAYS]
    return Reach(earliest, max(near, default=None))


def _is_later_parcel(row: Row) -> bool:
    number = inner(row, "creditCardMetadata").get("installmentNumber")
    return isinstance(number, int) and number > 1
