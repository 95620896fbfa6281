"""What must hold of purchases in parcels: every parcel is of one plan, and what is told of it adds up."""

from typing import Final

from nubank_assets.compute.audit import Audit, Wrong
from nubank_assets.domain.plans import ParcelState, PlanRole

_ROLES: Final = f"'{PlanRole.PARCEL.value}', '{PlanRole.EARLY.value}'"
_TO_COME: Final = f"parcel_state = '{ParcelState.TO_COME.value}'"
_NUMBERS: Final = " + ".join(f"{state.value}_installments" for state in ParcelState)
_SUMS: Final = " + ".join(f"{state.value}_brl" for state in ParcelState)
_NOTHING: Final = "cast(0 as decimal(18,2))"

#: Lines that are parcels and of no plan or of several, or the other way round, or with another amount.
_LOST_PARCELS: Final = Wrong(
    "audit_lost_parcels",
    "line",
    f"""select transaction_id as line, sum(billed) as billed, sum(told) as told from (
      select transaction_id, amount_brl, 1 as billed, 0 as told from installments
      union all select transaction_id, amount_brl, 0 as billed, 1 as told from plan_lines where role in ({_ROLES})
    ) both_sides group by transaction_id, amount_brl having sum(billed) <> 1 or sum(told) <> 1""",  # noqa: S608
)

_TORN_PLANS: Final = Wrong(
    "audit_torn_plan",
    "plan",
    f"""select p.plan_id as plan, p.merchant, p.installments, k.parcels
    from installment_plans p left join (
      select plan_id, count(*) as parcels, sum(amount_brl) as total from plan_parcels group by plan_id
    ) k on k.plan_id = p.plan_id
    where p.installments is distinct from k.parcels or p.installments <> {_NUMBERS}
      or p.total_brl is distinct from k.total or p.total_brl <> {_SUMS}""",  # noqa: S608
)

_WRONG_MONTHS: Final = Wrong(
    "audit_committed",
    "account, month",
    f"""select account, month, sum(committed) as committed, sum(parcels) as parcels from (
      select account, month, committed_brl as committed, {_NOTHING} as parcels from commitment_months
      union all select account, month, {_NOTHING} as committed, amount_brl as parcels from plan_parcels where {_TO_COME}
    ) both_sides group by account, month having sum(committed) <> sum(parcels)""",  # noqa: S608
)

COMMITMENT_AUDITS: Final = (
    Audit(
        "parcels_are_of_one_plan",
        "plan_lines",
        "Every parcel of a bill is of exactly one plan, with its amount",
        (_LOST_PARCELS,),
        inputs=("installments",),
    ),
    Audit(
        "plans_add_up",
        "installment_plans",
        "Every parcel of a plan is told of once, and their sums are the plan",
        (_TORN_PLANS,),
    ),
    Audit(
        "commitments_add_up",
        "commitment_months",
        "What is committed of a bill is the sum of its parcels to come",
        (_WRONG_MONTHS,),
    ),
)
