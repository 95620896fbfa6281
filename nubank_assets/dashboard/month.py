"""The month that the page shows before, or without, JavaScript: the newest that is over, by date.

Texts and tables ready for the template, from the very tables that the workbook shows. What the scripts show of any
period they count themselves.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc

from nubank_assets.dashboard import columns
from nubank_assets.dashboard.sentences import text
from nubank_assets.dashboard.wording import Change, change_of, day_name, money, month_title, share
from nubank_assets.domain import catalog
from nubank_assets.domain.months import add_months, first_day, last_day
from nubank_assets.domain.vocabulary import AccountType, Basis, BillState, Flow
from nubank_assets.export.labels import label
from nubank_assets.lake.publish import Lake

_BY_DATE: Final = pc.field("basis") == Basis.DATE.value
_SPENDING: Final = [Flow.EXPENSE.value, Flow.EXPENSE_REDUCTION.value]
_TOTALS: Final = ("income", "expenses")


@dataclass(frozen=True)
class Card:
    """One of the four cards: its amount, what changed, and what else is known, as texts."""

    name: str
    amount: str
    change: str
    tone: str
    before: str = ""
    detail: str = ""


@dataclass(frozen=True)
class Compared:
    """A category, or a total, with its amount and the change since the month before.

    `share` is its part of all spending; empty for totals, and for what only the month before has.
    """

    name: str
    amount: str
    share: str
    change: Change | None


@dataclass(frozen=True)
class MonthView:
    """What is shown of one month."""

    month: str
    title: str
    compared_with: str
    is_open: bool
    cards: tuple[Card, ...]
    categories: tuple[Compared, ...]
    comparison: tuple[Compared, ...]


def read_month(lake: Lake, locale: str) -> MonthView | None:
    """The newest month that is over; the newest with lines that count, if none is; None without any."""
    rows = lake.read(catalog.MONTHLY_SUMMARY).filter(_BY_DATE).sort_by("month").to_pylist()
    rows = [row for row in rows if row["income_brl"] or row["expenses_brl"]]
    if not rows:
        return None
    chosen = ([row for row in rows if not row["is_open"]] or rows)[-1]
    month = chosen["month"]
    compared = lake.read(catalog.PERIOD_COMPARISON)
    chosen_rows = _BY_DATE & (pc.field("month") == month) & (pc.field("comparison") == "previous_month")
    earlier = {(row["dimension"], row["name"]): row for row in compared.filter(chosen_rows).to_pylist()}
    before = month_title(first_day(add_months(month, -1)), locale)
    compared_categories = _categories(lake, month, earlier, locale)
    return MonthView(
        month,
        month_title(first_day(month), locale),
        _said_of_comparison(before, bool(earlier), chosen["is_open"], locale),
        chosen["is_open"],
        (_balance_card(lake, month, locale), *_sum_cards(lake, chosen, earlier, locale)),
        tuple(row for row in compared_categories if row.share),
        (*(_total(name, chosen, earlier, locale) for name in _TOTALS), *compared_categories),
    )


def _said_of_comparison(before: str, is_compared: bool, is_open: bool, locale: str) -> str:
    if not is_compared:
        return text("not_compared", locale)
    return text("compared_same_days" if is_open else "compared_with", locale, period=before)


def _sum_cards(lake: Lake, chosen: dict[str, Any], earlier: Mapping[Any, Any], locale: str) -> list[Card]:
    """Income, expenses and card; the card's spending is in no comparison, but in the daily totals."""
    cards = [_sum_card(name, chosen[f"{name}_brl"], _before(earlier, "total", name), locale) for name in _TOTALS]
    spent = _card_spending_before(lake, chosen["month"]) if earlier else None
    return [*cards, _sum_card("card", chosen["card_expenses_brl"], spent, locale)]


def _card_spending_before(lake: Lake, month: str) -> Decimal:
    """What was spent on cards in the month before, on the days that are known of this month."""
    is_card = pc.field("account_type") == AccountType.CARD.value
    rows = lake.read(catalog.DAILY_TOTALS).filter(_spending_of(add_months(month, -1)) & is_card).to_pylist()
    first, last = first_day(month), last_day(month)
    known = [row for row in rows if row["seen"] >= last or row["position"] <= (row["seen"] - first).days + 1]
    return sum((row["amount_brl"] for row in known), Decimal(0))


