"""The tables of plans against the truth: every plan of the demo, every parcel, every month ahead, and nothing else."""

import re
from collections import Counter, defaultdict
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from nubank_assets.domain.catalog import TABLES
from nubank_assets.domain.plans import ParcelState
from nubank_assets.lake.sql import open_lake
from nubank_assets.sources.demo.truth_plans import TruthPlan
from nubank_assets_tests.fakes.homes import DemoHome

ROOT = Path(__file__).parents[2]
Row = dict[str, Any]
#: Merchant, number, month, centavos and state of each parcel, discount and refund.
Plan = tuple[object, ...]


def rows(demo: DemoHome, table: str) -> list[Row]:
    found: list[Row] = demo.lake.read(TABLES[table]).to_pylist()
    return found


def centavos(amount: Decimal) -> int:
    return int(amount.scaleb(2))


def _true(plan: TruthPlan) -> Plan:
    """A plan as its exports tell it: of the first parcel, if it is before them, nobody knows the centavos."""
    numbers = {parcel.number: parcel for parcel in plan.parcels}
    is_unseen = numbers[1].state is ParcelState.UNSEEN
    amounts = {number: parcel.centavos for number, parcel in numbers.items()}
    amounts[1] = amounts[2] if is_unseen else amounts[1]
    parcels = tuple((n, numbers[n].month, amounts[n], numbers[n].state.value) for n in sorted(numbers))
    return plan.merchant, parcels, plan.discount, plan.refunded, is_unseen


def _found(plan: Row, parcels: list[Row]) -> Plan:
    said = sorted((r["installment"], r["month"], centavos(r["amount_brl"]), r["parcel_state"]) for r in parcels)
    given = (centavos(plan[name]) for name in ("discount_brl", "refunded_brl"))
    return plan["merchant"], tuple(said), *given, plan["is_estimated"]


def test_every_plan_and_every_parcel_is_as_it_is(demo: DemoHome) -> None:
    parcels: dict[str, list[Row]] = defaultdict(list)
    for row in rows(demo, "plan_parcels"):
        parcels[row["plan_id"]].append(row)
    plans = rows(demo, "installment_plans")
    assert len(plans) == len(parcels) == len(demo.truth.plans) > 30
    assert Counter(_found(plan, parcels[plan["plan_id"]]) for plan in plans) == Counter(map(_true, demo.truth.plans))


def test_the_months_ahead_are_what_the_household_will_be_charged(demo: DemoHome) -> None:
    expected: Counter[str] = Counter()
    for plan in demo.truth.plans:
        expected.update({p.month: p.centavos for p in plan.parcels if p.state is ParcelState.TO_COME})
    months = sorted(rows(demo, "commitment_months"), key=lambda row: row["month"])
    assert {row["month"]: centavos(row["committed_brl"]) for row in months} == expected
    assert len(months) == 12
    left = sum(expected.values())
    for row in months:
        left -= centavos(row["committed_brl"])
        assert centavos(row["committed_after_brl"]) == left
        assert row["limit_freed_brl"] == -row["committed_brl"] == -row["exported_brl"] - row["projected_brl"]
    assert sum(row["ending_plans"] for row in months) == sum(
        any(p.state is ParcelState.TO_COME for p in plan.parcels) for plan in demo.truth.plans
    )


def test_the_day_of_a_purchase_is_told_rightly_or_not_at_all(demo: DemoHome) -> None:
    days = {(plan.merchant, plan.parcels[0].month): plan.purchased_on for plan in demo.truth.plans}
    plans = rows(demo, "installment_plans")
    told = [plan for plan in plans if plan["purchased_on"]]
    assert all(days[plan["merchant"], plan["first_month"]] == plan["purchased_on"] for plan in told)
    # Of plans cut by the begin of the demo an OFX tells it, or the date in a future bill.
    untold = [plan for plan in plans if plan not in told]
    assert all(plan["is_estimated"] for plan in untold)
    assert len(untold) < sum(plan["is_estimated"] for plan in plans)


def test_refunds_of_plans_are_linked_with_the_parcels_that_were_charged(demo: DemoHome) -> None:
    plan_of = {row["transaction_id"]: row for row in rows(demo, "plan_lines")}
    refunds = {id_: row for id_, row in plan_of.items() if row["role"] == "refund"}
    linked: Counter[str] = Counter()
    for link in rows(demo, "transaction_links"):
        first, second = plan_of.get(link["first_transaction_id"]), refunds.get(link["second_transaction_id"])
        if second:
            assert first
            assert first["plan_id"] == second["plan_id"]
            linked[second["transaction_id"]] += centavos(link["linked_brl"])
    unlinked = {row["transaction_id"]: row for row in rows(demo, "unlinked_transactions")}
    assert len(refunds) > 4
    for id_, row in refunds.items():
        rest = centavos(unlinked[id_]["unlinked_brl"]) if id_ in unlinked else 0
        assert linked[id_] + rest == centavos(row["amount_brl"])
    assert {unlinked[id_]["reason"] for id_ in refunds if id_ in unlinked} == {"not_covered_yet"}


QUERIES = re.findall(r"```sql\n(.*?)```", (ROOT / "docs" / "commitments.md").read_text(encoding="utf-8"), re.DOTALL)


@pytest.mark.parametrize("query", QUERIES)
def test_the_questions_of_the_documentation_have_answers(demo: DemoHome, query: str) -> None:
    assert open_lake(demo.settings.lake_root).execute(query).fetchall()


def test_the_page_of_the_documentation_has_questions() -> None:
    assert len(QUERIES) == 4
