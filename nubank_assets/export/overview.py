"""What the summary says beside its table: what is known now, what could not be read, where the money went.

Plain values and sentences; drawing them is for the destination.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from nubank_assets.domain import catalog
from nubank_assets.domain.months import first_day
from nubank_assets.domain.tables import Table
from nubank_assets.domain.vocabulary import Basis
from nubank_assets.export.labels import label, sentence
from nubank_assets.lake.publish import Lake

_BABEL: Final = {"pt-BR": "pt_BR", "en": "en"}


@dataclass(frozen=True)
class Spending:
    """The expenses of one month by category in BRL, largest first; a positive amount is spending."""

    month: date
    categories: tuple[tuple[str, Decimal], ...]


@dataclass(frozen=True)
class Overview:
    """The sentences above the summary, the warning if lines could not be read, and the spending it shows."""

    known: str
    warning: str | None
    spending: Spending | None


def read_overview(lake: Lake, locale: str) -> Overview:
    """What the summary says, in this language."""
    return Overview(_what_is_known(lake, locale), _warning(lake, locale), _spending(lake, locale))


def month_name(month: date, locale: str) -> str:
    """A month as people write it: ``set/2026``, ``Sep 2026``."""
    from babel.dates import format_date

    name = format_date(month, "MMM", locale=_babel(locale)).rstrip(".")
    return f"{name} {month.year}" if locale == "en" else f"{name}/{month.year}"


def _babel(locale: str) -> str:
    return _BABEL.get(locale, "pt_BR")


def _what_is_known(lake: Lake, locale: str) -> str:
    """Balance, open bill and limits at their latest observation, each account by name if there are several."""
    readings: tuple[tuple[str, Table, str, Callable[[Decimal], Decimal]], ...] = (
        ("sheet_balance", catalog.ACCOUNT_BALANCES, "balance_brl", lambda amount: amount),
        ("sheet_open_bill", catalog.CREDIT_LIMITS, "open_bill_brl", lambda amount: -amount if amount else amount),
        ("sheet_available_limit", catalog.CREDIT_LIMITS, "available_limit_brl", lambda amount: amount),
    )
    said = []
    for key, table, column, shown in readings:
        latest = _latest(lake, table, column)
        values = "; ".join(_said(account, row, shown, len(latest) > 1, locale) for account, row in latest.items())
        said.append(sentence(key, locale, value=values or label("unknown", locale)))
    return " · ".join(said)


def _latest(lake: Lake, table: Table, column: str) -> Mapping[str, tuple[date, Decimal]]:
    """The latest known value of each account, with its day."""
    rows = lake.read(table, columns=["account", "date", column])
    rows = rows.filter(pc.field(column).is_valid()).sort_by([("account", "ascending"), ("date", "ascending")])
    return {row["account"]: (row["date"], row[column]) for row in rows.to_pylist()}


def _said(
    account: str,
    row: tuple[date, Decimal],
    shown: Callable[[Decimal], Decimal],
    is_named: bool,
    locale: str,
) -> str:
    from babel.dates import format_date
    from babel.numbers import format_currency

    day, amount = row
    money = format_currency(shown(amount), "BRL", locale=_babel(locale)).replace("\xa0", " ")
    when = format_date(day, "dd/MM/yyyy" if locale != "en" else "medium", locale=_babel(locale))
    return f"{account} {money} ({when})" if is_named else f"{money} ({when})"


def _warning(lake: Lake, locale: str) -> str | None:
    count = lake.read(catalog.REJECTS, columns=["line_number"]).num_rows
    if not count:
        return None
    return sentence("sheet_rejects_one" if count == 1 else "sheet_rejects_many", locale, count=count)


def _spending(lake: Lake, locale: str) -> Spending | None:
    """Expenses by category of the newest month that is over; of the newest month with expenses, if none is."""
    months = lake.read(catalog.MONTHLY_SUMMARY, columns=["month", "basis", "is_open", "expenses_brl"])
    by_bill = months.filter(pc.field("basis") == Basis.BILL.value).sort_by("month")
    rows = [row for row in by_bill.to_pylist() if row["expenses_brl"]]
    over = [row for row in rows if not row["is_open"]]
    if not rows:
        return None
    month = (over or rows)[-1]["month"]
    categories = _by_category(lake.read(catalog.EXPENSES, [month], ["category", "amount_brl"]), locale)
    return Spending(first_day(month), categories) if categories else None


def _by_category(expenses: pa.Table, locale: str) -> tuple[tuple[str, Decimal], ...]:
    sums = expenses.group_by("category").aggregate([("amount_brl", "sum")])
    sums = sums.sort_by([("amount_brl_sum", "ascending"), ("category", "ascending")])
    pairs = zip(sums["category"].to_pylist(), sums["amount_brl_sum"].to_pylist(), strict=True)
    return tuple((label(f"category.{name}", locale), -total) for name, total in pairs if total)
