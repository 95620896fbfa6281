"""The figures of the report's cards and charts that are no table of the lake: made here, as Arrow tables.

Each has its declaration, as the lake's tables have. Amounts are as people read them: spending is positive. Every
line counts on its own day here, as the report's date range counts it. Which worksheet shows what is in
``worksheets.py``.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc

from nubank_assets.domain import catalog
from nubank_assets.domain.months import add_months, first_day, last_day, month_of
from nubank_assets.domain.tables import Column, ColumnType, Table
from nubank_assets.domain.vocabulary import AccountType, Basis, Category, Layer
from nubank_assets.lake.publish import Lake

_DATE: Final = Column("date", ColumnType.DATE, "Day (São Paulo)")
_AMOUNT: Final = Column("amount_brl", ColumnType.MONEY, "Spending after refunds, positive")

CURRENT_BALANCE: Final = Table(
    "current_balance",
    Layer.EXPORT,
    "the one balance",
    "The latest known balance of all accounts together",
    ("date",),
    (_DATE, Column("balance_brl", ColumnType.MONEY, "Balance in BRL")),
    partitioned=False,
)

CARD_USE: Final = Table(
    "card_use",
    Layer.EXPORT,
    "one day",
    "What the cards were used for each day, by the day of the purchase, without future bills",
    ("date",),
    (_DATE, _AMOUNT),
    partitioned=False,
)

FIGURES: Final = Table(
    "figures",
    Layer.EXPORT,
    "one figure",
    "The four cards of the report, then the expenses of the same month by category, largest first",
    ("position",),
    (
        Column("position", ColumnType.INTEGER, "Place of the figure, from 1"),
        Column("name", ColumnType.STRING, "Key of its word in export/labels.py"),
        Column("month", ColumnType.STRING, "The month it is of, YYYY-MM; NULL when nothing is known", nullable=True),
        Column("amount_brl", ColumnType.MONEY, "The figure; NULL when it is not known", nullable=True),
        Column("before_brl", ColumnType.MONEY, "The same of the month before; NULL when unknown", nullable=True),
        Column("difference_brl", ColumnType.MONEY, "amount_brl minus before_brl", nullable=True),
        Column("change_percent", ColumnType.PERCENT, "Difference in percent; NULL when before is 0", nullable=True),
    ),
    partitioned=False,
)

#: How many figures there are, once anything is known: the cards, and every category.
CARDS: Final = 4
FIGURE_COUNT: Final = CARDS + len(Category)
#: Days without a purchase are days of 0; a longer gap is rather bills that nobody imported.
_LONGEST_GAP: Final = timedelta(days=31)
_ZERO: Final = Decimal("0.00")


def read_current_balance(lake: Lake) -> pa.Table:
    """One row; none while no account was ever observed."""
    latest = balances_on(lake, date.max)
    rows = [{"date": max(day for day, _ in latest.values()), "balance_brl": _sum_of(latest)}] if latest else []
    return pa.Table.from_pylist(rows, schema=CURRENT_BALANCE.arrow_schema)


def balances_on(lake: Lake, day: date) -> Mapping[str, tuple[date, Decimal]]:
    """The last balance of each account up to a day, observed or derived, with its own day."""
    rows = lake.read(catalog.DAILY_BALANCES, columns=["account", "date", "balance_brl"])
    rows = rows.filter(pc.field("date") <= pa.scalar(day)).sort_by([("account", "ascending"), ("date", "ascending")])
    return {row["account"]: (row["date"], row["balance_brl"]) for row in rows.to_pylist()}


def read_card_use(lake: Lake) -> pa.Table:
    """A row for each day, oldest first."""
    lines = lake.read(catalog.EXPENSES, columns=["account_type", "date", "amount_brl"])
    used = _sums(lines.filter(pc.field("account_type") == AccountType.CARD.value), "date")
    rows = [{"date": day, "amount_brl": used.get(day, _ZERO)} for day in _days(sorted(used))]
    return pa.Table.from_pylist(rows, schema=CARD_USE.arrow_schema)


def _days(days: Sequence[date]) -> Iterator[date]:
    """These days and those between them, but not those of a long gap."""
    for day, following in pairwise(days):
        count = (following - day).days if following - day <= _LONGEST_GAP else 1
        yield from (day + timedelta(days=number) for number in range(count))
    yield from days[-1:]


def read_figures(lake: Lake) -> pa.Table:
    """`FIGURE_COUNT` rows, those of the newest month that is over; none while nothing is known."""
    months = _months(lake)
    month = next((month for month in months if not months[month]["is_open"]), next(iter(months), None))
    balance = _balance(lake)
    rows = [balance, *_totals(months, month), *_categories(lake, months, month)]
    is_known = month is not None or balance["amount_brl"] is not None
    numbered = [{"position": position, **row} for position, row in enumerate(rows, 1)] if is_known else []
    return pa.Table.from_pylist(numbered, schema=FIGURES.arrow_schema)


def _months(lake: Lake) -> dict[str, dict[str, Any]]:
    """The months with income or expenses, newest first, each line in the month of its date."""
    columns = ["month", "basis", "is_open", "income_brl", "expenses_brl", "card_expenses_brl"]
    rows = lake.read(catalog.MONTHLY_SUMMARY, columns=columns).filter(pc.field("basis") == Basis.DATE.value)
    newest_first = rows.sort_by([("month", "descending")]).to_pylist()
    return {row["month"]: row for row in newest_first if row["income_brl"] or row["expenses_brl"]}


def _balance(lake: Lake) -> dict[str, Any]:
    """The balance, and that of the same accounts when the month before was over."""
    latest = balances_on(lake, date.max)
    if not latest:
        return _figure("card.balance", None, None, None)
    month = month_of(max(day for day, _ in latest.values()))
    before = balances_on(lake, last_day(add_months(month, -1)))
    return _figure("card.balance", month, _sum_of(latest), _sum_of(before) if before.keys() == latest.keys() else None)


def _sum_of(balances: Mapping[str, tuple[date, Decimal]]) -> Decimal:
    return sum((amount for _, amount in balances.values()), _ZERO)


def _totals(months: Mapping[str, Mapping[str, Any]], month: str | None) -> Iterator[dict[str, Any]]:
    now = months.get(month, {}) if month else {}
    before = months.get(add_months(month, -1), {}) if month else {}
    for name, column, sign in (
        ("card.income", "income_brl", 1),
        ("card.expenses", "expenses_brl", -1),
        ("card.card", "card_expenses_brl", -1),
    ):
        amounts = [row[column] * sign if column in row else None for row in (now, before)]
        yield _figure(name, month, *amounts)


def _categories(lake: Lake, months: Mapping[str, Any], month: str | None) -> list[dict[str, Any]]:
    """The expenses of the month by category, largest first; every category is there."""
    if month is None:
        return [_figure(f"category.{name}", None, None, None) for name in Category]
    earlier = add_months(month, -1)
    lines = lake.read(catalog.EXPENSES, columns=["date", "category", "amount_brl"])
    now, before = _spent_by_category(lines, month), _spent_by_category(lines, earlier)
    rows = [
        _figure(f"category.{name}", month, now.get(name, _ZERO), before.get(name, _ZERO) if earlier in months else None)
        for name in Category
    ]
    return sorted(rows, key=lambda row: -row["amount_brl"])


def _spent_by_category(lines: pa.Table, month: str) -> dict[str, Decimal]:
    day = pc.field("date")
    return _sums(
        lines.filter((day >= pa.scalar(first_day(month))) & (day <= pa.scalar(last_day(month)))),
        "category",
    )


def _sums(lines: pa.Table, key: str) -> dict[Any, Decimal]:
    """What is spent, positive, by the values of a column."""
    sums = lines.group_by(key).aggregate([("amount_brl", "sum")])
    return {name: -total for name, total in zip(*(sums[n].to_pylist() for n in (key, "amount_brl_sum")), strict=True)}


def _figure(name: str, month: str | None, amount: Decimal | None, before: Decimal | None) -> dict[str, Any]:
    difference = None if amount is None or before is None else amount - before
    change = None
    if difference is not None and before:
        change = (difference * 100 / abs(before)).quantize(Decimal("0.0001"), ROUND_HALF_UP)
    return {
        "name": name,
        "month": month,
        "amount_brl": amount,
        "before_brl": before,
        "difference_brl": difference,
        "change_percent": change,
    }
