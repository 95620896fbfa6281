"""categorized_tables to insights: months summed up and compared, recomputed whole over all months.

Only sums and comparisons of categorised lines; what a line is was decided before. A line of a future bill is in
no sum but `future_brl`.
"""

from functools import reduce
from typing import Final

from pyspark.sql import Column, DataFrame, Window
from pyspark.sql import functions as F

from nubank_assets.domain.documents import DAYS_FROM_CLOSE_TO_DUE
from nubank_assets.domain.vocabulary import Basis, BillState, Category, Flow
from nubank_assets.transforms.account_proofs import prove_accounts
from nubank_assets.transforms.balances import derive_daily_balances
from nubank_assets.transforms.bill_differences import name_differences
from nubank_assets.transforms.bill_dues import list_dues
from nubank_assets.transforms.bill_payments import match_payments
from nubank_assets.transforms.bill_proofs import prove_bills
from nubank_assets.transforms.commitments import sum_months_ahead, sum_plans
from nubank_assets.transforms.counting import prove_counting
from nubank_assets.transforms.coverage import cover_statements
from nubank_assets.transforms.frames import Frames, day_of, select_table, zero
from nubank_assets.transforms.learning import count_progress, tell_corrections
from nubank_assets.transforms.links import link_transactions
from nubank_assets.transforms.plan_parcels import tell_parcels
from nubank_assets.transforms.plans import find_plan_lines
from nubank_assets.transforms.steps import Parameters
from nubank_assets.transforms.unlinked import list_unlinked

_SPENDING: Final = [Flow.EXPENSE.value, Flow.EXPENSE_REDUCTION.value]
_IS_SPENDING: Final = f"flow in ('{_SPENDING[0]}', '{_SPENDING[1]}')"
_IS_INCOME: Final = f"flow = '{Flow.INCOME.value}'"
_IS_FUTURE: Final = "coalesce(bill_state = 'future', false)"
#: How far back each comparison looks, in months.
_COMPARISONS: Final = {"previous_month": 1, "previous_year": 12}
#: A month and the one it is compared with.
_PAIR: Final = ("basis", "comparison", "month")


def sum_days(frames: Frames, parameters: Parameters) -> DataFrame:  # noqa: ARG001
    """`daily_totals`: the lines of each day by account, flow, category and kind, once for each basis."""
    # Days first, for both bases: far fewer rows than lines for what follows.
    kinds = ["month", "account", "account_type", "date", "bill_state", "flow", "category", "kind", "bill_due"]
    sums = [F.sum("amount_brl").alias("amount_brl"), F.count(F.lit(1)).alias("transactions")]
    lines = frames["categorized_transactions"].groupBy(*kinds).agg(F.max("as_of").alias("as_of"), *sums)
    lines = lines.withColumn("seen", F.max(_seen_day()).over(Window.partitionBy("account")))
    is_card = F.col("account_type") == "card"
    due = F.coalesce("bill_due", F.last_day(_start("month")))
    by_bill = lines.withColumns(
        {
            "basis": F.lit(Basis.BILL.value),
            "position": F.when(is_card, F.datediff("date", due)).otherwise(F.dayofmonth("date")),
            "is_open": F.when(is_card, F.col("bill_state") != BillState.CLOSED.value).otherwise(_is_running("month")),
            "known_until": F.when(
                is_card, F.when(F.col("bill_state") == BillState.OPEN.value, F.datediff(_as_of_day(), due))
            ).otherwise(_days_known("month")),
        }
    )
    by_date = lines.withColumn("month", F.date_format("date", "yyyy-MM")).withColumns(
        {
            "basis": F.lit(Basis.DATE.value),
            "position": F.dayofmonth("date"),
            "is_open": _is_running("month"),
            "known_until": _days_known("month"),
        }
    )
    days = by_bill.unionByName(by_date).groupBy("basis", *kinds[:-1])
    states = [F.max(name).alias(name) for name in ("seen", "position", "is_open", "known_until")]
    sums = [F.sum(name).alias(name) for name in ("amount_brl", "transactions")]
    return select_table("daily_totals", days.agg(*states, *sums))


