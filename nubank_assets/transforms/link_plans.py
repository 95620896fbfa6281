"""Links between a refund of a purchase in parcels and the parcels that it gives back.

Which plan a refund is of is in `plan_lines`. Other refunds are in ``links.py`` and ``link_partly.py``.
"""

from typing import Final

from pyspark.sql import Column, DataFrame, Window
from pyspark.sql import functions as F

from nubank_assets.domain.linking import LinkReason
from nubank_assets.domain.plans import PlanRole
from nubank_assets.domain.vocabulary import BillState
from nubank_assets.transforms.link_sides import LINKED, TOLD

_MONEY: Final = "decimal(18,2)"


def link_plan_refunds(plan_lines: DataFrame, lines: DataFrame) -> DataFrame:
    """Each refund with the parcels of its plan that are charged, the first parcels first, as far as its money goes.

    `lines` are those of `link_sides.read_lines`.
    """
    is_refund = F.col("role") == PlanRole.REFUND.value
    is_parcel = F.col("role").isin(PlanRole.PARCEL.value, PlanRole.EARLY.value)
    charged = plan_lines.where(is_refund | (is_parcel & (F.col("bill_state") != BillState.FUTURE.value)))
    given_back = F.max(is_refund).over(Window.partitionBy("plan_id"))
    charged = charged.withColumns({"_is_refund": is_refund, "_given_back": given_back}).where("_given_back")
    kept = charged.select("plan_id", "transaction_id", "cancels_rest", "_is_refund")
    told = kept.join(lines, "transaction_id")
    so_far = Window.partitionBy("plan_id", "_is_refund").orderBy("month", "date", "transaction_id")
    to = F.sum("_size").over(so_far.rowsBetween(Window.unboundedPreceding, Window.currentRow)).cast(_MONEY)
    told = told.withColumn("_to", to).withColumn("_from", (F.col("_to") - F.col("_size")).cast(_MONEY))
    parcels = told.where("not _is_refund").select("plan_id", *_side("first"))
    refunds = told.where("_is_refund").select("plan_id", "cancels_rest", "identifier", *_side("second"))
    part = F.least("first__to", "second__to") - F.greatest("first__from", "second__from")
    whole = F.when(F.col("cancels_rest"), F.lit(LinkReason.REFUND.value))
    linked = refunds.join(parcels, "plan_id").withColumns(
        {"linked_brl": part.cast(_MONEY), "reason": whole.otherwise(F.lit(LinkReason.PARTIAL_REFUND.value))}
    )
    return linked.where("linked_brl > 0").select(*LINKED)


def _side(which: str) -> list[Column]:
    return [F.col(name).alias(f"{which}_{name}") for name in (*TOLD, "_from", "_to")]
