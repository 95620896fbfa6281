"""Links between lines of different amounts: a part of a purchase given back, and the tax on a purchase abroad.

Each refund and each tax looks for the best purchase. Lines of equal amounts are paired in ``links.py``.
"""

from typing import Final

from pyspark.sql import Column, DataFrame, Window
from pyspark.sql import functions as F

from nubank_assets.domain.linking import LinkReason
from nubank_assets.domain.vocabulary import BillState, Kind
from nubank_assets.transforms.frames import zero
from nubank_assets.transforms.link_sides import (
    DAYS_APART,
    LINKED,
    PURCHASES,
    TOLD,
    is_kind,
    is_reason,
    leaves,
    on_card,
)

#: IOF on purchases abroad by the day from which it holds, in hundredths of a percent (Decreto 6.306, art. 15-B).
IOF_SINCE: Final = (("2025-05-23", 350), ("2025-01-01", 338), ("2024-01-01", 438), ("2023-01-01", 538))
_HIGHEST_IOF: Final = 638
_LOWEST_IOF: Final = 338
#: The tax is dated as its purchase, or a few days after.
_IOF_DAYS: Final = 3
_NAMELESS_IOF: Final = "iof de compra internacional"
_MONEY: Final = "decimal(18,2)"
_PARTIAL, _TAX = LinkReason.PARTIAL_REFUND, LinkReason.FOREIGN_IOF


def link_partly(lines: DataFrame) -> DataFrame:
    """Refunds of a part, and IOF, each with its purchase.

    A refund that equals no purchase before it is a part of the latest of its merchant that has enough money; refunds of
    one purchase come to no more than it, and one that another refund equals is left to that. IOF is the tax on the
    purchase, of the name that it has or else of its bill, of whose rate and day it is nearest, if no other IOF is
    nearer to it. `lines` are those of `link_plans.mark_plans`; refunds of plans are linked with their parcels.
    """
    found = _answers(lines).join(_purchases(lines), ["account", "account_type", "_at"]).where(_may_be())
    second, first = (Window.partitionBy("reason", f"{which}_transaction_id") for which in ("second", "first"))
    equal = (F.col("_bought") == F.col("linked_brl")).cast("int")
    found = found.withColumns({"_equals": F.max(equal).over(second), "_equalled": F.max(equal).over(first)})
    found = found.where("_equals = 0 and _equalled = 0").withColumns(
        {
            "_off": F.when(is_reason(_TAX), F.abs(F.col("linked_brl") - _tax(_rate()))).otherwise(zero()),
            "_days": F.abs(_days()),
            "_twins": F.when(is_reason(_TAX), F.abs(F.col("_first_twin") - F.col("_second_twin"))).otherwise(0),
        }
    )
    best = ["_off", "_twins", "_days"]
    of_second = F.row_number().over(second.orderBy(*best, "first_transaction_id"))
    of_first = F.row_number().over(first.orderBy(*best, "second_transaction_id"))
    found = found.withColumns({"_of_second": of_second, "_of_first": of_first}).where("_of_second = 1")
    in_turn = first.orderBy("second_date", "second_transaction_id")
    given = F.sum("linked_brl").over(in_turn.rowsBetween(Window.unboundedPreceding, Window.currentRow))
    has_room = F.when(is_reason(_TAX), F.col("_of_first") == 1).otherwise(F.col("_given") <= F.col("_bought"))
    return found.withColumn("_given", given).where(has_room).select(*LINKED)


def _answers(lines: DataFrame) -> DataFrame:
    """Refunds and IOF, with `_at`: what their purchase must have."""
    named = F.regexp_extract("_who", '^iof de "([^"]*)', 1)
    of_bill = F.when(F.col("_who") == _NAMELESS_IOF, F.concat(F.lit("bill "), "month"))
    about = F.when(named != "", F.concat(F.lit("tax "), named)).otherwise(of_bill)
    of_merchant = F.concat(F.lit("refund "), "_who")
    lines = _with_twins(
        lines.where(
            (is_kind(Kind.REFUND) & ~leaves() & F.col("_plan").isNull()) | (is_kind(Kind.IOF) & leaves() & on_card())
        )
    )
    lines = lines.withColumns(
        {
            "reason": F.when(is_kind(Kind.REFUND), F.lit(_PARTIAL.value)).otherwise(F.lit(_TAX.value)),
            "_at": F.when(is_kind(Kind.REFUND), of_merchant).otherwise(about),
            "_second_twin": F.col("_twin"),
            "linked_brl": F.col("_size"),
        }
    )
    kept = ["account_type", "_at", "reason", "linked_brl", "_second_twin", "identifier"]
    return lines.where("_at is not null").select(*kept, *_told("second"), "account")


def _purchases(lines: DataFrame) -> DataFrame:
    """What may have been given back or taxed, once for each `_at` by which it may be looked for."""
    is_future = F.coalesce("bill_state", F.lit("")) == BillState.FUTURE.value
    lines = _with_twins(lines.where(is_kind(*PURCHASES) & leaves() & ~is_future))
    of_merchant = F.when(F.col("_plan").isNull(), F.concat(F.lit("refund "), "_who"))
    sought = [of_merchant, F.concat(F.lit("tax "), "_who"), F.concat(F.lit("bill "), "month")]
    return (
        lines.withColumn("_at", F.explode(F.array(*sought)))
        .where("_at is not null")
        .select(
            "account_type",
            "_at",
            F.col("_size").alias("_bought"),
            F.col("_twin").alias("_first_twin"),
            *_told("first"),
            "account",
        )
    )


def _told(which: str) -> list[Column]:
    return [F.col(name).alias(f"{which}_{name}") for name in TOLD]


def _with_twins(lines: DataFrame) -> DataFrame:
    """`_twin`: which of the equal lines of a bill or month each is."""
    equal = Window.partitionBy("account", "account_type", "month", "_who", "_size").orderBy("date", "transaction_id")
    return lines.withColumn("_twin", F.row_number().over(equal))


def _may_be() -> Column:
    """Whether a purchase may be the one that a refund or tax is of, by amounts and days."""
    cent = F.lit("0.01").cast(_MONEY)
    least, most = (_tax(F.lit(rate)) for rate in (_LOWEST_IOF, _HIGHEST_IOF))
    is_tax = (F.col("linked_brl") >= least - cent) & (F.col("linked_brl") <= most + cent)
    is_refund = (F.col("_bought") >= F.col("linked_brl")) & (_days() >= 0) & (_days() <= DAYS_APART[LinkReason.REFUND])
    return F.when(is_reason(_TAX), is_tax & (F.abs(_days()) <= _IOF_DAYS)).otherwise(is_refund)


def _days() -> Column:
    return F.datediff("second_date", "first_date")


def _rate() -> Column:
    """The rate of the purchase's day, in hundredths of a percent."""
    day = F.col("first_date")
    since = [F.when(day >= F.lit(start).cast("date"), F.lit(rate)) for start, rate in IOF_SINCE]
    return F.coalesce(*since, F.lit(_HIGHEST_IOF))


def _tax(permyriad: Column) -> Column:
    """The IOF on a purchase at a rate."""
    # In the types that every engine knows the product of.
    hundredths = F.col("_bought").cast(_MONEY) * permyriad.cast("decimal(18,0)")
    return F.round(hundredths.cast("decimal(18,2)") / F.lit("10000").cast("decimal(18,0)"), 2).cast(_MONEY)
