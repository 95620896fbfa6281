"""The truth ledger: what every line that finally counts is, known because the generator made it so.

Here are its shape, its JSON and its totals. What happens in the household is not decided here.
"""

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any, Self

from nubank_assets.domain.proof_words import BillSettlement
from nubank_assets.domain.vocabulary import AccountType, BillState, Category, Flow, Kind
from nubank_assets.sources.demo.truth_plans import TruthPlan, plans_from_json


@dataclass(frozen=True)
class TruthLine:
    """One line of a current document.

    `month` is the month a card line's bill is due, or the month of an account line's date. `date` and `title`
    are as the current document writes them. `centavos` has our sign: negative when money leaves the person or
    debt grows. `category` is None for income and neutral lines. `pair` is shared by lines that belong together.
    """

    account: AccountType
    month: str
    date: date
    title: str
    centavos: int
    kind: Kind
    flow: Flow
    category: Category | None
    identifier: str
    """FITID in an OFX, Identificador in an account CSV; a card CSV does not show it."""
    plan: str | None = None
    installment: int | None = None
    installments: int | None = None
    pair: str | None = None
    bill_state: BillState | None = None


@dataclass(frozen=True)
class TruthBill:
    """One bill in centavos: what it charges, positive, what of it is paid, and how it was paid as far as is known."""

    bill: str
    total: int
    paid: int
    settlement: BillSettlement


@dataclass(frozen=True)
class TruthPayment:
    """The part of one payment that settles one bill; `bill` is None for those that the demo has not."""

    identifier: str
    paid_in: str
    bill: str | None
    date: date
    centavos: int


@dataclass(frozen=True)
class MonthTotals:
    """One month in centavos, card lines in the month their bill is due.

    `expenses` (negative) is spending after what reduces it, without future bills; `by_category` adds up to it.
    `lines` counts every line, of future bills too.
    """

    income: int
    expenses: int
    by_category: dict[Category, int]
    lines: int


@dataclass(frozen=True)
class Truth:
    """Everything that is true of one written demo.

    `balances` has the account's balance in centavos at the end of each month (of the open month: today), `plans` what
    became of every purchase in parcels.
    """

    months: int
    seed: int
    today: date
    lines: tuple[TruthLine, ...]
    totals: dict[str, MonthTotals]
    balances: dict[str, int]
    bills: tuple[TruthBill, ...] = ()
    payments: tuple[TruthPayment, ...] = ()
    plans: tuple[TruthPlan, ...] = ()

    def to_json(self) -> str:
        """The ledger as JSON; amounts are integer centavos."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=1, default=date.isoformat) + "\n"

    @classmethod
    def from_json(cls, text: str) -> Self:
        """The ledger that `to_json` wrote."""
        found = json.loads(text)
        return cls(
            months=found["months"],
            seed=found["seed"],
            today=date.fromisoformat(found["today"]),
            lines=tuple(_line(line) for line in found["lines"]),
            totals={month: _totals(totals) for month, totals in found["totals"].items()},
            balances=found["balances"],
            bills=tuple(
                TruthBill(**{**one, "settlement": BillSettlement(one["settlement"])}) for one in found["bills"]
            ),
            payments=tuple(
                TruthPayment(**{**one, "date": date.fromisoformat(one["date"])}) for one in found["payments"]
            ),
            plans=plans_from_json(found["plans"]),
        )


def without_lone_pairs(lines: Iterable[TruthLine]) -> tuple[TruthLine, ...]:
    """The lines, where a pair whose other line lies outside the demo's months is no pair."""
    lines = tuple(lines)
    members = Counter(line.pair for line in lines)
    return tuple(replace(line, pair=None) if members[line.pair] == 1 else line for line in lines)


def tally(lines: Iterable[TruthLine]) -> dict[str, MonthTotals]:
    """The totals of each month, in order."""
    months: dict[str, list[TruthLine]] = {}
    for line in lines:
        months.setdefault(line.month, []).append(line)
    return {month: _tally_month(months[month]) for month in sorted(months)}


def _tally_month(lines: list[TruthLine]) -> MonthTotals:
    income = 0
    spent: Counter[Category] = Counter()
    for line in lines:
        if line.bill_state is BillState.FUTURE or line.flow is Flow.NEUTRAL:
            continue
        if line.flow is Flow.INCOME:
            income += line.centavos
        elif line.category:
            spent[line.category] += line.centavos
    by_category = {category: spent[category] for category in Category if category in spent}
    return MonthTotals(income, sum(spent.values()), by_category, len(lines))


def _line(found: dict[str, Any]) -> TruthLine:
    return TruthLine(
        **{
            **found,
            "account": AccountType(found["account"]),
            "date": date.fromisoformat(found["date"]),
            "kind": Kind(found["kind"]),
            "flow": Flow(found["flow"]),
            "category": found["category"] and Category(found["category"]),
            "bill_state": found["bill_state"] and BillState(found["bill_state"]),
        }
    )


def _totals(found: dict[str, Any]) -> MonthTotals:
    by_category = {Category(name): centavos for name, centavos in found["by_category"].items()}
    return MonthTotals(found["income"], found["expenses"], by_category, found["lines"])
