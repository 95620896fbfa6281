"""Parts of an answer to rows of LINES_SCHEMA: the one place where they become readable, void or a reject."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any, Final

import pyarrow as pa

from nubank_assets.domain.vocabulary import RejectReason
from nubank_assets.sources.base import LINES_SCHEMA
from nubank_assets.sources.exports.dates import EARLIEST
from nubank_assets.sources.json_documents import write_json
from nubank_assets.sources.pynubank.shapes import Row

_CENT: Final = Decimal("0.01")
#: More centavos than any account has; they must fit the schema's integers.
_MOST: Final = 10**17

#: What a part of a line is, or why it cannot be read.
Day = date | RejectReason
Centavos = int | RejectReason | None

#: Words of a `status` that say that no money moved.
FAILED_STATUS: Final = frozenset({"failed", "cancelled", "canceled", "declined", "denied", "refused"})


def lines_table(lines: Iterable[Mapping[str, Any]]) -> pa.Table:
    """Rows in order as a table, numbered from 1."""
    numbered = [{**line, "line_number": number} for number, line in enumerate(lines, 1)]
    return pa.Table.from_pylist(numbered, schema=LINES_SCHEMA)


def read_line(item: Row, columns: Mapping[str, Any], day: Day, centavos: Centavos) -> dict[str, Any]:
    """A row: with its day and centavos, or the reason why it has none and the item's JSON."""
    for part in (day, centavos):
        if isinstance(part, RejectReason):
            raw = {name: value for name, value in columns.items() if name.startswith("raw_")}
            known = None if isinstance(centavos, RejectReason) else centavos
            told = {"reason": part.value, "raw_text": write_json(item).decode(), "rejected_centavos": known}
            return {**raw, **told}
    return {**columns, "date": day, "centavos": centavos}


def check_day(day: date | None, latest: date) -> Day:
    """The day if it can be that of a line."""
    if day is None:
        return RejectReason.BROKEN_DATE
    return day if EARLIEST <= day <= latest else RejectReason.DATE_OUT_OF_RANGE


def read_centavos(value: object) -> int | RejectReason:
    """Integer centavos as the API writes them; parts of a centavo round half away from zero."""
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        return RejectReason.BROKEN_AMOUNT
    if not -_MOST < value < _MOST:
        return RejectReason.BROKEN_AMOUNT
    return int(Decimal(value).quantize(Decimal(1), ROUND_HALF_UP))


def negated(centavos: int | RejectReason) -> int | RejectReason:
    """With our sign what the card's API writes: there a purchase is positive."""
    return centavos if isinstance(centavos, RejectReason) else -centavos


def reais(value: object) -> Decimal | None:
    """An amount in reais or another currency with two decimals, rounded half away from zero; None if it is none."""
    if isinstance(value, bool) or not isinstance(value, int | Decimal | str):
        return None
    try:
        amount = Decimal(value)
        return amount.quantize(_CENT, ROUND_HALF_UP) + 0 if abs(amount) < _MOST / 100 else None
    except (InvalidOperation, TypeError):
        return None


def reais_of_centavos(value: object) -> Decimal | None:
    """Centavos in reais; None if it is no number."""
    centavos = read_centavos(value)
    return None if isinstance(centavos, RejectReason) else Decimal(centavos).scaleb(-2).quantize(_CENT)


def raw(value: object) -> str | None:
    """A part of an item as it is written: text and numbers; None for anything else."""
    return str(value) if isinstance(value, str | int | Decimal) and not isinstance(value, bool) else None
