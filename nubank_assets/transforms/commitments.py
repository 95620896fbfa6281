"""insights: plans and the months ahead, summed up from what became of each parcel (``plan_parcels.py``)."""

from typing import Final

from pyspark.sql import Column, DataFrame, Window
from pyspark.sql import functions as F

from nubank_assets.domain.plans import ParcelState, PlanRole, PlanState
from nubank_assets.transforms.frames import Frames, select_table
from nubank_assets.transforms.steps import Parameters

#: What a plan says of itself, the same in all its parcels.
_OF_PLAN: Final = (
    "account",
    "plan_kind",
    "merchant",
    "category",
    "purchased_on",
    "first_month",
    "installments",
    "usual_brl",
    "is_estimated",
)


def sum_plans(frames: Frames, parameters: Parameters) -> DataFrame:  # noqa: ARG001
    """`installment_plans`: one row a plan, its parcels counted and added up by what became of them."""
    lines = (
        frames["plan_lines"]
        .groupBy("plan_id")
        .agg(
            _money(F.sum(F.when(F.col("role") == PlanRole.DISCOUNT.value, F.col("amount_brl")))).alias("discount_brl"),
            _money(F.sum(F.when(F.col("role") == PlanRole.REFUND.value, F.col("amount_brl")))).alias("refunded_brl"),
        )
    )
    parts = {}
    for state in ParcelState:
        is_in = F.col("parcel_state") == state.value
        parts[f"{state.value}_installments"] = F.count(F.when(is_in, F.lit(1)))
        parts[f"{state.value}_brl"] = _money(F.sum(F.when(is_in, F.col("amount_brl"))))
    to_come = F.when(F.col("parcel_state") == ParcelState.TO_COME.value, F.col("month"))
    sums = {
        **parts,
        "total_brl": F.sum("amount_brl"),
        "last_month": F.date_format(F.add_months(_start("first_month"), F.max("installments") - 1), "yyyy-MM"),
        "next_month": F.min(to_come),
        "ends_month": F.max(to_come),
    }
    parcels = frames["plan_parcels"].groupBy("plan_id", *_OF_PLAN)
    plans = parcels.agg(*[value.alias(name) for name, value in sums.items()])
    return select_table("installment_plans", lines.join(plans, "plan_id").withColumn("plan_state", _plan_state()))


def _plan_state() -> Column:
    """The first that is true of any of its parcels; finished if none is."""
    words = [
        (ParcelState.TO_COME, PlanState.ACTIVE),
        (ParcelState.CANCELLED, PlanState.CANCELLED),
        (ParcelState.ENDED, PlanState.ENDED),
        (ParcelState.SETTLED_EARLY, PlanState.SETTLED_EARLY),
    ]
    found = [F.when(F.col(f"{state.value}_installments") > 0, F.lit(word.value)) for state, word in words]
    return F.coalesce(*found, F.lit(PlanState.FINISHED.value))


def sum_months_ahead(frames: Frames, parameters: Parameters) -> DataFrame:  # noqa: ARG001
    """`commitment_months`: what each bill ahead will charge of plans, and what is left after it is paid."""
    parcels = frames["plan_parcels"].where(F.col("parcel_state") == ParcelState.TO_COME.value)
    last = F.max("installment").over(Window.partitionBy("plan_id"))
    parcels = parcels.withColumn("_is_last", F.col("installment") == last)
    exported = F.col("transaction_id").isNotNull()
    amount = F.col("amount_brl")
    months = parcels.groupBy("account", "month").agg(
        F.sum(amount).alias("committed_brl"),
        _money(F.sum(F.when(exported, amount))).alias("exported_brl"),
        _money(F.sum(F.when(~exported, amount))).alias("projected_brl"),
        F.count(F.lit(1)).alias("parcels"),
        F.count(F.when(F.col("_is_last"), F.lit(1))).alias("ending_plans"),
        _money(F.sum(F.when(F.col("_is_last"), amount))).alias("ending_brl"),
    )
    of_account = Window.partitionBy("account")
    after = of_account.orderBy(F.desc("month")).rowsBetween(Window.unboundedPreceding, -1)
    columns = {
        "limit_freed_brl": -F.col("committed_brl"),
        "committed_after_brl": _money(F.sum("committed_brl").over(after)),
    }
    return select_table("commitment_months", months.withColumns(columns))


def _money(sum_: Column) -> Column:
    return F.coalesce(sum_, F.lit("0").cast("decimal(18,2)"))


def _start(month: str) -> Column:
    return F.to_date(F.concat(F.col(month), F.lit("-01")))
