"""Which payment settles which bill: the oldest that is still owed first, as the bank counts it.

Debts lie one after the other on a line of money, and so do payments; where they lie over each other, one settles the
other. What that makes of a bill is for ``bill_proofs.py``.
"""

from typing import Final

from pyspark.sql import Column, DataFrame, Window
from pyspark.sql import functions as F

from nubank_assets.domain.proof_words import PaymentTiming, SettledBy
from nubank_assets.domain.vocabulary import BillState
from nubank_assets.transforms.bill_dues import brl, payments_of
from nubank_assets.transforms.frames import Frames, select_table
from nubank_assets.transforms.steps import Parameters

#: More than anybody owes: what settles nothing yet.
_WITHOUT_END: Final = "9999999999999.99"
_LAST: Final = 1_000_000_000
_CHAIN: Final = ["account", "chain"]
_OF_BILL: Final = {"bill": "string", "month": "string", "bill_due": "date", "pay_until": "date"}


def match_payments(frames: Frames, parameters: Parameters) -> DataFrame:  # noqa: ARG001
    """`bill_payments`: every payment with the bills that it settles; its parts add up to it."""
    dues = frames["bill_dues"]
    debts = _on_a_line(_debts(dues), "place").withColumnsRenamed({"_from": "_owed_from", "_to": "_owed_to"})
    sources = _on_a_line(_sources(dues, frames), "_came", "date", "transaction_id")
    part = F.least("_owed_to", "_to") - F.greatest("_owed_from", "_from")
    met = debts.join(sources, _CHAIN).withColumn("amount_brl", brl(part)).where("amount_brl > 0")
    columns = {"timing": _timing(), "month": F.coalesce("month", F.substring("paid_in", 1, 7))}
    met = select_table("bill_payments", met.withColumns(columns))
    return met.unionByName(select_table("bill_payments", _taken_back(frames)))


def _taken_back(frames: Frames) -> DataFrame:
    """Payments that were taken back: their bill owes them again."""
    columns = {
        "month": F.substring("bill", 1, 7),
        "paid_in": F.col("bill"),
        "settled_by": F.lit(SettledBy.PAYMENT.value),
        "timing": F.lit(PaymentTiming.RETURNED.value),
    }
    return payments_of(frames).where("amount_brl < 0").withColumns(columns)


def _on_a_line(rows: DataFrame, *order: str) -> DataFrame:
    """Where each row's amount lies when all of its chain lie one after the other."""
    so_far = Window.partitionBy(*_CHAIN).orderBy(*order).rowsBetween(Window.unboundedPreceding, Window.currentRow)
    rows = rows.withColumn("_to", F.sum("_amount").over(so_far))
    rows = rows.withColumn("_to", F.col("_to").cast("decimal(18,2)"))
    return rows.withColumn("_from", brl(F.col("_to") - F.col("_amount"))).drop("_amount")


def _debts(dues: DataFrame) -> DataFrame:
    """What each bill owes; before a chain's first what was owed already, after its last what may come."""
    columns = [*_CHAIN, *_OF_BILL, "place", "_amount"]
    nothing = {name: F.lit(None).cast(type_) for name, type_ in _OF_BILL.items()}
    own = dues.withColumn("_amount", F.col("owed_brl"))
    ends = dues.groupBy(*_CHAIN).agg(F.max("owed_before_brl").alias("_before"))
    ends = ends.withColumn("place", F.explode(F.array(F.lit(0), F.lit(_LAST)))).withColumns(nothing)
    rest = F.when(F.col("place") == 0, F.col("_before")).otherwise(F.lit(_WITHOUT_END).cast("decimal(18,2)"))
    return own.select(*columns).unionByName(ends.withColumn("_amount", rest).select(*columns))


def _sources(dues: DataFrame, frames: Frames) -> DataFrame:
    """What settles debts, in the order in which it came: payments, and what a bill gives back when it closes."""
    columns = [*_CHAIN, "paid_in", "_came", "settled_by", "date", "transaction_id", "_amount"]
    places = dues.select(*_CHAIN, "bill", "place")
    paid = places.join(payments_of(frames).where("amount_brl > 0"), ["account", "bill"]).withColumns(
        {
            "settled_by": F.lit(SettledBy.PAYMENT.value),
            "_came": F.col("place") * 2,
            "_amount": F.col("amount_brl"),
        }
    )
    given = dues.where((F.col("bill_state") != BillState.FUTURE.value) & (F.col("due_brl") > 0)).withColumns(
        {
            "settled_by": F.lit(SettledBy.CREDIT.value),
            "_came": F.col("place") * 2 + 1,
            "_amount": F.col("due_brl"),
            "date": F.lit(None).cast("date"),
            "transaction_id": F.lit(None).cast("string"),
        }
    )
    paid, given = (rows.withColumn("paid_in", F.col("bill")).select(*columns) for rows in (paid, given))
    return paid.unionByName(given)


def _timing() -> Column:
    """When it came, seen from the bill; `_came` is twice the place of the bill in whose cycle that was."""
    place = F.col("place").cast("bigint") * 2
    cases = {
        PaymentTiming.UNKNOWN_BILL: F.col("place") == 0,
        PaymentTiming.UNUSED: F.col("place") == _LAST,
        PaymentTiming.FROM_CREDIT: F.col("_came") < place,
        PaymentTiming.EARLY: F.col("_came") <= place + 1,
        PaymentTiming.LATE: F.coalesce(F.col("date") > F.col("pay_until"), F.lit(True)),
        PaymentTiming.DUE_UNKNOWN: F.col("bill_due").isNull(),
    }
    known = F.coalesce(*[F.when(holds, F.lit(timing.value)) for timing, holds in cases.items()])
    return F.coalesce(known, F.lit(PaymentTiming.ON_TIME.value))
