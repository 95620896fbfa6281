"""The bills of a card one after the other: what each charges by itself, and which follows which.

Base of ``bill_payments.py`` and ``bill_proofs.py``; what a line is was decided before.
"""

from typing import Final

from pyspark.sql import Column, DataFrame, Window, WindowSpec
from pyspark.sql import functions as F

from nubank_assets.domain.vocabulary import AccountType, BillState, Kind
from nubank_assets.transforms.frames import Frames, day_of, month_number, select_table, zero
from nubank_assets.transforms.stated_totals import with_stated_totals
from nubank_assets.transforms.steps import Parameters

_NEXT: Final = ("bill", "bill_state", "as_of")
_SUMS: Final = ("received_brl", "carried_brl", "carried_credit_brl", "_back", "_paid", "_later")


def brl(amount: Column) -> Column:
    """An amount in the type of money; none is zero."""
    return F.coalesce(amount.cast("decimal(18,2)"), zero())


def payments_of(frames: Frames) -> DataFrame:
    """The payments received on cards: `account`, `bill` (whose document has it), `date`, `transaction_id`, amount."""
    is_payment = (F.col("account_type") == AccountType.CARD.value) & (F.col("kind") == Kind.BILL_PAYMENT.value)
    lines = frames["categorized_transactions"].where(is_payment)
    return lines.select("account", "bill", "date", "transaction_id", "amount_brl")


def list_dues(frames: Frames, parameters: Parameters) -> DataFrame:  # noqa: ARG001
    """`bill_dues`: every bill with its place, its neighbours and what it charges by itself.

    A carried balance restates what a bill before charged: it is a bill's own only where that bill is not here.
    """
    bills = frames["bills"].withColumn("_seen_on", day_of("as_of"))
    bills = with_stated_totals(_neutral_sums(frames).join(bills, ["account", "bill"], "right"), frames)
    bills = _in_chains(bills)
    bills = bills.withColumns({name: brl(F.col(name)) for name in _SUMS})
    bills = bills.withColumn("total_brl", brl(F.col("total_brl") + F.col("payments_brl") - F.col("received_brl")))
    own = F.when(F.col("_is_first"), F.col("total_brl")).otherwise(F.col("total_brl") - F.col("carried_brl"))
    bills = bills.withColumn("due_brl", brl(own))
    is_owed = F.col("bill_state") != BillState.FUTURE.value
    owed = F.when(is_owed, F.greatest(-F.col("due_brl"), zero())).otherwise(zero()) - F.col("_back")
    # What was paid in a first bill's cycle settles those before it; so will what it carries and was not paid since.
    left = F.greatest(F.col("carried_credit_brl") - F.col("_later"), zero())
    before = F.when(F.col("_is_first"), F.col("_paid") + left).otherwise(zero())
    columns = {"owed_brl": brl(owed), "owed_before_brl": brl(before), "pay_until": _pay_until()}
    return select_table("bill_dues", bills.withColumns(columns))


def _in_chains(bills: DataFrame) -> DataFrame:
    """The bills in order; a gap of a month begins a new chain."""
    bills = bills.withColumns({"_month": month_number(F.col("month")), "place": F.row_number().over(in_order())})
    nexts = {f"next_{name}": F.lead(name).over(in_order()) for name in _NEXT}
    bills = bills.withColumns(
        {"_before": F.lag("_month").over(in_order()), "_after": F.lead("_month").over(in_order()), **nexts}
    )
    follows = F.coalesce(F.col("_after") - F.col("_month") <= 1, F.lit(False))
    bills = bills.withColumns(
        {
            "_is_first": F.coalesce(F.col("_month") - F.col("_before") > 1, F.lit(True)),
            **{name: F.when(follows, F.col(name)) for name in nexts},
        }
    )
    return bills.withColumn("chain", F.sum(F.col("_is_first").cast("int")).over(_so_far()))


def _neutral_sums(frames: Frames) -> DataFrame:
    """Of each bill the sums of payments and of carried balances, which are few lines."""
    kinds = [Kind.BILL_PAYMENT.value, Kind.CARRIED_BALANCE.value]
    lines = frames["categorized_transactions"].where(F.col("account_type") == AccountType.CARD.value)
    lines = lines.where(F.col("kind").isin(kinds)).select("account", "bill", "date", "kind", "amount_brl")
    amount, is_carried = F.col("amount_brl"), F.col("kind") == Kind.CARRIED_BALANCE.value
    first = F.min(F.when(is_carried, F.col("date"))).over(Window.partitionBy("account", "bill"))
    lines = lines.withColumn("_carried_on", first)
    sums = {
        "received_brl": ~is_carried,
        "carried_brl": is_carried,
        "carried_credit_brl": is_carried & (amount > 0),
        "_back": ~is_carried & (amount < 0),
        "_paid": ~is_carried & (amount > 0),
        "_later": ~is_carried & (amount > 0) & (F.col("date") >= F.col("_carried_on")),
    }
    return lines.groupBy("account", "bill").agg(*[F.sum(F.when(of, amount)).alias(n) for n, of in sums.items()])


def _pay_until() -> Column:
    """The last day to pay: due on a weekend, a bill can be paid on Monday. Of an unknown day its month's last."""
    due = F.coalesce("bill_due", F.last_day(F.to_date(F.concat(F.col("month"), F.lit("-01")))))
    weekday = F.dayofweek(due)
    return F.date_sub(due, F.when(weekday == 7, F.lit(-2)).when(weekday == 1, F.lit(-1)).otherwise(F.lit(0)))


def in_order() -> WindowSpec:
    """The bills of each card, the oldest first."""
    return Window.partitionBy("account").orderBy("bill")


def _so_far() -> WindowSpec:
    return in_order().rowsBetween(Window.unboundedPreceding, Window.currentRow)
