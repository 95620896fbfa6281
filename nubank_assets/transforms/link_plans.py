"""Which lines are of a purchase in parcels that was given back: its refunds are linked with its parcels alone.

Which plan a refund is of is in `plan_lines`. How lines are linked is in ``links.py``.
"""

from pyspark.sql import DataFrame, Window
from pyspark.sql import functions as F

from nubank_assets.domain.plans import PlanRole
from nubank_assets.domain.vocabulary import BillState


def mark_plans(lines: DataFrame, plan_lines: DataFrame) -> DataFrame:
    """The lines with `_plan` if it has a refund, and with `_cancels` if they are one of all that was charged.

    Parcels of bills to come are of no plan here: nobody charged them.
    """
    is_refund = F.col("role") == PlanRole.REFUND.value
    is_parcel = F.col("role").isin(PlanRole.PARCEL.value, PlanRole.EARLY.value)
    charged = plan_lines.where(is_refund | (is_parcel & (F.col("bill_state") != BillState.FUTURE.value)))
    refunds = F.max(is_refund.cast("int")).over(Window.partitionBy("plan_id"))
    of_plans = charged.withColumn("_refunds", refunds).where(F.col("_refunds") == 1)
    marks = of_plans.select("transaction_id", F.col("plan_id").alias("_plan"), F.col("cancels_rest").alias("_cancels"))
    return marks.join(lines, "transaction_id", "right")
