"""What an execution is asked for: the months, where it computes, whether it asks the sources. No AWS here.

The same words are taken by the function that starts executions and by the state machine itself.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Final, Self

from nubank_assets.domain.failures import InputError
from nubank_assets.domain.identity import content_hash
from nubank_assets.domain.months import (
    FIRST_MONTH,
    MONTHS_AHEAD,
    add_months,
    day_of,
    month_of,
    months_between,
    parse_month,
)
from nubank_assets.messages import message

ENGINES: Final = ("lambda", "emr", "emr-serverless")
#: Months that a schedule can name, as months from the current one.
WORDS: Final = {"previous": -1, "current": 0, "next": 1}
_KNOWN: Final = ("month", "from", "to", "months", "engine", "offline", "name")
#: What the name of an execution may not have, and how long it may be.
_NOT_IN_NAMES: Final = re.compile(r"[^0-9A-Za-z_-]+")
_LONGEST_NAME: Final = 80


@dataclass(frozen=True)
class Asked:
    """What one execution is asked for. Without months it is for those of the schedule, without engine as is set.

    `name` makes the same delivery, when it comes twice, the same execution.
    """

    months: tuple[str, ...] = ()
    engine: str = ""
    offline: bool = False
    name: str = ""

    @classmethod
    def of(cls, given: object, today: date) -> Self:
        """From JSON; raises InputError that names what is wrong in it. Words for months count from `today`."""
        if not isinstance(given, Mapping):
            raise InputError(message("serverless_input_wrong", value=str(given)[:100]))
        if unknown := sorted(given.keys() - set(_KNOWN)):
            raise InputError(message("serverless_input_unknown", names=", ".join(unknown), known=", ".join(_KNOWN)))
        engine, offline = given.get("engine", ""), given.get("offline", False)
        if engine not in ("", *ENGINES):
            raise InputError(message("serverless_word_wrong", name="engine", value=engine, known=", ".join(ENGINES)))
        if not isinstance(offline, bool):
            raise InputError(message("serverless_word_wrong", name="offline", value=offline, known="true, false"))
        return cls(tuple(_months(given, today)), engine, offline, _name(str(given.get("name", ""))))

    def to_input(self) -> dict[str, Any]:
        """As the state machine takes it."""
        given = {"months": list(self.months), "engine": self.engine, "offline": self.offline}
        return {name: value for name, value in given.items() if value}

    def months_or_scheduled(self, today: date) -> list[str]:
        """The months; of an execution that is asked for none, those whose bills closed last, are open and will be."""
        return list(self.months) or [add_months(month_of(today), count) for count in WORDS.values()]


def months_meant(given: object) -> list[str]:
    """The months that an input means today; raises InputError."""
    today = day_of(datetime.now(UTC))
    return Asked.of(given, today).months_or_scheduled(today)


def _months(given: Mapping[str, Any], today: date) -> Sequence[str]:
    if sum(name in given for name in ("month", "months")) + any(name in given for name in ("from", "to")) > 1:
        raise InputError(message("serverless_month_or_range"))
    if "months" in given:
        several = given["months"]
        if not isinstance(several, list) or not several:
            raise InputError(message("month_wrong", month=several))
        return sorted({_month(month, today) for month in several})
    if "month" in given:
        return [_month(given["month"], today)]
    if "from" not in given and "to" not in given:
        return []
    first, last = _month(given.get("from", "current"), today), _month(given.get("to", "current"), today)
    months = months_between(first, last)
    if not months:
        raise InputError(message("range_backwards", first=first, last=last))
    return months


def _month(given: object, today: date) -> str:
    """A month that there is a partition for."""
    if isinstance(given, str) and given in WORDS:
        return add_months(month_of(today), WORDS[given])
    try:
        month = parse_month(str(given))
    except ValueError:
        raise InputError(message("month_wrong", month=given)) from None
    newest = add_months(month_of(today), MONTHS_AHEAD)
    if not FIRST_MONTH <= month <= newest:
        raise InputError(message("month_out_of_range", month=month, first=FIRST_MONTH, last=newest))
    return month


def _name(given: str) -> str:
    """The name as Step Functions takes one; a longer one keeps what makes it another."""
    name = _NOT_IN_NAMES.sub("-", given).strip("-")
    return name if len(name) <= _LONGEST_NAME else f"{name[:60]}-{content_hash(name.encode())[:16]}"
