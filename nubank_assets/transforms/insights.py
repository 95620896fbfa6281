"""categorized_tables to insights: months summed up and compared, recomputed whole over all months.

Only sums and comparisons of categorised lines; what a line is was decided before. A line of a future bill is in
no sum but `future_brl`.
"""

from functools import reduce
from typing import Final

from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as F

from nubank_assets.domain.vocabulary import Basis, BillState, Category, Flow
from nubank_assets.transforms.frames import Frames, select_table
from nubank_assets.transforms.steps import Parameters

_SPENDING: Final = [Flow.EXPENSE.value, Flow.EXPENSE_REDUCTION.value]
_IS_SPENDING: Final = f"flow in ('{_SPENDING[0]}', '{_SPENDING[1]}')"
_IS_FUTURE: Final = "coalesce(bill_state = 'future', false)"
#: How far back each comparison looks, in months.
_COMPARISONS: Final = {"previous_month": 1, "previous_year": 12}


def summarize_months(frames: Frames, parameters: Parameters) -> DataFrame:  # noqa: ARG001
    """`monthly_summary`: one row for each month and basis."""
    lines = _lines_by_basis(frames)
    expenses = _sum_where(_IS_SPENDING)
    income = _sum_where(f"flow = '{Flow.INCOME.value}'")
    months = lines.groupBy("month", "basis").agg(
        F.max("is_open").alias("is_open"),
        income.alias("income_brl"),
        expenses.alias("expenses_brl"),
        (income + expenses).alias("net_brl"),
        _sum_where(f"{_IS_SPENDING} and account_type = 'card'").alias("card_expenses_brl"),
        _sum_where(f"{_IS_SPENDING} and account_type = 'account'").alias("account_expenses_brl"),
        _sum_where(f"{_IS_SPENDING} and category = '{Category.ENCARGOS.value}'").alias("charges_brl"),
        _sum_where(f"flow = '{Flow.NEUTRAL.value}'").alias("neutral_brl"),
        F.coalesce(F.sum(F.when(F.expr(_IS_FUTURE), F.col("amount_brl"))), _zero()).alias("future_brl"),
        F.count(F.lit(1)).alias("transactions"),
    )
    return select_table("monthly_summary", months)


def _zero() -> Column:
    return F.lit("0").cast("decimal(18,2)")


def _sum_where(condition: str) -> Column:
    """The sum of the counted lines that fit, 0 if none does."""
    counted = F.expr(f"({condition}) and not {_IS_FUTURE}")
    return F.coalesce(F.sum(F.when(counted, F.col("amount_brl"))), _zero())


def _lines_by_basis(frames: Frames) -> DataFrame:
    """Every line once for each basis, with its month there.

    `position` makes the same days of two months comparable: the day of the month or, for a card line by bill,
    the days until the bill is due, negative.
    """
    lines = frames["categorized_transactions"].join(_accounts(frames), "account")
    is_card = F.col("account_type") == "card"
    due = F.coalesce("bill_due", F.last_day(_start("month")))
    by_bill = lines.withColumns(
        {
            "basis": F.lit(Basis.BILL.value),
            "position": F.when(is_card, F.datediff("date", due)).otherwise(F.dayofmonth("date")),
            "is_open": F.when(is_card, F.col("bill_state") != BillState.CLOSED.value).otherwise(_is_running()),
        }
    )
    by_date = lines.withColumn("month", F.date_format("date", "yyyy-MM")).withColumns(
        {"basis": F.lit(Basis.DATE.value), "position": F.dayofmonth("date"), "is_open": _is_running()}
    )
    return by_bill.unionByName(by_date)


def _accounts(frames: Frames) -> DataFrame:
    """Each account with the last São Paulo day it was seen."""
    seen = F.to_date(F.from_utc_timestamp(F.max("as_of"), "America/Sao_Paulo"))
    return frames["categorized_transactions"].groupBy("account").agg(seen.alias("seen"))


def _start(month: str) -> Column:
    return F.to_date(F.concat(F.col(month), F.lit("-01")))


def _is_running() -> Column:
    """The account was last seen before the month was over."""
    return F.col("seen") < F.last_day(_start("month"))


