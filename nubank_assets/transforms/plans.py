"""insights: which lines are of one plan: its parcels, those paid early, discounts and refunds.

A plan is one purchase in parcels. No line names its plan, and no month alone can tell: here all months are seen. How
refunds and parcels paid early find their plan is in ``plan_matches.py``, what became of each parcel in
``plan_parcels.py``.
"""

from typing import Final

from pyspark.sql import Column, DataFrame, Window
from pyspark.sql import functions as F

from nubank_assets.domain.plans import PlanRole
from nubank_assets.domain.vocabulary import AccountType, Kind
from nubank_assets.transforms.frames import Frames, money, select_table
from nubank_assets.transforms.plan_matches import match_lines
from nubank_assets.transforms.steps import Parameters
from nubank_assets.transforms.text import plain

_SEPARATOR: Final = "\x1f"
#: Purchases of one cycle in as many parcels; at one merchant they are alike, and one plan but for twins.
_BEGUN: Final = ("account", "plan_kind", "installments", "first_month")
_ALIKE: Final = (*_BEGUN, "_who")
_PREFIXES: Final = "^(antecipada - |parcelamento de compra - |desconto antecipacao )+"
_QUOTED: Final = '"([^"]*)"'
_LINE: Final = ("transaction_id", "account", "month", "date", "role", "installment", "amount_brl")
#: By what a line finds its plan.
_SOUGHT: Final = ("_who", "_size")
#: What only a parcel tells of its plan.
_TOLD: Final = (
    "merchant",
    "category",
    "plan_kind",
    "installments",
    "first_month",
    "purchased_on",
    "bill_state",
    "as_of",
)


def find_plan_lines(frames: Frames, parameters: Parameters) -> DataFrame:  # noqa: ARG001
    """`plan_lines`: every parcel with its plan, and the discounts and refunds that can be told to be of one."""
    who = F.regexp_replace(_who(F.col("merchant")), _PREFIXES, "")
    parcels = frames["installments"].withColumns({"_who": who, "_size": -F.col("amount_brl")})
    billed = _under_one_name(_tell_twins_apart(parcels.where("not is_early")))
    cards = frames["categorized_transactions"].where(F.col("account_type") == AccountType.CARD.value)
    early = parcels.where("is_early").withColumn("role", F.lit(PlanRole.EARLY.value)).select(*_LINE, *_TOLD, *_SOUGHT)
    matched = match_lines(early.unionByName(_credits(cards)), billed, _plain_purchases(cards))
    matched = _with_discounts(_with_own_plans(matched)).where("plan_id is not null")
    rows = billed.withColumns({"role": F.lit(PlanRole.PARCEL.value), "cancels_rest": F.lit(False)})
    names = ["plan_id", *_LINE, *_TOLD, "cancels_rest"]
    return select_table("plan_lines", rows.select(*names).unionByName(matched.select(*names)))


def _who(name: Column) -> Column:
    """Whom the money is for, whatever the accents and capitals of the line."""
    return F.lower(F.trim(plain(name)))


def _identity(*parts: Column | str) -> Column:
    named = [F.col(part).cast("string") if isinstance(part, str) else part for part in parts]
    return F.substring(F.sha2(F.concat_ws(_SEPARATOR, *named), 256), 1, 16)


def _tell_twins_apart(lines: DataFrame) -> DataFrame:
    """`plan_id`: twins are told apart by the parcel they charge, equal ones by their number among equals.

    Two parcels of one number in one bill are two plans. The first parcel takes the centavos that cannot be shared out,
    fewer than there are parcels: it goes to the nearest amount that later ones charge.
    """
    order = (F.desc("_size"), F.asc_nulls_last("purchased_on"), F.asc("transaction_id"))
    alike, number = Window.partitionBy(*_ALIKE), Window.partitionBy(*_ALIKE, "installment")
    up_to = alike.orderBy("_size").rangeBetween(Window.unboundedPreceding, Window.currentRow)
    later = F.when(F.col("installment") > 1, F.col("_size"))
    lines = lines.withColumns(
        {"_place": F.row_number().over(number.orderBy(*order)), "_below": F.max(later).over(up_to)}
    )
    fits = (F.col("installment") == 1) & (F.col("_size") - F.col("_below") < money(F.col("installments")))
    usual = F.when(fits, F.col("_below")).otherwise(F.col("_size"))
    lines = lines.withColumns({"_usual": usual, "_twins": F.max("_place").over(alike)})
    equals = Window.partitionBy(*_ALIKE, "installment", "_usual").orderBy(*order)
    lines = lines.withColumn("_ordinal", F.row_number().over(equals))
    twin = F.when(
        F.col("_twins") > 1, F.concat_ws("/", F.col("_usual").cast("string"), F.col("_ordinal").cast("string"))
    )
    return lines.withColumn("plan_id", _identity(*_ALIKE, F.coalesce(twin, F.lit(""))))


