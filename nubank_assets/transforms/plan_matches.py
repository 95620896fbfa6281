"""The plan of a parcel that was paid early, and of a refund; and whether what was left is cancelled by that refund.

Shops give a purchase in parcels back in three ways: what was charged so far, and no more is charged; all of it at
once; or in parcels too. Source: Nubank's help ("Cadê o meu estorno?").
"""

from typing import Final

from pyspark.sql import Column, DataFrame, Window
from pyspark.sql import functions as F

from nubank_assets.domain.plans import PlanRole
from nubank_assets.domain.vocabulary import BillState
from nubank_assets.transforms.frames import money, month_number

#: How a line fits what it may be of, the best first; from `_LARGER` on, a refund cancels nothing.
_SAME_PURCHASE: Final = 1
_WHOLE: Final = 2
_CHARGED: Final = 3
_LARGER: Final = 4
_PART: Final = 5
#: So long a plain purchase explains a refund.
_DAYS: Final = 180

_PLAN: Final = ("_plan", "account", "_who", "_count", "_begun", "_usual", "_first", "_slack", "_closed_to", "_most")


def match_lines(others: DataFrame, billed: DataFrame, bought: DataFrame) -> DataFrame:
    """The lines with `plan_id`, NULL if there is none, and `cancels_rest`; discounts are not looked for here.

    `billed` are the parcels with their plans. What a plain purchase (`bought`) explains better is of no plan.
    """
    equals = Window.partitionBy("role", "account", "_who", "_size", "installments", "installment")
    others = others.withColumn("_ordinal", F.row_number().over(equals.orderBy("month", "date", "transaction_id")))
    candidates = _plans(billed).unionByName(_purchases(bought))
    # The small side first: it is the one that Sail keeps in memory.
    return _best(others.join(candidates, ["account", "_who"], "left").withColumn("_fit", _fit()))


def _is_early() -> Column:
    return F.col("role") == PlanRole.EARLY.value


def _is_refund() -> Column:
    return F.col("role") == PlanRole.REFUND.value


def _plans(lines: DataFrame) -> DataFrame:
    """What lines are compared with: each plan under each of its names, with its usual and its first parcel."""
    later = F.when(F.col("installment") > 1, F.col("_size"))
    first = F.when(F.col("installment") == 1, F.col("_size"))
    closed = F.when(F.col("bill_state") == BillState.CLOSED.value, F.col("installment"))
    usual = F.coalesce(F.max(later), F.max("_size"))
    plans = lines.groupBy(
        F.col("plan_id").alias("_plan"),
        "account",
        F.col("installments").alias("_count"),
        F.col("first_month").alias("_begun"),
    ).agg(
        usual.alias("_usual"),
        F.coalesce(F.max(first), usual).alias("_first"),
        F.count(first).alias("_firsts"),
        F.count(later).alias("_later"),
        F.max(closed).alias("_closed_to"),
        F.max("installment").alias("_most"),
        F.min("_who").alias("_one"),
        F.max("_who").alias("_other"),
    )
    names = F.explode(F.array_distinct(F.array("_one", "_other")))
    return plans.withColumns({"_who": names, "_slack": _slack()}).select(*_PLAN, _nothing("date").alias("_day"))


def _slack() -> Column:
    """How far the sum of parcels may be from the sum of those that are known: nothing, if both amounts are."""
    rest = F.col("_count") - 1
    chain = F.when((F.col("_firsts") > 0) & (F.col("_later") > 0), money(F.lit(0)))
    return chain.when(F.col("_later") > 0, money(rest)).otherwise(money(rest * rest))


def _purchases(bought: DataFrame) -> DataFrame:
    """Plain purchases beside plans: no plan, and the day on which it was bought."""
    types = {"_plan": "string", "_begun": "string", "_closed_to": "int", "_most": "int", "_count": "int"}
    unknown = [_nothing(type_).alias(name) for name, type_ in types.items()]
    amounts = [F.col("_paid").alias(name) for name in ("_usual", "_first", "_slack")]
    return bought.select("account", "_who", *unknown, *amounts, "_day").select(*_PLAN, "_day")