def _seen_day() -> Column:
    """The last day a line's document tells of: a closed bill tells nothing of the days after it closed."""
    is_closed = F.col("bill_state") == BillState.CLOSED.value
    closed_on = F.date_sub(F.coalesce("bill_due", F.last_day(_start("month"))), DAYS_FROM_CLOSE_TO_DUE)
    return F.when(is_closed, F.least(_as_of_day(), closed_on)).otherwise(_as_of_day())


def _as_of_day() -> Column:
    return day_of("as_of")


def _start(month: str) -> Column:
    return F.to_date(F.concat(F.col(month), F.lit("-01")))


def _is_running(month: str) -> Column:
    """The account was last seen before the month was over."""
    return F.col("seen") < F.last_day(_start(month))


def _days_known(month: str) -> Column:
    """The day of the month up to which the account is known; NULL when the month is over."""
    return F.when(_is_running(month), F.greatest(F.datediff("seen", _start(month)) + 1, F.lit(0)))


def summarize_months(frames: Frames, parameters: Parameters) -> DataFrame:  # noqa: ARG001
    """`monthly_summary`: one row for each month and basis."""
    return select_table("monthly_summary", _summarize(frames["daily_totals"], "month", "basis"))


def summarize_accounts(frames: Frames, parameters: Parameters) -> DataFrame:  # noqa: ARG001
    """`account_monthly_summary`: one row for each month, account and basis."""
    by_account = _summarize(frames["daily_totals"], "month", "account", "account_type", "basis")
    return select_table("account_monthly_summary", by_account)


def _summarize(days: DataFrame, *keys: str) -> DataFrame:
    income, expenses = _sum_where(_IS_INCOME), _sum_where(_IS_SPENDING)
    return days.groupBy(*keys).agg(
        F.max("is_open").alias("is_open"),
        income.alias("income_brl"),
        expenses.alias("expenses_brl"),
        (income + expenses).alias("net_brl"),
        _sum_where(f"{_IS_SPENDING} and account_type = 'card'").alias("card_expenses_brl"),
        _sum_where(f"{_IS_SPENDING} and account_type = 'account'").alias("account_expenses_brl"),
        _sum_where(f"{_IS_SPENDING} and category = '{Category.ENCARGOS.value}'").alias("charges_brl"),
        _sum_where(f"flow = '{Flow.NEUTRAL.value}'").alias("neutral_brl"),
        F.coalesce(F.sum(F.when(F.expr(_IS_FUTURE), F.col("amount_brl"))), zero()).alias("future_brl"),
        F.sum("transactions").alias("transactions"),
    )


def _sum_where(condition: str) -> Column:
    """The sum of the counted lines that fit, 0 if none does."""
    counted = F.expr(f"({condition}) and not {_IS_FUTURE}")
    return F.coalesce(F.sum(F.when(counted, F.col("amount_brl"))), zero())


def compare_periods(frames: Frames, parameters: Parameters) -> DataFrame:  # noqa: ARG001
    """`period_comparison`: each month against the one before and the one a year before.

    A month is compared only where both months have lines. An open month is compared with the lines of the
    earlier month that stand at the same days.
    """
    return select_table("period_comparison", _compare(frames["daily_totals"]))


def compare_accounts(frames: Frames, parameters: Parameters) -> DataFrame:  # noqa: ARG001
    """`account_period_comparison`: as `compare_periods`, each account by itself."""
    return select_table("account_period_comparison", _compare(frames["daily_totals"], "account", "account_type"))


def _compare(days: DataFrame, *by: str) -> DataFrame:
    sides = _sides(days.where(f"not {_IS_FUTURE}"))
    its_account = Window.partitionBy("basis", "comparison", "month", "account", "account_type")
    is_now = F.col("is_now")
    reach_of_bill = F.max(F.when(is_now, F.col("known_until"))).over(its_account)
    known = _pairs(sides, *by).join(sides.withColumn("bill_reach", reach_of_bill), [*by, *_PAIR])
    by_bill = (F.col("basis") == Basis.BILL.value) & (F.col("account_type") == "card")
    reach = F.when(by_bill, F.col("bill_reach")).otherwise(_days_known("month"))
    same_days = known.where(is_now | reach.isNull() | (F.col("position") <= reach))
    return _sum_dimensions(same_days, *by)


