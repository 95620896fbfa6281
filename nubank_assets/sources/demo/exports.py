"""Which files a person exports from the app, when, and what they are called.

The person exported a week before the last closed bill closed, every month afterwards, and today. What the
files say comes from ``household.py``, how they say it from the writers.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from nubank_assets.domain.months import SAO_PAULO, add_months, first_day, last_day, month_of, months_between
from nubank_assets.domain.vocabulary import BillState
from nubank_assets.sources.demo.cast import ACCOUNT_NUMBER
from nubank_assets.sources.demo.csv_writer import account_csv, card_csv
from nubank_assets.sources.demo.cycle import bill_of, closing_day, due_date, state_of
from nubank_assets.sources.demo.documents import AccountDocument, CardDocument
from nubank_assets.sources.demo.eras import Era, era_of
from nubank_assets.sources.demo.household import Books
from nubank_assets.sources.demo.ofx_writer import account_ofx, card_ofx

_FUTURE_BILLS: Final = 3
_DAYS_BEFORE_CLOSE: Final = 3
#: Bills and account months of which there is an OFX too, by month of the year.
_OFX_MONTHS: Final = ("01", "04", "07", "10")
_NAMES_OF_MONTHS: Final = ("JAN", "FEV", "MAR", "ABR", "MAI", "JUN", "JUL", "AGO", "SET", "OUT", "NOV", "DEZ")


@dataclass(frozen=True)
class ExportFile:
    """A file as the app gives it, and when it did."""

    name: str
    content: bytes
    exported_at: datetime


def current_bills(books: Books, first_month: str, today: date) -> list[CardDocument]:
    """The document that finally counts of each bill: closed ones, the open one, up to three future ones."""
    open_bill = bill_of(today)
    months = months_between(first_month, add_months(open_bill, _FUTURE_BILLS))
    documents = [_bill(books, bill, _exported_on(bill, today)) for bill in months]
    return [document for document in documents if document.lines or document.bill <= open_bill]


def account_months(books: Books, first_month: str, today: date) -> list[AccountDocument]:
    """A document of each month of the account, the last one up to today."""
    return [_month(books, month, today) for month in months_between(first_month, month_of(today))]


def files(books: Books, bills: Iterable[CardDocument], months: Iterable[AccountDocument]) -> list[ExportFile]:
    """All files, in the order they were exported; a name that is taken gets `` (1)`` as downloads do."""
    bills = list(bills)
    written = [*_card_files([*_superseded(books, bills), *bills]), *_account_files(months)]
    taken: dict[str, int] = {}
    return [_free_name(file, taken) for file in sorted(written, key=lambda file: file.exported_at)]


def _bill(books: Books, bill: str, exported_at: datetime) -> CardDocument:
    return CardDocument(bill, exported_at, books.bill(bill, exported_at.date()))


def _superseded(books: Books, bills: list[CardDocument]) -> Iterator[CardDocument]:
    """The last closed bill and the next one, exported while the first was open and the next in the future."""
    closed = [document.bill for document in bills if _state(document) is BillState.CLOSED]
    if not closed:
        return
    visit = _at(closing_day(closed[-1]) - timedelta(days=_DAYS_BEFORE_CLOSE), time(19, 30))
    earlier = [_bill(books, bill, visit) for bill in (closed[-1], add_months(closed[-1], 1))]
    yield from (document for document in earlier if document.lines)


def _card_files(documents: Iterable[CardDocument]) -> Iterator[ExportFile]:
    for document in documents:
        yield ExportFile(f"{_bill_name(document.bill)}.csv", card_csv(document), document.exported_at)
        if _state(document) is BillState.CLOSED and document.bill[5:] in _OFX_MONTHS:
            yield ExportFile(f"{_bill_name(document.bill)}.ofx", card_ofx(document), document.exported_at)


def _account_files(documents: Iterable[AccountDocument]) -> Iterator[ExportFile]:
    documents = list(documents)
    for document in documents:
        name = f"NU_{ACCOUNT_NUMBER}_{_named_day(document.first)}_{_named_day(document.last)}"
        yield ExportFile(f"{name}.csv", account_csv(document), document.exported_at)
        if document is documents[-1] or month_of(document.first)[5:] in _OFX_MONTHS:
            yield ExportFile(f"{name}.ofx", account_ofx(document), document.exported_at)


def _month(books: Books, month: str, today: date) -> AccountDocument:
    last = min(last_day(month), today)
    after = _at(last_day(month) + timedelta(days=1), time(9))
    lines, balance = books.account_month(month, last), books.balance(month, last)
    return AccountDocument(first_day(month), last, min(after, _noon(today)), lines, balance)


def _exported_on(bill: str, today: date) -> datetime:
    """On the fifth of the month after it was due: whoever knows of a bill only its month takes it as closed then."""
    return min(_at(first_day(add_months(bill, 1)).replace(day=5), time(10)), _noon(today))


def _state(document: CardDocument) -> BillState:
    return state_of(document.bill, document.exported_at.date())


def _bill_name(bill: str) -> str:
    return f"nubank-{bill}" if era_of(bill) is Era.A else f"Nubank_{due_date(bill)}"


def _named_day(day: date) -> str:
    return f"{day:%d}{_NAMES_OF_MONTHS[day.month - 1]}{day.year}"


def _free_name(file: ExportFile, taken: dict[str, int]) -> ExportFile:
    times = taken.get(file.name, 0)
    taken[file.name] = times + 1
    stem, dot, ending = file.name.rpartition(".")
    name = f"{stem} ({times}){dot}{ending}" if times else file.name
    return ExportFile(name, file.content, file.exported_at)


def _noon(day: date) -> datetime:
    return _at(day, time(12))


def _at(day: date, hour: time) -> datetime:
    return datetime.combine(day, hour, SAO_PAULO)
