"""What a person typed into a cell, as the platform's own values; a text is data, whatever it looks like.

Google gives numbers as floats, the shortest that print as they were typed: they become decimals before anything else.
"""

import re
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from typing import Any, Final

import pyarrow as pa

from nubank_assets.domain.identity import title_key
from nubank_assets.domain.person_sheets import MOST_CHARACTERS, RowProblem
from nubank_assets.domain.teaching import CATEGORY_WORDS
from nubank_assets.domain.vocabulary import Category, RejectReason
from nubank_assets.sources.exports.amounts import parse_amounts
from nubank_assets.sources.exports.dates import EARLIEST, day_or_none, parse_day

#: A cell as it is stored: a text without space around it, a number, TRUE or FALSE.
Cell = str | int | Decimal | bool

#: Day 0 of spreadsheets.
_EPOCH: Final = date(1899, 12, 30)
_LAST_DAY: Final = date(2100, 12, 31)
_MOST: Final = Decimal(10) ** 13
_MONTH: Final = re.compile(r"(?P<year>[0-9]{4})[-/](?P<month>[0-9]{1,2})|(?P<month2>[0-9]{1,2})[-/](?P<year2>[0-9]{4})")
_NAMED_MONTH: Final = re.compile(r"(?P<name>[a-z]{3,9})\.?(?: de |[ /.-])+(?P<year>[0-9]{4}|[0-9]{2})")
_MONTHS: Final = (
    ("janeiro", "january"),
    ("fevereiro", "february"),
    ("marco", "march"),
    ("abril", "april"),
    ("maio", "may"),
    ("junho", "june"),
    ("julho", "july"),
    ("agosto", "august"),
    ("setembro", "september"),
    ("outubro", "october"),
    ("novembro", "november"),
    ("dezembro", "december"),
)


def stored_cell(value: Any) -> Cell | None:
    """A cell of Google's answer as it is stored; None if nothing is in it. Long texts are cut."""
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, (int, float, Decimal)):
        number = Decimal(repr(value)) if isinstance(value, float) else value
        return int(number) if number == int(number) else number
    # A lone surrogate is no text and could not be stored.
    text = str(value).encode(errors="replace").decode().strip()
    return text[:MOST_CHARACTERS].strip() or None


def text_of(cell: Cell | None) -> str | None:
    """A cell as text, verbatim."""
    return format(cell, "f") if isinstance(cell, Decimal) else None if cell is None else str(cell)


def read_amounts(cells: Sequence[Cell | None]) -> list[Decimal | RowProblem | None]:
    """Each amount in BRL, or why it is none; parts of a centavo round half away from zero.

    A number is what it is; a text is read as people write it: `1.234,56`, `R$ 1.234,56`, `1234.56`.
    """
    texts = pa.array([cell if isinstance(cell, str) else None for cell in cells], pa.string())
    centavos, reasons = parse_amounts(texts, dot_may_be_thousands=True)
    read = zip(cells, centavos.to_pylist(), reasons.to_pylist(), strict=True)
    return [None if cell is None else _amount(cell, number, reason) for cell, number, reason in read]


def _amount(cell: Cell, centavos: int | None, reason: str | None) -> Decimal | RowProblem:
    if centavos is not None:
        return Decimal(centavos).scaleb(-2)
    if isinstance(cell, (int, Decimal)) and not isinstance(cell, bool) and -_MOST < cell < _MOST:
        return Decimal(cell).quantize(Decimal("0.01"), ROUND_HALF_UP)
    is_ambiguous = reason == RejectReason.AMBIGUOUS_AMOUNT.value
    return RowProblem.AMBIGUOUS_AMOUNT if is_ambiguous else RowProblem.BROKEN_AMOUNT


def read_day(cell: Cell | None) -> date | None:
    """A day as Google counts it, or as text: `2026-10-05`, `05/10/2026`; None if it is none."""
    if isinstance(cell, str):
        return parse_day(cell)
    if isinstance(cell, bool) or not isinstance(cell, (int, Decimal)):
        return None
    return _EPOCH + timedelta(days=int(cell)) if 0 < cell <= (_LAST_DAY - _EPOCH).days else None


def read_bill(cell: Cell | None) -> str | None:
    """A month (`2026-10`, `10/2026`, `out/2026`, `outubro de 2026`) or a day, as `2026-10` or `2026-10-05`.

    The first of a month is the month: a spreadsheet makes that day of a month that is typed.
    """
    day = read_day(cell) or (_read_month(cell) if isinstance(cell, str) else None)
    if not day or not EARLIEST <= day <= _LAST_DAY:
        return None
    return day.isoformat() if day.day > 1 else day.isoformat()[:7]


def _read_month(text: str) -> date | None:
    if match := _MONTH.fullmatch(text):
        return day_or_none(int(match["year"] or match["year2"]), int(match["month"] or match["month2"]), 1)
    match = _NAMED_MONTH.fullmatch(title_key(text))
    if not match:
        return None
    year = int(match["year"]) + (2000 if len(match["year"]) == 2 else 0)
    number = next((n for n, names in enumerate(_MONTHS, 1) if any(m.startswith(match["name"]) for m in names)), 0)
    return day_or_none(year, number, 1)


def read_category(cell: Cell | None) -> Category | None:
    """The category of a word in either language, whatever its accents and case."""
    return _categories().get(title_key(cell)) if isinstance(cell, str) else None


@cache
def _categories() -> dict[str, Category]:
    return {title_key(word): category for category, words in CATEGORY_WORDS.items() for word in words}