def compare_periods(frames: Frames, parameters: Parameters) -> DataFrame:  # noqa: ARG001
    """`period_comparison`: each month against the one before and the one a year before.

    An open month is compared with the lines of the earlier month that stand at the same days.
    """
    lines = _lines_by_basis(frames)
    counted = lines.where(f"not {_IS_FUTURE}")
    keys = ["basis", "month", "account", "account_type", "seen", "position", "flow", "category", "kind"]
    days = counted.groupBy(*keys).agg(F.sum("amount_brl").alias("brl"))
    pairs = _pairs(counted)
    amounts = days.join(pairs, ["basis", "month"]).withColumns({"amount_brl": F.col("brl"), "compared_brl": _zero()})
    earlier = days.withColumnRenamed("month", "compared_month").join(pairs, ["basis", "compared_month"])
    known = _same_days(earlier, counted).withColumns({"amount_brl": _zero(), "compared_brl": F.col("brl")})
    columns = ["basis", "month", "comparison", "compared_month", "is_open", "flow", "category", "kind"]
    both = amounts.select(*columns, "amount_brl", "compared_brl").unionByName(
        known.select(*columns, "amount_brl", "compared_brl")
    )
    return select_table("period_comparison", _sum_dimensions(both))


def _pairs(counted: DataFrame) -> DataFrame:
    """Months that have lines, with the earlier month each is compared with where that has lines too."""
    months = counted.groupBy("basis", "month").agg(F.max("is_open").alias("is_open"))
    earlier = months.select("basis", F.col("month").alias("compared_month"))
    compared = [
        months.withColumns(
            {
                "comparison": F.lit(name),
                "compared_month": F.date_format(F.add_months(_start("month"), -back), "yyyy-MM"),
            }
        )
        for name, back in _COMPARISONS.items()
    ]
    return reduce(DataFrame.unionByName, compared).join(earlier, ["basis", "compared_month"])


def _same_days(earlier: DataFrame, counted: DataFrame) -> DataFrame:
    """The lines of compared months, without the days that an open month has not come to yet."""
    days_to_due = F.datediff(
        F.to_date(F.from_utc_timestamp(F.max("as_of"), "America/Sao_Paulo")),
        F.max(F.coalesce("bill_due", F.last_day(_start("month")))),
    )
    open_bills = (
        counted.where(f"basis = '{Basis.BILL.value}' and bill_state = '{BillState.OPEN.value}'")
        .groupBy("basis", "account", "month")
        .agg(days_to_due.alias("bill_reach"))
    )
    days_known = F.greatest(F.datediff("seen", _start("month")) + 1, F.lit(0))
    by_days = (F.col("basis") == Basis.DATE.value) | (F.col("account_type") == "account")
    reach = F.when(by_days, F.when(_is_running(), days_known)).otherwise(F.col("bill_reach"))
    joined = earlier.join(open_bills, ["basis", "account", "month"], "left")
    return joined.where(reach.isNull() | (F.col("position") <= reach))


def _sum_dimensions(both: DataFrame) -> DataFrame:
    """Sums by total, category and kind, with difference and change."""
    totals = F.when(F.col("flow") == Flow.INCOME.value, F.lit("income")).otherwise(F.lit("expenses"))
    relevant = both.where(f"{_IS_SPENDING} or flow = '{Flow.INCOME.value}'")
    dimensions = [
        relevant.withColumns({"dimension": F.lit("total"), "name": totals}),
        relevant.where(_IS_SPENDING).withColumns({"dimension": F.lit("category"), "name": F.col("category")}),
        relevant.withColumns({"dimension": F.lit("kind"), "name": F.col("kind")}),
    ]
    keys = ["month", "basis", "comparison", "dimension", "name", "compared_month", "is_open"]
    sums = reduce(DataFrame.unionByName, dimensions).groupBy(*keys)
    compared = sums.agg(F.sum("amount_brl").alias("amount_brl"), F.sum("compared_brl").alias("compared_brl"))
    difference = (F.col("amount_brl") - F.col("compared_brl")).cast("decimal(18,2)")
    compared = compared.withColumn("difference_brl", difference)
    # Cast before dividing: engines give a quotient different scales.
    share = F.col("difference_brl").cast("decimal(18,2)") * 100 / F.abs(F.col("compared_brl").cast("decimal(18,2)"))
    percent = F.when(F.col("compared_brl") != 0, F.round(share, 4))
    return compared.withColumn("change_percent", percent)


TRANSFORMS: Final = {
    "monthly_summary": summarize_months,
    "period_comparison": compare_periods,
}
