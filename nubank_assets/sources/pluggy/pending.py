"""Lines of Pluggy that are not booked yet, and which of them are money all the same."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, Final

from nubank_assets.domain.identity import title_key
from nubank_assets.domain.vocabulary import AccountType, VoidReason
from nubank_assets.sources.pluggy.shapes import Row

#: A purchase is booked within so many days.
LONGEST_PENDING: Final = timedelta(days=5)
_PENDING: Final = "PENDING"

Line = dict[str, Any]


def void_pending(rows: Sequence[Row], lines: Sequence[Line], account_type: AccountType) -> list[Line]:
    """The lines, where what is pending and no money has its `void_reason`; `rows` are the same lines at Pluggy.

    An account's pending line comes again when it is booked, maybe on another day. A card's counts, because its
    bill is replaced whole, unless the booked line is there already: each voids one pending line. So of two equal
    purchases, one booked and one pending, one counts until both are booked. That is the lesser evil: counting a
    purchase twice while Pluggy lists it in both states would be wrong for as long, and more often.
    """
    pending = [row.get("status") == _PENDING for row in rows]
    if account_type is AccountType.ACCOUNT:
        return [_void(line) if waits else line for line, waits in zip(lines, pending, strict=True)]
    posted = [line for line, waits in zip(lines, pending, strict=True) if not waits and _is_readable(line)]
    return [_void_if_booked(line, posted) if waits else line for line, waits in zip(lines, pending, strict=True)]


def _void_if_booked(line: Line, posted: list[Line]) -> Line:
    twin = next((other for other in posted if _is_readable(line) and _is_booked_as(line, other)), None)
    if twin is None:
        return line
    posted.remove(twin)
    return _void(line)


def _is_booked_as(line: Line, other: Line) -> bool:
    day, booked = _day(line), _day(other)
    near = abs(booked - day) <= LONGEST_PENDING
    return near and line["centavos"] == other["centavos"] and _key(line) == _key(other)


def _void(line: Line) -> Line:
    return line | {"void_reason": VoidReason.PENDING.value} if _is_readable(line) else line


def _is_readable(line: Line) -> bool:
    return line.get("reason") is None


def _day(line: Line) -> date:
    day: date = line["date"]
    return day


def _key(line: Line) -> str:
    return title_key(line.get("statement_title") or line.get("raw_title") or "")