def _pairs(sides: DataFrame, *by: str) -> DataFrame:
    """The pairs of months that both have lines, and whether the later is open: few rows, for any number of accounts."""
    is_now = F.col("is_now")
    pairs = sides.groupBy(*by, *_PAIR).agg(
        F.max(is_now.cast("int")).alias("_now"),
        F.max((~is_now).cast("int")).alias("_then"),
        F.coalesce(F.max(F.when(is_now, F.col("is_open"))), F.lit(False)).alias("open_now"),
    )
    return pairs.where("_now = 1 and _then = 1").drop("_now", "_then")


def _sides(days: DataFrame) -> DataFrame:
    """Every day once as part of its own month and once as part of the later month it is compared with."""
    relevant = days.where(f"{_IS_SPENDING} or {_IS_INCOME}")
    sides = [
        relevant.withColumns(
            {
                "comparison": F.lit(name),
                "is_now": F.lit(is_now),
                "month": F.col("month") if is_now else _later(back),
                "compared_month": _later(-back) if is_now else F.col("month"),
            }
        )
        for name, back in _COMPARISONS.items()
        for is_now in (True, False)
    ]
    return reduce(DataFrame.unionByName, sides)


def _later(months: int) -> Column:
    return F.date_format(F.add_months(_start("month"), months), "yyyy-MM")


def _sum_dimensions(sides: DataFrame, *by: str) -> DataFrame:
    """Sums by total, category and kind, with difference and change."""
    total = F.when(F.expr(_IS_INCOME), F.lit("income")).otherwise(F.lit("expenses"))
    names = {"total": total, "category": F.when(F.expr(_IS_SPENDING), F.col("category")), "kind": F.col("kind")}
    # Of plain strings: Sail cannot build an array of structs of which only some may hold NULL.
    rows = sides.withColumn("dimension", F.explode(F.array(*[F.lit(dimension) for dimension in names])))
    rows = rows.withColumn("name", F.coalesce(*[F.when(F.col("dimension") == d, name) for d, name in names.items()]))
    keys = [*by, "month", "basis", "comparison", "dimension", "name", "compared_month", "open_now"]
    now, then = (
        F.coalesce(F.sum(F.when(F.col("is_now") == side, F.col("amount_brl"))), zero()) for side in (True, False)
    )
    sums = rows.where("name is not null").groupBy(*keys).agg(now.alias("amount_brl"), then.alias("compared_brl"))
    difference = (F.col("amount_brl") - F.col("compared_brl")).cast("decimal(18,2)")
    sums = sums.withColumns({"difference_brl": difference, "is_open": F.col("open_now")})
    # Cast before dividing: engines give a quotient different scales.
    size = F.abs(F.col("compared_brl").cast("decimal(18,2)"))
    share = F.col("difference_brl") * 100 / F.when(size != 0, size)
    return sums.withColumn("change_percent", F.round(share, 4))


TRANSFORMS: Final = {
    "daily_totals": sum_days,
    "monthly_summary": summarize_months,
    "period_comparison": compare_periods,
    "account_monthly_summary": summarize_accounts,
    "account_period_comparison": compare_accounts,
    "daily_balances": derive_daily_balances,
    "bill_dues": list_dues,
    "bill_payments": match_payments,
    "bill_differences": name_differences,
    "bill_proofs": prove_bills,
    "account_proofs": prove_accounts,
    "statement_coverage": cover_statements,
    "plan_lines": find_plan_lines,
    "plan_parcels": tell_parcels,
    "installment_plans": sum_plans,
    "commitment_months": sum_months_ahead,
    "transaction_links": link_transactions,
    "unlinked_transactions": list_unlinked,
    "counting_proof": prove_counting,
    "correction_outcomes": tell_corrections,
    "learning_progress": count_progress,
}