def _nothing(type_: str) -> Column:
    return F.lit(None).cast(type_)


def _fit() -> Column:
    """How well a line fits; NULL if it cannot be of that plan or purchase."""
    is_plan = F.col("_day").isNull()
    return (
        F.when(_is_early() & is_plan & _had_to_come(), F.lit(_WHOLE))
        .when(_is_refund() & is_plan & (F.col("_begun") <= F.col("month")), _fit_of_refund())
        .when(_is_refund() & ~is_plan, _fit_of_purchase())
    )


def _had_to_come() -> Column:
    """The plan had begun, and the parcel was on none of its closed bills and due on a later one."""
    due = month_number(F.col("_begun")) + F.col("installment") - 1
    is_due = (F.col("_begun") <= F.col("month")) & (due > month_number(F.col("month")))
    is_free = F.col("installment") > F.coalesce("_closed_to", F.lit(0))
    return (F.col("_count") == F.col("installments")) & is_due & is_free


def _fit_of_refund() -> Column:
    """What was charged so far may include the parcel of the refund's own bill or not.

    Of a single parcel nobody can tell whether it is all that was charged, or the first parcel of a refund in parcels.
    """
    count = F.col("_count")
    charged = F.least(month_number(F.col("month")) - month_number(F.col("_begun")) + 1, count)
    all_charged = (_is_sum_of(charged) & (charged >= 2)) | (_is_sum_of(charged - 1) & (charged >= 3))
    whole = F.when(_is_sum_of(count), F.lit(_WHOLE)).when(all_charged, F.lit(_CHARGED))
    return whole.when(F.col("_size") < _sum_of(count), F.lit(_PART))


def _is_sum_of(parcels: Column) -> Column:
    """The amount is that of so many first parcels, but for centavos of parcels that were never seen."""
    return F.abs((F.col("_size") - _sum_of(parcels)).cast("decimal(18,2)")) <= F.col("_slack")


def _sum_of(parcels: Column) -> Column:
    return (F.col("_first") + F.col("_usual") * (parcels - 1)).cast("decimal(18,2)")


def _fit_of_purchase() -> Column:
    recent = (F.col("_day") <= F.col("date")) & (F.col("_day") >= F.date_sub("date", _DAYS))
    same = F.when(recent & (F.col("_first") == F.col("_size")), F.lit(_SAME_PURCHASE))
    return same.when(recent & (F.col("_first") > F.col("_size")), F.lit(_LARGER))


def _best(found: DataFrame) -> DataFrame:
    """Each line with what fits best: the nearest amount, the plan that stopped first, the newest.

    Equal lines get one plan each: a refund that finds none left shares the last, a parcel does not.
    """
    of_line = Window.partitionBy("transaction_id")
    apart = F.when(_is_early(), F.abs(F.col("_size") - F.col("_usual")))
    stopped = F.when(_is_early(), F.col("_most"))
    found = found.withColumns({"_apart": apart, "_stopped": stopped, "_best": F.min("_fit").over(of_line)})
    order = ("_apart", "_stopped", F.desc("_begun"), "_plan")
    in_order = of_line.orderBy(F.asc_nulls_last("_fit"), *order)
    fitting = F.count(F.when(F.col("_fit") == F.col("_best"), 1)).over(of_line)
    found = found.withColumns({"_turn": F.row_number().over(in_order), "_fitting": fitting})
    found = found.where(F.col("_turn") == F.greatest(F.lit(1), F.least("_ordinal", "_fitting")))
    is_one = F.col("_fit").isNotNull() & (_is_refund() | (F.col("_ordinal") <= F.col("_fitting")))
    whole = _is_refund() & F.col("_plan").isNotNull() & (F.col("_fit") < _LARGER)
    return found.withColumns(
        {"plan_id": F.when(is_one, F.col("_plan")), "cancels_rest": F.coalesce(whole, F.lit(False))}
    )
