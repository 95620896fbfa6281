"""Lines that belong together, over all months: `transaction_links`.

Which lines may be linked is in ``link_sides.py``, those with a merchant or a tax rate between them in
``link_partly.py``, which of them are of purchases in parcels in ``link_plans.py``. What has no other side is in
``unlinked.py``.
"""

from typing import Final

from pyspark.sql import Column, DataFrame, Window
from pyspark.sql import functions as F

from nubank_assets.domain.linking import LinkMethod, LinkReason
from nubank_assets.transforms.frames import Frames, select_table, zero
from nubank_assets.transforms.link_partly import link_partly
from nubank_assets.transforms.link_plans import mark_plans
from nubank_assets.transforms.link_sides import LINKED, TOLD, by_reason, is_reason, lines_by_role, read_lines
from nubank_assets.transforms.pairing import FIRST, SECOND, pair_lines, running_total
from nubank_assets.transforms.steps import Parameters

#: Many lines on both sides: the oldest money goes first.
_FIRST_OUT: Final = (LinkReason.INVESTMENT, LinkReason.REFINANCING, LinkReason.PARTIAL_REFUND)
_MONEY: Final = "decimal(18,2)"


def link_transactions(frames: Frames, parameters: Parameters) -> DataFrame:  # noqa: ARG001
    """`transaction_links`: pairs of lines that are one movement, or of which one answers the other."""
    lines = mark_plans(read_lines(frames["categorized_transactions"]), frames["plan_lines"])
    linked = _link_sides(_in_parts(_with_parcels(pair_lines(lines_by_role(lines)))))
    linked = linked.unionByName(link_partly(lines))
    days = F.datediff("second_date", "first_date")
    linked = linked.withColumns(
        {
            "days_apart": days,
            "month": F.greatest("first_month", "second_month"),
            "found_by": _found_by(days),
            "link_id": F.substring(
                F.sha2(F.concat_ws("\x1f", "reason", "first_transaction_id", "second_transaction_id"), 256), 1, 32
            ),
        }
    )
    return select_table("transaction_links", linked)


def _with_parcels(lines: DataFrame) -> DataFrame:
    """Later parcels of what a card charges for a Pix belong to the pair of the first."""
    start = F.to_date(F.concat(F.col("month"), F.lit("-01")))
    back = 1 - F.coalesce("installment", F.lit(1))
    lines = lines.withColumns({"_start": F.add_months(start, back), "_is_first": F.col("_side") == FIRST})
    plan = ["_group", "_is_first", "account", "installments", "_start"]
    equal = Window.partitionBy(*plan, "month").orderBy("_size", "transaction_id")
    lines = lines.withColumn("_twin", F.row_number().over(equal))
    of_plan = F.max("_pair").over(Window.partitionBy(*plan, "_twin"))
    is_parcel = is_reason(LinkReason.PIX_CHARGE) & (F.col("_side") == 0)
    pair = F.when(is_reason(*_FIRST_OUT, LinkReason.EARLY_DISCOUNT), F.lit("all"))
    return lines.withColumn("_pair", pair.when(is_parcel, of_plan).otherwise(F.col("_pair")))


def _in_parts(lines: DataFrame) -> DataFrame:
    """`_from` and `_to`: which part of the pair's money each line is, counted from its beginning."""
    group = Window.partitionBy("_group")
    size = F.col("_size")
    lines = lines.withColumns(
        {
            "_before": running_total("_size", "_group", "_pair", "_is_first"),
            "_lacking": _missing_so_far(),
            "_nth": F.row_number().over(Window.partitionBy("_group", "_is_first").orderBy("date", "transaction_id")),
        }
    )
    discount = F.sum(F.when(F.col("_side") == SECOND, size)).over(group)
    firsts = F.sum(F.col("_is_first").cast("int")).over(group)
    lines = lines.withColumns({"_most": F.max("_lacking").over(group), "_discount": discount, "_firsts": firsts})
    # What is redeemed beyond all that was put aside was there before.
    held = F.when(is_reason(LinkReason.INVESTMENT) & F.col("_is_first"), F.greatest("_most", zero())).otherwise(zero())
    begin = (F.col("_before") + held).cast(_MONEY)
    lines = lines.withColumns({"_from": begin, "_to": (begin + size).cast(_MONEY)})
    shares = is_reason(LinkReason.EARLY_DISCOUNT) & F.col("_is_first")
    from_, to = _share(F.col("_nth") - 1), _share(F.col("_nth"))
    return lines.withColumns(
        {
            "_from": F.when(shares, from_).otherwise(F.col("_from")),
            "_to": F.when(shares, F.least(to, (from_ + size).cast(_MONEY))).otherwise(F.col("_to")),
        }
    )


