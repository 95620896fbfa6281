"""What a person's rules mean among the lines, and how much there was left to say of each month."""

from typing import Final

from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as F

from nubank_assets.domain.catalog import TABLES
from nubank_assets.domain.teaching import SURE, AppliesTo
from nubank_assets.domain.vocabulary import BillState, CategoryMethod
from nubank_assets.merchants.own_rules import OwnRules
from nubank_assets.transforms.corrections import match_corrections, tell_outcomes
from nubank_assets.transforms.frames import Frames, select_table
from nubank_assets.transforms.gathering import collect_texts, frame_of_texts
from nubank_assets.transforms.merchants import gather_rules
from nubank_assets.transforms.steps import Parameters

_COUNTS: Final = f"category is not null and coalesce(bill_state, '') <> '{BillState.FUTURE.value}'"
_METHODS: Final = {f"{method.value}_lines": f"category_method = '{method.value}'" for method in CategoryMethod}


def meant_by_worksheet(frames: Frames) -> tuple[DataFrame, DataFrame] | None:
    """What rows of a worksheet that apply to a merchant mean, as `corrections.match_corrections` gives it, and which
    contradict each other (`correction`, `conflicts_with`). None if there is no such row.

    A charge, and a line that a person corrected by itself, is not meant.
    """
    of_merchants = frames["corrections"].where(f"applies_to = '{AppliesTo.MERCHANT.value}' and reason is null")
    names = set(collect_texts(of_merchants.select("correction")))
    if not names:
        return None
    lines = frames["categorized_transactions"]
    own = OwnRules(gather_rules(frames["rules"], lines))
    merchants = collect_texts(lines.where("category is not null").select("merchant"))
    rows = [
        (merchant, rule.name, rule.category.value)
        for merchant in merchants
        for rule in own.agreeing(merchant)
        if rule.name in names
    ]
    meant = frame_of_texts(lines.sparkSession, ("merchant", "correction", "category"), rows, whole=("merchant",))
    may_be = f"correction is null and category_method <> '{CategoryMethod.KIND.value}'"
    pairs = meant.where("correction is not null").join(
        lines.where(may_be).select("transaction_id", "month", "merchant"), "merchant"
    )
    against = [(name, ", ".join(others)) for name, others in own.contradictions().items() if name in names]
    conflicts = frame_of_texts(lines.sparkSession, ("correction", "conflicts_with"), against, whole=("correction",))
    return pairs.withColumn("commanded", F.lit(None).cast("timestamp")), conflicts.where("conflicts_with is not null")


def tell_corrections(frames: Frames, parameters: Parameters) -> DataFrame:  # noqa: ARG001
    """`correction_outcomes`: what became of each correction, of a line or of a merchant."""
    if not collect_texts(frames["corrections"].select("correction")):
        return _no_rows("correction_outcomes", frames["corrections"])
    pairs = match_corrections(frames["categorized_transactions"], frames["corrections"])
    of_merchants = meant_by_worksheet(frames)
    if not of_merchants:
        return tell_outcomes(frames, pairs)
    meant, conflicts = of_merchants
    return tell_outcomes(frames, pairs.unionByName(meant), conflicts)


def _no_rows(name: str, frame: DataFrame) -> DataFrame:
    """A table without rows, from any frame of its session."""
    lacking = {column: F.lit(None) for column in TABLES[name].column_names if column not in frame.columns}
    return select_table(name, frame.where("1 = 0").withColumns(lacking))


def count_progress(frames: Frames, parameters: Parameters) -> DataFrame:  # noqa: ARG001
    """`learning_progress`: one row for each month that has a line with a category."""
    lines = frames["categorized_transactions"].where(_COUNTS)
    months = lines.groupBy("month").agg(
        F.count(F.lit(1)).alias("lines"),
        *[_count(condition).alias(name) for name, condition in _METHODS.items()],
        _count(f"category_confidence < {SURE}").alias("uncertain_lines"),
    )
    told = _merchants_by_month(frames).join(months, "month", "right")
    told = told.withColumn("merchant_corrections", F.coalesce("merchant_corrections", F.lit(0)))
    told = told.withColumn("corrections", F.col("correction_lines") + F.col("merchant_corrections"))
    shares = {"correction_percent": "corrections", "uncertain_percent": "uncertain_lines"}
    return select_table("learning_progress", told.withColumns({name: _percent(of) for name, of in shares.items()}))


def _count(condition: str) -> Column:
    return F.sum(F.when(F.expr(condition), 1).otherwise(0))


def _merchants_by_month(frames: Frames) -> DataFrame:
    """How many merchants were corrected as a whole on a line of each month; the bill stands for a line that is gone."""
    rules = frames["rules"].where("transaction_id is not null or bill is not null")
    found = frames["categorized_transactions"].select("transaction_id", F.col("month").alias("_month"))
    made_on = rules.join(found, "transaction_id", "left")
    month = F.coalesce("_month", F.substring("bill", 1, 7))
    counted = made_on.select("rule", month.alias("month")).groupBy("month")
    return counted.agg(F.count(F.lit(1)).alias("merchant_corrections"))


def _percent(name: str) -> Column:
    # Cast before dividing: engines give a quotient different scales.
    part, whole = (F.col(column).cast("decimal(18,2)") for column in (name, "lines"))
    return F.round(part * 100 / whole, 4)
