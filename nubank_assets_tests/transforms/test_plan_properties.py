"""Any purchases in parcels, any bills of them imported in any order: what is to come is what will be charged."""

import random
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from nubank_assets.domain.months import add_months
from nubank_assets_tests.fakes.frames import Rows
from nubank_assets_tests.fakes.plans import Bill, make_plans

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

FIRST = "2025-01"
#: Months of bills that may be imported; the one at `_CLOSED` is the newest that is closed.
_MONTHS, _CLOSED = 8, 4


@dataclass(frozen=True)
class Bought:
    """A purchase of so many centavos in parcels, the first on the bill of the month at `begin`."""

    shop: str
    parcels: int
    centavos: int
    begin: int

    def parcel(self, number: int) -> int:
        """The centavos of a parcel; the first takes what cannot be shared out."""
        size = self.centavos // self.parcels
        return size + (self.centavos - size * self.parcels if number == 1 else 0)

    def on_bill(self, month: int) -> int | None:
        """Which parcel is on the bill at a place, if any."""
        number = month - self.begin + 1
        return number if 1 <= number <= self.parcels else None


@dataclass(frozen=True)
class Wallet:
    """A card's purchases, and which of its bills were imported: the newest closed one always is."""

    bought: tuple[Bought, ...]
    imported: frozenset[int]

    def bills(self, account: str) -> list[Bill]:
        states = {True: "closed", False: "future"}
        return [
            Bill(add_months(FIRST, month), self._lines(month), states[month <= _CLOSED], account)
            for month in sorted(self.imported)
        ]

    def _lines(self, month: int) -> tuple[tuple[str, str], ...]:
        shown = [(one, number) for one in self.bought if (number := one.on_bill(month))]
        return tuple(
            (f"{one.shop} - Parcela {number}/{one.parcels}", str(Decimal(one.parcel(number)).scaleb(-2)))
            for one, number in shown
        )

    def seen(self) -> list[Bought]:
        """The purchases of which a bill shows any parcel."""
        return [one for one in self.bought if any(one.on_bill(month) for month in self.imported)]

    def to_come(self) -> Counter[str]:
        """What the bills ahead will charge of them, in centavos by month."""
        months: Counter[str] = Counter()
        for one in self.seen():
            for month in range(_CLOSED + 1, one.begin + one.parcels):
                if number := one.on_bill(month):
                    months[add_months(FIRST, month)] += one.parcel(number)
        return months


PURCHASES = st.builds(
    Bought,
    st.sampled_from(["Loja Azul", "Mercado Verde"]),
    st.integers(2, 6),
    st.sampled_from([6000, 9999, 10000, 12345, 30001]),
    st.integers(0, _CLOSED),
)
WALLETS = st.builds(
    Wallet,
    st.lists(PURCHASES, max_size=5).map(tuple),
    st.frozensets(st.integers(0, _MONTHS - 1)).map(lambda months: months | {_CLOSED}),
)


def of_account(rows: Rows, account: str) -> Rows:
    return [row for row in rows if row["account"] == account]


#: One example is many wallets, and a failure is read without being made smaller: each runs the engine.
@settings(
    max_examples=3,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(wallets=st.lists(WALLETS, min_size=8, max_size=16), seed=st.integers(0, 1000))
def test_what_is_to_come_is_what_will_be_charged_whatever_was_imported(
    session: "SparkSession", tmp_path: Path, wallets: list[Wallet], seed: int
) -> None:
    bills = [bill for place, wallet in enumerate(wallets) for bill in wallet.bills(f"card{place}")]
    made = make_plans(session, tmp_path, bills)
    random.Random(seed).shuffle(bills)
    assert make_plans(session, tmp_path, [*bills]) == made
    for place, wallet in enumerate(wallets):
        plans = of_account(made["installment_plans"], f"card{place}")
        assert len(plans) == len(wallet.seen())
        shown = sum(len(bill.lines) for bill in wallet.bills(""))
        assert len(of_account(made["plan_lines"], f"card{place}")) == shown
        months = of_account(made["commitment_months"], f"card{place}")
        found = {row["month"]: -int(row["committed_brl"].scaleb(2)) for row in months}
        expected = wallet.to_come()
        assert set(found) == set(expected)
        # Of a plan whose parcels but the first nobody saw, the centavos of the others are not known.
        unknown = sum(plan["installments"] for plan in plans if plan["is_estimated"])
        assert all(abs(found[month] - expected[month]) <= unknown for month in found)