def _missing_so_far() -> Column:
    """How much more came back up to a line than had left; on a day, what leaves comes first."""
    so_far = Window.partitionBy("_group").orderBy("date", F.desc("_side"), "_size", "transaction_id")
    moved = F.when(F.col("_is_first"), -F.col("_size")).otherwise(F.col("_size"))
    return F.sum(moved).over(so_far.rowsBetween(Window.unboundedPreceding, Window.currentRow)).cast(_MONEY)


def _share(parcels: Column) -> Column:
    """The part of a discount that so many of its parcels have together."""
    part = (F.col("_discount").cast(_MONEY) * parcels).cast(_MONEY) / F.col("_firsts").cast("decimal(18,0)")
    return F.round(part, 2).cast(_MONEY)


def _link_sides(lines: DataFrame) -> DataFrame:
    """The two sides of each pair, where their parts overlap: at each line, with the last one of the other side."""
    begun = Window.partitionBy("_group", "_pair").orderBy("_from", F.desc("_is_first"), "date", "transaction_id")
    begun = begun.rowsBetween(Window.unboundedPreceding, Window.currentRow)
    others: dict[str, Column] = {}
    for name in (*TOLD, "_to", "_cancels"):
        first, second = (F.last(F.when(holds, F.col(name)), ignorenulls=True).over(begun) for holds in _sides())
        others |= {f"_first_{name}": first, f"_second_{name}": second}
    lines = lines.where("_pair is not null").withColumns(others)
    part = (F.least("_first__to", "_second__to") - F.col("_from")).cast(_MONEY)
    told = {f"{which}_{name}": F.col(f"_{which}_{name}") for which in ("first", "second") for name in TOLD}
    linked = lines.withColumns({**told, "linked_brl": part})
    linked = linked.withColumn("_days", F.abs(F.datediff("second_date", "first_date")))
    is_far = is_reason(*_LIMITED) & (F.col("_days") > F.col("_limit"))
    is_same = is_reason(LinkReason.OWN_TRANSFER) & (F.col("first_account") == F.col("second_account"))
    is_pair = F.col("first_date").isNotNull() & F.col("second_date").isNotNull() & (F.col("linked_brl") > 0)
    linked = linked.where(is_pair & ~is_far & ~is_same)
    is_undone = is_reason(LinkReason.REFUND) & (F.col("first_title") == F.col("second_title"))
    is_whole = is_reason(LinkReason.PARTIAL_REFUND) & F.coalesce("_second__cancels", F.lit(False))
    reason = F.when(is_undone, F.lit(LinkReason.UNDONE.value)).when(is_whole, F.lit(LinkReason.REFUND.value))
    reason = reason.otherwise(F.col("reason"))
    return linked.withColumn("reason", reason).select(*LINKED)


def _sides() -> tuple[Column, Column]:
    return F.col("_is_first"), ~F.col("_is_first")


#: Further parcels of a Pix are charged months later; what was redeemed or refinanced may be of any time.
_LIMITED: Final = (
    LinkReason.BILL_PAYMENT,
    LinkReason.OWN_TRANSFER,
    LinkReason.PIX_ON_CREDIT,
    LinkReason.CARRIED_BALANCE,
    LinkReason.REFUND,
    LinkReason.IOF_REFUND,
)


def _found_by(days: Column) -> Column:
    on_day = F.when(days == 0, F.lit(LinkMethod.AMOUNT_AND_DAY.value)).otherwise(LinkMethod.AMOUNT_NEAR_DAY.value)
    known = F.when(F.col("identifier").isNotNull(), F.lit(LinkMethod.IDENTIFIER.value)).otherwise(on_day)
    fixed = {
        LinkMethod.FIRST_IN_FIRST_OUT: _FIRST_OUT,
        LinkMethod.NAME_AND_AMOUNT: (LinkReason.REFUND, LinkReason.UNDONE),
        LinkMethod.NAME: (LinkReason.PARTIAL_REFUND, LinkReason.PIX_CHARGE, LinkReason.EARLY_DISCOUNT),
        LinkMethod.TAX_RATE: (LinkReason.FOREIGN_IOF,),
    }
    said = {reason: F.lit(method.value) for method, reasons in fixed.items() for reason in reasons}
    return F.coalesce(by_reason({**said, LinkReason.PIX_ON_CREDIT: known}), on_day)
