"""Lines into pairs, each in one pair at most, with windows alone: the same whatever order the lines come in.

What may be paired with what is said by the lines' `_group`; which lines those are is in ``link_sides.py``.
"""

from pyspark.sql import Column, DataFrame, Window, WindowSpec
from pyspark.sql import functions as F

FIRST, SECOND = 1, -1


def pair_lines(lines: DataFrame) -> DataFrame:
    """`_pair` for each line: equal for the two of a pair, and for no other line of its `_group`.

    Lines have `_group`, `_side` (1 first, -1 second, 0 neither), `_rank`, `_limit` in days and `_in_order`. Without an
    order, a pair is of the same day if there is one, else of the nearest, within the limit from line to line. In order,
    a second line takes the latest first line before it that is not taken. Of one day, the nearest in rank: their size,
    of second lines below 0.
    """
    lines = _of_one_day(lines)
    by_day = Window.partitionBy("_group", "_loose").orderBy(*_by_day())
    gap = F.datediff("date", F.lag("date").over(by_day))
    lines = lines.withColumn("_gap", gap)
    is_apart = ~F.col("_in_order") & (F.coalesce("_gap", F.lit(0)) > F.col("_limit"))
    lines = lines.withColumn("_apart", is_apart.cast("int"))
    lines = lines.withColumn("_island", F.sum("_apart").over(_running("_group", "_loose")))
    lines = lines.withColumn("_open", F.sum("_side").over(_running("_group", "_loose", "_island")))
    lowest = F.least(F.min("_open").over(_running("_group", "_loose", "_island")), F.lit(0))
    lines = lines.withColumn("_floor", F.when(F.col("_in_order"), lowest).otherwise(F.lit(0)))
    # A line that opens and the one that closes it stand on one level, as brackets do.
    lines = lines.withColumn("_level", F.col("_open") + (F.col("_side") == SECOND).cast("int"))
    level = _running("_group", "_loose", "_island", "_floor", "_level")
    opened, closed = (F.sum((F.col("_side") == side).cast("int")).over(level) for side in (FIRST, SECOND))
    lines = lines.withColumns({"_opened": opened, "_closed": closed})
    number = F.when(F.col("_in_order"), F.col("_opened")).otherwise(F.greatest("_opened", "_closed"))
    loose = _key("_island", "_floor", "_level", number)
    return lines.withColumn("_pair", F.when(F.col("_loose"), loose).otherwise(F.col("_day_pair")))


def _of_one_day(lines: DataFrame) -> DataFrame:
    """`_day_pair` where no order is asked for: the n-th line of a side with the n-th of the other on the same day.

    `_loose` are the lines that are left.
    """
    day = Window.partitionBy("_group", "date")
    nth = F.row_number().over(Window.partitionBy("_group", "date", "_side").orderBy(F.abs("_rank"), "transaction_id"))
    firsts, seconds = (F.sum((F.col("_side") == side).cast("int")).over(day) for side in (FIRST, SECOND))
    lines = lines.withColumns({"_nth": nth, "_firsts": firsts, "_seconds": seconds})
    is_paired = ~F.col("_in_order") & (F.col("_nth") <= F.least("_firsts", "_seconds"))
    key = _key(F.lit("day"), F.col("date"), "_nth")
    is_none = F.col("_side") == 0
    return lines.withColumns(
        {"_day_pair": F.when(is_paired & ~is_none, key), "_loose": ~F.coalesce(is_paired | is_none, F.lit(False))}
    )


def _by_day() -> tuple[Column, ...]:
    return F.col("date"), F.desc("_side"), F.col("_rank"), F.col("transaction_id")


def _running(group: str, *keys: str) -> WindowSpec:
    """From the first line of these keys to the current one."""
    return (
        Window.partitionBy(group, *keys).orderBy(*_by_day()).rowsBetween(Window.unboundedPreceding, Window.currentRow)
    )


def _key(*parts: "Column | str") -> Column:
    return F.concat_ws("\x1f", *[(F.col(part) if isinstance(part, str) else part).cast("string") for part in parts])


def running_total(size: str, group: str, *keys: str) -> Column:
    """The sum of the sizes before a line in the order of days, among equal keys."""
    return (F.sum(size).over(_running(group, *keys)) - F.col(size)).cast("decimal(18,2)")
