"""What the summary says beside its figures: what is known now, what could not be read, how final a month's bills are.

Plain values and sentences; drawing them is for the destination.
"""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from nubank_assets.domain import catalog
from nubank_assets.domain.tables import Table
from nubank_assets.domain.vocabulary import BillState
from nubank_assets.export.labels import label, sentence
from nubank_assets.lake.publish import Lake

#: Of several bills of a month, the least final state stands for the month.
_LEAST_FINAL_FIRST: Final = (BillState.FUTURE.value, BillState.OPEN.value, BillState.CLOSED.value)
_BABEL: Final = {"pt-BR": "pt_BR", "en": "en"}


def read_notes(lake: Lake, locale: str) -> tuple[str, str]:
    """What is known now, and the warning if lines could not be read; without one it is empty."""
    return _what_is_known(lake, locale), _warning(lake, locale)


def read_months(lake: Lake) -> pa.Table:
    """The months summed up, with the state of their bills; NULL where a month has none."""
    months = lake.read(catalog.MONTHLY_SUMMARY)
    bills = lake.read(catalog.BILLS, columns=["month", "bill_state"])
    states: dict[str, str] = {}
    for month, state in zip(bills["month"].to_pylist(), bills["bill_state"].to_pylist(), strict=True):
        states[month] = min(state, states.get(month, state), key=_LEAST_FINAL_FIRST.index)
    column = pa.array([states.get(month) for month in months["month"].to_pylist()], pa.string())
    return months.append_column("bill_state", column)


def month_name(month: date, locale: str) -> str:
    """A month as people write it: ``set/2026``, ``Sep 2026``."""
    from babel.dates import format_date

    name = format_date(month, "MMM", locale=_babel(locale)).rstrip(".")
    return f"{name} {month.year}" if locale == "en" else f"{name}/{month.year}"


def _babel(locale: str) -> str:
    return _BABEL.get(locale, "pt_BR")


def _what_is_known(lake: Lake, locale: str) -> str:
    """The latest balance, open bill and limits that are known, each account by name if there are several."""
    readings: tuple[tuple[str, Table, str, Callable[[Decimal], Decimal]], ...] = (
        ("sheet_balance", catalog.DAILY_BALANCES, "balance_brl", lambda amount: amount),
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


def _warning(lake: Lake, locale: str) -> str:
    count = lake.read(catalog.REJECTS, columns=["line_number"]).num_rows
    if not count:
        return ""
    return sentence("sheet_rejects_one" if count == 1 else "sheet_rejects_many", locale, count=count)
