"""The worksheets that a person fills in the spreadsheet, and what each row is told.

Their rows are read by ``sources/sheets``; here is what stands on them and the answers, in ``person_answers.py``.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from nubank_assets.domain.person_sheets import CORRECTION_COLUMNS, CORRECTIONS_TITLE, STATED_COLUMNS, STATED_TITLE
from nubank_assets.domain.teaching import AppliesTo
from nubank_assets.domain.vocabulary import Category
from nubank_assets.export.person_answers import (
    answer_corrections,
    answer_statements,
    known_corrections,
    known_statements,
)
from nubank_assets.export.sheet import CellType, Row, SheetColumn
from nubank_assets.lake.publish import Lake


@dataclass(frozen=True)
class PersonSheet:
    """One worksheet whose first columns are the person's, and are never written on after the header was made.

    `title` is a key of ``labels.py``. `status` are the platform's columns, right of theirs. `choices` are label keys
    that a column offers, by its label. `answer` says what became of each row as it stands now, '' to an empty one: its
    rows are Google's unformatted values from the row below the header on, whose number is given last. `known` are the
    rows that were read of it before, for a worksheet that has to be made although there are some: a person deleted it,
    perhaps by accident.
    """

    title: str
    columns: tuple[SheetColumn, ...]
    status: tuple[SheetColumn, ...]
    choices: Mapping[str, tuple[str, ...]]
    answer: Callable[[Lake, Sequence[Sequence[Any]], str, int], list[Row]]
    known: Callable[[Lake], list[Row]]


_TYPES: Final = {
    "column.amount": (CellType.MONEY, 14),
    "column.available_limit": (CellType.MONEY, 16),
    "column.balance": (CellType.MONEY, 14),
    "column.corrected_id": (CellType.TEXT, 34),
    "column.corrected_title": (CellType.TEXT, 50),
    "column.limit": (CellType.MONEY, 14),
    "column.note": (CellType.TEXT, 30),
    "column.stated_day": (CellType.DATE, 12),
}
_STATUS: Final = (SheetColumn("column.answer", CellType.TEXT, 80, ()),)


def _columns(labels: Sequence[str]) -> tuple[SheetColumn, ...]:
    return tuple(SheetColumn(name, *_TYPES.get(name, (CellType.TEXT, 16)), ()) for name in labels)


CORRECTIONS: Final = PersonSheet(
    CORRECTIONS_TITLE,
    _columns(CORRECTION_COLUMNS),
    _STATUS,
    {
        "column.new_category": tuple(f"category.{category.value}" for category in Category),
        "column.applies_to": tuple(f"applies.{what.value}" for what in AppliesTo),
    },
    answer_corrections,
    known_corrections,
)

STATED: Final = PersonSheet(STATED_TITLE, _columns(STATED_COLUMNS), _STATUS, {}, answer_statements, known_statements)

PERSON_SHEETS: Final = (CORRECTIONS, STATED)
