"""Accounts: opening balance and movements make the closing balance, by month and between stated balances.

Balances and what readings contradict are those of ``balances.py``; nothing of it is decided again.
"""

from typing import Final

from pyspark.sql import Column, DataFrame, Window, WindowSpec
from pyspark.sql import functions as F

from nubank_assets.domain.proof_words import AccountProof, ProofSpan
from nubank_assets.domain.vocabulary import AccountType
from nubank_assets.transforms.bill_dues import brl
from nubank_assets.transforms.frames import Frames, day_of, select_table
from nubank_assets.transforms.steps import Parameters

_NAMES: Final = ["opening_brl", "came_in_brl", "went_out_brl", "closing_brl", "unexplained_brl", "proof"]


def prove_accounts(frames: Frames, parameters: Parameters) -> DataFrame:  # noqa: ARG001
    """`account_proofs`: every account in every month that has anything, and between every two stated balances."""
    days = _days(frames)
    columns = ["account", "span", "first_day", "last_day", *_NAMES]
    rows = _between_readings(days).select(*columns).unionByName(_months(days).select(*columns))
    moved = F.col("opening_brl") + F.col("came_in_brl") + F.col("went_out_brl")
    difference = (F.col("closing_brl") - moved).cast("decimal(18,2)")
    month = F.date_format("last_day", "yyyy-MM")
    return select_table("account_proofs", rows.withColumns({"difference_brl": difference, "month": month}))


def _days(frames: Frames) -> DataFrame:
    """Each day of an account on which it moved or was observed: what came and went, the balance if one is known."""
    lines = frames["categorized_transactions"].where(F.col("account_type") == AccountType.ACCOUNT.value)
    amount = F.col("amount_brl")
    moved = lines.groupBy("account", "date").agg(
        F.sum(F.when(amount > 0, amount)).alias("_came"),
        F.sum(F.when(amount < 0, amount)).alias("_went"),
        F.max("as_of").alias("as_of"),
    )
    known = frames["daily_balances"].select("account", "date", "balance_brl", "is_observed", "unexplained_brl")
    days = known.join(moved, ["account", "date"], "full")
    days = days.withColumns(
        {
            "_came": brl(F.col("_came")),
            "_went": brl(F.col("_went")),
            "_is_read": F.coalesce("is_observed", F.lit(False)).cast("int"),
            "_seen_on": F.coalesce(day_of("as_of"), F.col("date")),
        }
    )
    account = Window.partitionBy("account")
    days = days.withColumns(
        {
            "_read": F.sum("_is_read").over(_so_far()),
            "_before_brl": F.lag("balance_brl").over(_in_order()),
            "_reads": F.sum("_is_read").over(account),
            "_seen": F.max("_seen_on").over(account),
        }
    )
    # A reading ends the days before it: they belong to the stretch up to it.
    return days.withColumn("_stretch", F.col("_read") - F.col("_is_read"))


def _between_readings(days: DataFrame) -> DataFrame:
    """A row for each reading but the first, with the days since the one before."""
    inner = days.where("_stretch > 0 and _stretch < _reads")
    spans = inner.groupBy("account", "_stretch").agg(
        F.max("date").alias("last_day"),
        F.sum("_came").alias("came_in_brl"),
        F.sum("_went").alias("went_out_brl"),
        F.max(F.when(F.col("_is_read") == 1, F.col("balance_brl"))).alias("closing_brl"),
        F.max(F.when(F.col("_is_read") == 1, F.col("unexplained_brl"))).alias("unexplained_brl"),
    )
    before = days.where("_is_read = 1").select(
        "account",
        F.col("_read").alias("_stretch"),
        F.date_sub("date", -1).alias("first_day"),
        F.col("balance_brl").alias("opening_brl"),
    )
    spans = spans.join(before, ["account", "_stretch"])
    moved = F.col("opening_brl") + F.col("came_in_brl") + F.col("went_out_brl")
    cases = {
        AccountProof.DIFFERS: F.col("unexplained_brl") != 0,
        AccountProof.RUNNING_DAY: F.col("closing_brl") != moved,
    }
    span = F.lit(ProofSpan.READINGS.value)
    return spans.withColumns({"proof": _first(cases, AccountProof.PROVEN), "span": span})


def _months(days: DataFrame) -> DataFrame:
    """A row for each month with a movement or a reading."""
    days = _with_stretch_ends(days).withColumn(
        "first_day", F.to_date(F.concat(F.date_format("date", "yyyy-MM"), F.lit("-01")))
    )
    months = days.groupBy("account", "first_day").agg(
        F.min_by("_opened_brl", "date").alias("opening_brl"),
        F.max_by("balance_brl", "date").alias("closing_brl"),
        F.sum("_came").alias("came_in_brl"),
        F.sum("_went").alias("went_out_brl"),
        F.sum("unexplained_brl").alias("_unexplained"),
        F.max("_differs").alias("_differs"),
        F.min("_is_between").alias("_is_between"),
        F.max("_reads").alias("_reads"),
        F.max("_seen").alias("_seen"),
    )
    months = months.withColumns(
        {
            "span": F.lit(ProofSpan.MONTH.value),
            "last_day": F.last_day("first_day"),
            "unexplained_brl": F.when(F.col("_reads") > 0, brl(F.col("_unexplained"))),
        }
    )
    cases = {
        AccountProof.UNSTATED: F.col("_reads") == 0,
        AccountProof.DIFFERS: F.col("_differs") == 1,
        AccountProof.RUNNING: F.col("_seen") < F.col("last_day"),
        AccountProof.HALF_STATED: F.col("_is_between") == 0,
    }
    return months.withColumn("proof", _first(cases, AccountProof.PROVEN))


def _with_stretch_ends(days: DataFrame) -> DataFrame:
    """Whether each day lies between two readings, and whether these contradict its movements."""
    stretch = Window.partitionBy("account", "_stretch")
    differs = F.max((F.coalesce(F.col("unexplained_brl"), brl(F.lit(None))) != 0).cast("int")).over(stretch)
    is_between = (F.col("_stretch") >= 1) & (F.col("_stretch") < F.col("_reads"))
    moved = F.col("_came") + F.col("_went")
    opened = F.coalesce("_before_brl", (F.col("balance_brl") - moved).cast("decimal(18,2)"))
    return days.withColumns({"_differs": differs, "_is_between": is_between.cast("int"), "_opened_brl": opened})


def _first(cases: dict[AccountProof, Column], otherwise: AccountProof) -> Column:
    known = F.coalesce(*[F.when(holds, F.lit(proof.value)) for proof, holds in cases.items()])
    return F.coalesce(known, F.lit(otherwise.value))


def _in_order() -> WindowSpec:
    return Window.partitionBy("account").orderBy("date")


def _so_far() -> WindowSpec:
    return _in_order().rowsBetween(Window.unboundedPreceding, Window.currentRow)
