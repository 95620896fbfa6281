"""The rows of the worksheet `Saldos e limites`: what each states, and the document of all that is stated of an account.

Balances are those at the end of a day, as those of ``sources/stated.py``.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

from nubank_assets.domain.person_sheets import RowProblem
from nubank_assets.domain.vocabulary import AccountType, DocumentFormat, Reading
from nubank_assets.sources.base import LINES_SCHEMA, Observation, ParsedDocument
from nubank_assets.sources.exports.dates import EARLIEST
from nubank_assets.sources.json_documents import read_json, write_json
from nubank_assets.sources.sheets.cells import Cell, read_amounts, read_day, stored_cell
from nubank_assets.sources.sheets.correction_rows import read_account

#: The format of what a worksheet states of a product.
FORMATS: Final = {
    AccountType.CARD: DocumentFormat.CARD_STATED_LIMITS,
    AccountType.ACCOUNT: DocumentFormat.ACCOUNT_STATED_BALANCES,
}
#: The columns of amounts, after the day and the account.
_READINGS: Final = (Reading.ACCOUNT_BALANCE, Reading.CARD_LIMIT, Reading.AVAILABLE_LIMIT)


@dataclass(frozen=True)
class Statement:
    """One amount in BRL that a row states of an account on a São Paulo day."""

    account: str
    account_type: AccountType
    day: date
    reading: Reading
    value: Decimal


#: What a row says, or why it says nothing; an empty row states nothing.
Stated = list[Statement] | RowProblem


def judge_rows(rows: Sequence[Sequence[Any]], products: Mapping[str, AccountType], today: date) -> list[Stated]:
    """What each row states of days until `today`; `products` are the accounts that sources know."""
    cells = [[stored_cell(value) for value in [*row, None, None, None, None, None][:5]] for row in rows]
    amounts = zip(*(read_amounts([row[column] for row in cells]) for column in (2, 3, 4)), strict=True)
    stated = [_judge(row, found, today) for row, found in zip(cells, amounts, strict=True)]
    known = dict(products)
    for one in [one for found in stated if isinstance(found, list) for one in found]:
        known.setdefault(one.account, one.account_type)
    stated = [_of_its_product(found, known) for found in stated]
    wrong = _contradictions(stated)
    return [RowProblem.CONTRADICTED if isinstance(s, list) and wrong & set(map(_what, s)) else s for s in stated]


def _judge(row: Sequence[Cell | None], amounts: Sequence[Decimal | RowProblem | None], today: date) -> Stated:
    if not any(cell is not None for cell in row):
        return []
    problem = _problem(row, amounts, today)
    day = read_day(row[0])
    if problem or not day:
        return problem or RowProblem.BROKEN_DAY
    name = read_account(row[1])
    pairs = zip(_READINGS, amounts, strict=True)
    given = [(reading, value) for reading, value in pairs if isinstance(value, Decimal)]
    return [Statement(name or type_.value, type_, day, r, v) for r, v in given for type_ in [_type_of(r)]]


def _problem(
    row: Sequence[Cell | None], amounts: Sequence[Decimal | RowProblem | None], today: date
) -> RowProblem | None:
    day, balance, limits = read_day(row[0]), row[2], [cell for cell in row[3:] if cell is not None]
    wrong = next((amount for amount in amounts if isinstance(amount, RowProblem)), None)
    checks = (
        (RowProblem.NO_DAY, row[0] is None),
        (RowProblem.BROKEN_DAY, day is None),
        (RowProblem.DAY_OUT_OF_RANGE, day is not None and not EARLIEST <= day <= today),
        (RowProblem.BROKEN_ACCOUNT, row[1] is not None and read_account(row[1]) is None),
        (RowProblem.NO_AMOUNT, balance is None and not limits),
        (wrong or RowProblem.BROKEN_AMOUNT, wrong is not None),
        (RowProblem.MIXED, row[1] is not None and balance is not None and bool(limits)),
    )
    return next((problem for problem, is_so in checks if is_so), None)


def _type_of(reading: Reading) -> AccountType:
    return AccountType.ACCOUNT if reading is Reading.ACCOUNT_BALANCE else AccountType.CARD


def _of_its_product(stated: Stated, known: Mapping[str, AccountType]) -> Stated:
    if isinstance(stated, list) and any(known[one.account] is not one.account_type for one in stated):
        return RowProblem.OTHER_PRODUCT
    return stated


#: What two rows must not say two values of.
_What = tuple[str, date, Reading]


def _what(one: Statement) -> _What:
    return one.account, one.day, one.reading


def _contradictions(stated: Iterable[Stated]) -> set[_What]:
    values: dict[_What, set[Decimal]] = defaultdict(set)
    for one in [one for found in stated if isinstance(found, list) for one in found]:
        values[_what(one)].add(one.value)
    return {what for what, said in values.items() if len(said) > 1}


def write_statements(statements: Iterable[Statement], before: Mapping[tuple[str, ...], str], now: datetime) -> bytes:
    """The document of one account: each reading with the moment it was first seen, which `before` remembers."""
    rows = {(one.day.isoformat(), one.reading.value, str(one.value)) for one in statements}
    moment = now.isoformat(timespec="seconds")
    return write_json({"readings": [[*row, before.get(row, moment)] for row in sorted(rows)]})


def moments_of(data: bytes) -> dict[tuple[str, ...], str]:
    """When each reading of a document was first seen."""
    return {tuple(row[:3]): row[3] for row in read_json(data, "sheets")["readings"]}


def read_statements(data: bytes, format: DocumentFormat, latest: date) -> ParsedDocument:  # noqa: A002, ARG001
    """A document of `write_statements`: no lines, only what was stated; its signature is that of every reader."""
    observations = [
        Observation(Reading(reading), date.fromisoformat(day), Decimal(value), datetime.fromisoformat(moment))
        for day, reading, value, moment in read_json(data, "sheets")["readings"]
    ]
    return ParsedDocument(format, LINES_SCHEMA.empty_table(), observations=tuple(observations))