def _under_one_name(lines: DataFrame) -> DataFrame:
    """A merchant may be called otherwise after the first parcel.

    A plan of which nothing but that is billed, and one of the same cycle that lacks it, are one if each is the other's
    nearest and only centavos are between them.
    """
    of_plan, begun = Window.partitionBy("plan_id"), Window.partitionBy(*_BEGUN)
    lines = lines.withColumns(
        {"_least": F.min("installment").over(of_plan), "_most": F.max("installment").over(of_plan)}
    )
    is_begin, is_rest = F.col("_most") == 1, F.col("_least") > 1
    up, down = Window.unboundedFollowing, Window.unboundedPreceding
    below = F.max(F.when(is_rest, F.col("_size"))).over(begun.orderBy("_size").rangeBetween(down, Window.currentRow))
    above = F.min(F.when(is_begin, F.col("_size"))).over(begun.orderBy("_size").rangeBetween(Window.currentRow, up))
    side = F.when(is_begin, F.lit("begin")).when(is_rest, F.lit("rest")).otherwise(F.lit("whole"))
    lines = lines.withColumns({"_side": side, "_rest": F.when(is_begin, below), "_begin": F.when(is_rest, above)})
    lines = lines.withColumns({"_rest": F.coalesce("_rest", "_size"), "_begin": F.coalesce("_begin", "_size")})
    pair = Window.partitionBy(*_BEGUN, "_begin", "_rest")
    equals = Window.partitionBy(*_BEGUN, "_begin", "_rest", "_side").orderBy("plan_id")
    begins = F.max(F.when(F.col("_side") == "begin", 1)).over(pair)
    rests = F.max(F.when(F.col("_side") == "rest", 1)).over(pair)
    is_pair = (F.col("_side") != "whole") & (F.col("_begin") - F.col("_rest") < money(F.col("installments")))
    lines = lines.withColumns({"_pairs": begins + rests, "_equal": F.dense_rank().over(equals)})
    one = _identity(*_BEGUN, "_begin", "_rest", "_equal")
    return lines.withColumn("plan_id", F.when(is_pair & (F.col("_pairs") == 2), one).otherwise(F.col("plan_id")))


def _credits(lines: DataFrame) -> DataFrame:
    """Refunds of cards and discounts for paying early, by the merchant that they name."""
    kind, discount = F.col("kind"), Kind.EARLY_DISCOUNT.value
    given = lines.where(kind.isin(Kind.REFUND.value, discount) & (F.col("amount_brl") > 0))
    quoted = F.regexp_extract("title", _QUOTED, 1)
    named = F.when(quoted != "", quoted).otherwise(F.col("merchant"))
    role = F.when(kind == discount, F.lit(PlanRole.DISCOUNT.value)).otherwise(F.lit(PlanRole.REFUND.value))
    unknown = {"installment": "int", "installments": "int", "plan_kind": "string", "first_month": "string"}
    columns = {
        "role": role,
        "_who": F.regexp_replace(_who(named), _PREFIXES, ""),
        "_size": F.col("amount_brl"),
        "purchased_on": F.lit(None).cast("date"),
        **{name: F.lit(None).cast(type_) for name, type_ in unknown.items()},
    }
    return given.withColumns(columns).select(*_LINE, *_TOLD, *_SOUGHT)


def _plain_purchases(lines: DataFrame) -> DataFrame:
    bought = lines.where(F.col("kind") == Kind.PURCHASE.value)
    paid, day = -F.col("amount_brl"), F.col("date")
    return bought.select("account", _who(F.col("merchant")).alias("_who"), day.alias("_day"), paid.alias("_paid"))


def _with_own_plans(matched: DataFrame) -> DataFrame:
    """Parcels paid early of a plan whose other parcels were never imported are plans by themselves."""
    places = Window.partitionBy("role", "account", "_who", "installments", "month", "installment")
    matched = matched.withColumn("_place", F.row_number().over(places.orderBy(F.desc("_size"), "transaction_id")))
    own = _identity(F.lit(PlanRole.EARLY.value), "account", "_who", "installments", "month", "_place")
    is_early = F.col("role") == PlanRole.EARLY.value
    return matched.withColumn("plan_id", F.coalesce("plan_id", F.when(is_early, own)))


def _with_discounts(lines: DataFrame) -> DataFrame:
    """The discounts of a merchant in a bill are of the plan that was paid early there; of several, of the largest."""
    # With the amount in front, the greatest text is that of the largest.
    early = F.concat(F.lpad(F.col("_size").cast("string"), 20, "0"), F.col("plan_id"))
    of_bill = Window.partitionBy("account", "_who", "month")
    largest = F.max(F.when(F.col("role") == PlanRole.EARLY.value, early)).over(of_bill)
    is_discount = F.col("role") == PlanRole.DISCOUNT.value
    return lines.withColumn("plan_id", F.when(is_discount, F.substring(largest, 21, 16)).otherwise(F.col("plan_id")))
