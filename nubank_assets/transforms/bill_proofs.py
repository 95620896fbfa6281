"""Each bill against the total that is stated of it, and how it was paid.

What lies between lines and total is named in ``bill_differences.py``; which payment settles which bill is decided in
``bill_payments.py``.
"""

from typing import Final

from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as F

from nubank_assets.domain.proof_words import BillProof, BillSettlement, DifferenceCause, PaymentTiming
from nubank_assets.domain.vocabulary import BillState
from nubank_assets.transforms.bill_dues import brl
from nubank_assets.transforms.frames import Frames, day_of, select_table, zero
from nubank_assets.transforms.steps import Parameters

_BILL: Final = ["account", "bill"]
_CLOSED: Final = BillState.CLOSED.value
#: Money that was too much for the bill in whose cycle it came.
_LEFT_OVER: Final = (PaymentTiming.FROM_CREDIT.value, PaymentTiming.UNUSED.value)


def prove_bills(frames: Frames, parameters: Parameters) -> DataFrame:  # noqa: ARG001
    """`bill_proofs`: every bill."""
    parts = frames["bill_differences"]
    is_named = F.col("cause") != DifferenceCause.UNEXPLAINED.value
    named = F.array_join(F.sort_array(F.collect_set(F.when(is_named, F.col("cause")))), ", ")
    unexplained = F.sum(F.when(~is_named, F.col("amount_brl")))
    parts = parts.groupBy(*_BILL).agg(F.nullif(named, F.lit("")).alias("causes"), unexplained.alias("_unexplained"))
    bills = parts.join(settled_bills(frames), _BILL, "right")
    rest = F.when(F.col("difference_brl").isNotNull(), brl(F.col("_unexplained")))
    columns = {"unexplained_brl": rest, "proof": _proof(), "carried_brl": F.col("rest_at_next")}
    return select_table("bill_proofs", bills.withColumns(columns))


def settled_bills(frames: Frames) -> DataFrame:
    """Every bill of `bill_dues` with what settled it, and what lies between its stated total and its lines."""
    dues = frames["bill_dues"]
    bills = _paid(frames["bill_payments"], dues).join(dues, _BILL, "right")
    owed = F.least(F.col("due_brl"), zero())
    is_followed = F.coalesce(F.col("next_bill_state") == _CLOSED, F.lit(False))
    bills = bills.withColumns(
        {
            "paid_brl": brl(F.col("paid_brl")),
            "overpaid": brl(F.col("overpaid")),
            "difference_brl": (F.col("stated_brl") - F.col("total_brl")).cast("decimal(18,2)"),
            "_rest": (owed + brl(F.col("paid_brl"))).cast("decimal(18,2)"),
            "rest_at_next": F.when(is_followed, (owed + brl(F.col("_until_next"))).cast("decimal(18,2)")),
        }
    )
    bills = bills.withColumn("settlement", _settlement())
    is_known = F.col("settlement") != BillSettlement.UNKNOWN.value
    return bills.withColumn("open_brl", F.when(is_known, F.col("_rest")))


def _paid(payments: DataFrame, dues: DataFrame) -> DataFrame:
    """Of each bill what settled it, how much of that until the next one closed, from when to when; and what came in
    its own cycle that was too much.
    """
    of_bill = payments.where("bill is not null").withColumn("overpaid", zero())
    left_over = payments.where(F.col("timing").isin(*_LEFT_OVER) & (F.col("settled_by") == "payment"))
    left_over = left_over.withColumns({"overpaid": F.col("amount_brl"), "bill": F.col("paid_in")})
    is_own = F.col("overpaid") == 0
    met = dues.select(*_BILL, "next_bill").join(of_bill.unionByName(left_over), _BILL)
    came = F.when(is_own & (F.col("timing") != PaymentTiming.RETURNED.value), F.col("date"))
    is_before = F.col("timing").isin(PaymentTiming.EARLY.value, PaymentTiming.FROM_CREDIT.value)
    until_next = is_own & (F.col("paid_in") <= F.col("next_bill"))
    return met.groupBy(*_BILL).agg(
        F.sum(F.when(is_own, F.col("amount_brl"))).alias("paid_brl"),
        F.sum(F.when(until_next, F.col("amount_brl"))).alias("_until_next"),
        F.min(came).alias("first_paid_on"),
        F.max(came).alias("last_paid_on"),
        F.min(F.when(is_own, is_before.cast("int"))).alias("_is_early"),
        F.max(F.when(is_own, (F.col("timing") == PaymentTiming.LATE.value).cast("int"))).alias("_is_late"),
        F.sum("overpaid").alias("overpaid"),
    )


def _proof() -> Column:
    cases = {
        BillProof.NOT_CLOSED: F.col("bill_state") != _CLOSED,
        BillProof.UNSTATED: F.col("difference_brl").isNull(),
        BillProof.PROVEN: F.col("difference_brl") == 0,
    }
    known = F.coalesce(*[F.when(holds, F.lit(proof.value)) for proof, holds in cases.items()])
    return F.coalesce(known, F.lit(BillProof.DIFFERS.value))


def _settlement() -> Column:
    """How a bill was paid, by the first that holds; what was carried is told before what became of it."""
    is_open, carried = F.col("_rest") < 0, F.coalesce(F.col("rest_at_next"), zero())
    seen = F.coalesce(F.when(F.col("next_bill_state") != BillState.FUTURE.value, F.col("next_as_of")), F.col("as_of"))
    is_over = day_of(seen) > F.col("pay_until")
    is_told = F.coalesce(F.col("next_bill_state") != BillState.FUTURE.value, F.lit(False))
    cases = {
        BillSettlement.NOT_DUE: (F.col("bill_state") != _CLOSED) | (is_open & ~is_over),
        BillSettlement.NOTHING_DUE: F.col("due_brl") >= 0,
        BillSettlement.CARRIED: carried < 0,
        BillSettlement.UNKNOWN: is_open & ~is_told,
        BillSettlement.PAID_PARTLY: is_open & (F.col("paid_brl") > 0),
        BillSettlement.UNPAID: is_open,
        BillSettlement.OVERPAID: F.col("overpaid") > 0,
        BillSettlement.PAID_EARLY: F.coalesce(F.col("_is_early") == 1, F.lit(False)),
        BillSettlement.PAID_LATE: F.coalesce(F.col("_is_late") == 1, F.lit(False)),
    }
    known = F.coalesce(*[F.when(holds, F.lit(one.value)) for one, holds in cases.items()])
    return F.coalesce(known, F.lit(BillSettlement.PAID.value))