def _spending_of(month: str) -> pc.Expression:
    """The totals that are spending of a month by date."""
    is_future = pc.field("bill_state").is_valid() & (pc.field("bill_state") == BillState.FUTURE.value)
    return _BY_DATE & (pc.field("month") == month) & pc.field("flow").isin(_SPENDING) & ~is_future


def _before(earlier: Mapping[Any, Any], dimension: str, name: str) -> Decimal | None:
    row = earlier.get((dimension, name))
    if row is None:
        return Decimal(0) if earlier else None
    compared: Decimal = row["compared_brl"]
    return compared


def _sum_card(name: str, amount: Decimal, before: Decimal | None, locale: str) -> Card:
    return _card(name, money(_shown(name, amount), locale), _change(name, amount, before, locale), locale)


def _card(name: str, amount: str, change: Change | None, locale: str, detail: str = "") -> Card:
    if change is None:
        return Card(name, amount, text("change.none", locale), "", detail=detail)
    before = text("change.before", locale, amount=change.before)
    return Card(name, amount, change.says(locale), change.tone, before, detail)


def _change(name: str, amount: Decimal, before: Decimal | None, locale: str) -> Change | None:
    if before is None:
        return None
    return change_of(_shown(name, amount), _shown(name, before), locale, more_is_good=name == "income")


def _shown(name: str, amount: Decimal) -> Decimal:
    """Spending as a positive amount."""
    return amount if name == "income" or not amount else -amount


def _total(name: str, chosen: dict[str, Any], earlier: Mapping[Any, Any], locale: str) -> Compared:
    amount, before = chosen[f"{name}_brl"], _before(earlier, "total", name)
    shown = money(_shown(name, amount), locale)
    return Compared(text(f"comparison.{name}", locale), shown, "", _change(name, amount, before, locale))


def _categories(lake: Lake, month: str, earlier: Mapping[Any, Any], locale: str) -> tuple[Compared, ...]:
    """The spending of the month by category, largest first, and the categories that only the month before has."""
    spending = lake.read(catalog.DAILY_TOTALS).filter(_spending_of(month))
    sums = spending.group_by("category").aggregate([("amount_brl", "sum")])
    found = {row["category"]: row["amount_brl_sum"] for row in sums.to_pylist()}
    total = sum(found.values(), Decimal(0))
    shares = {name: share(amount, total, locale) for name, amount in found.items()}
    found |= {name: Decimal(0) for dimension, name in earlier if dimension == "category" and name not in found}
    return tuple(
        Compared(
            label(f"category.{name}", locale),
            money(_shown("expenses", amount), locale),
            shares.get(name, ""),
            _change("expenses", amount, _before(earlier, "category", name), locale),
        )
        for name, amount in sorted(found.items(), key=lambda pair: (pair[1], pair[0]))
    )


def _balance_card(lake: Lake, month: str, locale: str) -> Card:
    """What the accounts held at the end of the month, and at the end of the one before."""
    rows = columns.read(lake, catalog.DAILY_BALANCES, ["account", "date", "balance_brl"])
    now, before = (_held_on(rows, last_day(name)) for name in (month, add_months(month, -1)))
    if not now:
        return _card("balance", text("unknown", locale), None, locale)
    amount, earlier = (sum((row["balance_brl"] for row in side.values()), Decimal(0)) for side in (now, before))
    change = change_of(amount, earlier, locale, more_is_good=True) if set(now) == set(before) else None
    newest = day_name(max(row["date"] for row in now.values()), locale)
    return _card("balance", money(amount, locale), change, locale, text("balance.on", locale, day=newest))


def _held_on(balances: pa.Table, day: date) -> dict[str, dict[str, Any]]:
    """The latest balance of each account up to a day."""
    known = balances.filter(pc.field("date") <= day).sort_by([("account", "ascending"), ("date", "ascending")])
    return {row["account"]: row for row in known.to_pylist()}
