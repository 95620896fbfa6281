"""Balances of accounts between the days they were observed, and readings that contradict the movements."""

from pyspark.sql import Column, DataFrame, Window
from pyspark.sql import functions as F

from nubank_assets.domain.vocabulary import AccountType, Reading
from nubank_assets.transforms.frames import Frames, day_of, select_table, zero
from nubank_assets.transforms.steps import Parameters


def derive_daily_balances(frames: Frames, parameters: Parameters) -> DataFrame:  # noqa: ARG001
    """`daily_balances`: every day with a movement or a reading, of accounts that were observed at least once.

    Between two readings a balance is the earlier one plus the movements since; before the first it is counted
    back from it.
    """
    days = _days(_readings(frames["balance_readings"]), _movements(frames["categorized_transactions"]))
    in_order = Window.partitionBy("account").orderBy("date")
    up_to_now = in_order.rowsBetween(Window.unboundedPreceding, Window.currentRow)
    days = days.withColumns(
        {
            "_moved": F.sum("movements_brl").over(up_to_now),
            "_known": F.count("value_brl").over(up_to_now),
        }
    )
    # What the account held before its first line, as each reading has it.
    days = days.withColumn("_start", F.col("value_brl") - F.col("_moved"))
    of_reading = Window.partitionBy("account", "_known")
    first = F.max(F.when(F.col("_known") == 1, F.col("_start"))).over(Window.partitionBy("account"))
    days = days.withColumn("_anchor", F.coalesce(F.max("_start").over(of_reading), first))
    columns = {
        "month": F.date_format("date", "yyyy-MM"),
        "balance_brl": F.col("_moved") + F.col("_anchor"),
        "is_observed": F.col("value_brl").isNotNull(),
    }
    unexplained = _unexplained(days)
    days = days.where("_anchor is not null").join(unexplained, ["account", "date"], "left")
    return select_table("daily_balances", days.withColumns(columns))


def _readings(readings: DataFrame) -> DataFrame:
    """The observed balances; `is_live` if made during the day, when movements of that day may still follow."""
    balances = readings.where(F.col("reading") == Reading.ACCOUNT_BALANCE.value)
    as_of = day_of("as_of")
    return balances.select(
        "account", F.col("observed_on").alias("date"), "value_brl", (as_of <= F.col("observed_on")).alias("is_live")
    )


def _movements(lines: DataFrame) -> DataFrame:
    """What each day's lines of an account add up to, and the parts of it that came in and went out."""
    amount = F.col("amount_brl")
    return (
        lines.where(F.col("account_type") == AccountType.ACCOUNT.value)
        .groupBy("account", "date")
        .agg(
            F.sum(amount).alias("movements_brl"),
            F.sum(F.when(amount > 0, amount).otherwise(zero())).alias("_came"),
            F.sum(F.when(amount < 0, amount).otherwise(zero())).alias("_went"),
        )
    )


def _days(readings: DataFrame, movements: DataFrame) -> DataFrame:
    days = readings.select("account", "date").unionByName(movements.select("account", "date")).distinct()
    days = days.join(readings, ["account", "date"], "left").join(movements, ["account", "date"], "left")
    sums = {name: F.coalesce(name, zero()).cast("decimal(18,2)") for name in ("movements_brl", "_came", "_went")}
    return days.withColumns(sums)


def _unexplained(days: DataFrame) -> DataFrame:
    """For each reading but the first: what the movements since the one before do not explain.

    A reading made during its day may lack any of that day's movements, so what those can explain is no
    contradiction.
    """
    before = Window.partitionBy("account").orderBy("date")
    readings = days.where("value_brl is not null").withColumns(
        {
            "_step": F.col("_start") - F.lag("_start").over(before),
            "_late_least": F.coalesce(F.lag(_while_live("_went")).over(before), zero()) - _while_live("_came"),
            "_late_most": F.coalesce(F.lag(_while_live("_came")).over(before), zero()) - _while_live("_went"),
        }
    )
    step = F.col("_step")
    is_explained = (step >= F.col("_late_least")) & (step <= F.col("_late_most"))
    unexplained = F.when(step.isNull(), None).when(is_explained, zero()).otherwise(step)
    return readings.select("account", "date", unexplained.alias("unexplained_brl"))


def _while_live(name: str) -> Column:
    return F.when(F.col("is_live"), F.col(name)).otherwise(zero())
