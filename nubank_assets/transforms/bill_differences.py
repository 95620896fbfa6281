"""What lies between the total that is stated of a bill and what its lines add up to, by name.

What is sure is taken first: other lines in the document that states the total, and lines that could not be read. What
is left is named only if one thing makes up for it to the centavo; else it is unexplained.
"""

from typing import Final

from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as F

from nubank_assets.domain.proof_words import DifferenceCause
from nubank_assets.domain.vocabulary import LineState
from nubank_assets.transforms.bill_dues import brl, in_order
from nubank_assets.transforms.bill_proofs import settled_bills
from nubank_assets.transforms.frames import Frames, select_table, zero
from nubank_assets.transforms.steps import Parameters

_BILL: Final = ["account", "bill"]


def name_differences(frames: Frames, parameters: Parameters) -> DataFrame:  # noqa: ARG001
    """`bill_differences`: the parts of every difference, which add up to it."""
    bills = _differing(frames)
    rejects = _unreadable(frames)
    own, stating = (_prefixed(rejects, name, "document") for name in ("own", "stating"))
    stating = stating.withColumnRenamed("document", "stated_in")
    bills = stating.join(own.join(bills, "document", "right"), "stated_in", "right")
    bills = _with_rest(_line_sums(frames).join(bills, _BILL, "right")).withColumn("size", F.abs("rest"))
    bills = _payment_sizes(frames["bill_payments"]).join(bills, [*_BILL, "size"], "right")
    return select_table("bill_differences", _stacked(bills.withColumn("rest_cause", _cause_of_rest())))


def _differing(frames: Frames) -> DataFrame:
    """The bills that differ, with what the bill before left open or had too much of."""
    before = {"before_open": F.lag("rest_at_next").over(in_order()), "before_over": F.lag("overpaid").over(in_order())}
    bills = settled_bills(frames).withColumns(before).where("difference_brl <> 0")
    return bills.select(
        *_BILL,
        "month",
        "document",
        "stated_in",
        "total_brl",
        "stated_brl",
        "stated_lines_brl",
        "difference_brl",
        "carried_brl",
        "carried_credit_brl",
        "received_brl",
        brl(F.col("before_open")).alias("before_open"),
        brl(F.col("before_over")).alias("before_over"),
    )


def _unreadable(frames: Frames) -> DataFrame:
    """Of each document what its rejected lines come to, and how many do not even tell their amount."""
    rejects = frames["rejects"].groupBy("document")
    untold = F.sum(F.col("amount_brl").isNull().cast("int"))
    return rejects.agg(brl(F.sum("amount_brl")).alias("rejected"), untold.alias("untold"))


def _prefixed(frame: DataFrame, prefix: str, *kept: str) -> DataFrame:
    return frame.select(*kept, *[F.col(n).alias(f"{prefix}_{n}") for n in frame.columns if n not in kept])


def _line_sums(frames: Frames) -> DataFrame:
    """Of a bill's lines that do not count: what was replaced and is nowhere else, and what was no money."""
    documents = frames["raw_documents"].where("bill is not null").select(*_BILL, "document")
    states = [LineState.SUPERSEDED.value, LineState.VOID.value]
    lines = frames["transaction_sources"].where(F.col("line_state").isin(states) & F.col("transaction_id").isNull())
    lines = documents.join(lines.select("document", "line_state", "line_number", "own_id", "amount_brl"), "document")
    name = F.coalesce("own_id", F.concat_ws(" ", "document", F.col("line_number").cast("string")))
    lines = lines.groupBy(*_BILL, "line_state", name.alias("_name")).agg(F.max("amount_brl").alias("_amount"))
    sums = [F.sum(F.when(F.col("line_state") == state, F.col("_amount"))).alias(f"{state}_sum") for state in states]
    return lines.groupBy(*_BILL).agg(*sums)


def _with_rest(bills: DataFrame) -> DataFrame:
    """The sure parts, and what is left after them. A reject that makes the difference larger is no line of the bill."""
    difference = F.col("difference_brl")
    unread = _if_it_helps(difference, F.col("own_rejected"))
    stating = F.coalesce("stated_lines_brl", "total_brl")
    is_other = F.coalesce(F.col("stated_in") != F.col("document"), F.lit(False))
    told_unread = F.when(is_other, _if_it_helps(F.col("stated_brl") - stating, F.col("stating_rejected"))).otherwise(
        unread
    )
    bills = bills.withColumns({"unread": brl(unread), "told_unread": brl(told_unread), "stating": brl(stating)})
    other = F.col("stating") + F.col("told_unread") - F.col("total_brl") - F.col("unread")
    bills = bills.withColumn("other", brl(other))
    return bills.withColumn("rest", brl(F.col("difference_brl") - F.col("unread") - F.col("other")))


def _if_it_helps(difference: Column, amount: Column) -> Column:
    known = brl(amount)
    return F.when(F.abs(difference - known) < F.abs(difference), known).otherwise(zero())


def _payment_sizes(payments: DataFrame) -> DataFrame:
    """The sizes of the payments in each bill's document, whatever they settle."""
    lines = payments.where("transaction_id is not null").groupBy("account", "paid_in", "transaction_id")
    sizes = lines.agg(F.sum("amount_brl").alias("_sum"))
    sizes = sizes.select("account", F.col("paid_in").alias("bill"), brl(F.abs("_sum")).alias("size")).distinct()
    return sizes.withColumn("is_payment", F.lit(True))


def _cause_of_rest() -> Column:
    """What makes up for the rest, to the centavo; only lines without an amount can make up for anything."""
    rest, size = F.col("rest"), F.col("size")
    untold = F.coalesce("own_untold", F.lit(0)) + F.coalesce("stating_untold", F.lit(0))
    carried = [
        F.abs("carried_brl"),
        F.abs("carried_credit_brl"),
        F.abs(F.col("carried_brl") - F.col("carried_credit_brl")),
    ]
    cases = {
        DifferenceCause.SUPERSEDED_LINES: rest == F.col("superseded_sum"),
        DifferenceCause.VOID_LINES: rest == F.col("void_sum"),
        DifferenceCause.CARRIED_LINES: size.isin(*carried),
        DifferenceCause.BILL_BEFORE: (rest == F.col("before_open")) | (rest == F.col("before_over")),
        DifferenceCause.PAYMENTS: F.col("is_payment").isNotNull() | (size == F.abs("received_brl")),
        DifferenceCause.UNREADABLE_LINES: untold > 0,
    }
    known = F.coalesce(*[F.when(holds, F.lit(cause.value)) for cause, holds in cases.items()])
    return F.coalesce(known, F.lit(DifferenceCause.UNEXPLAINED.value))


def _stacked(bills: DataFrame) -> DataFrame:
    """A row for each part that is not zero."""
    parts = {DifferenceCause.REJECTED_LINES.value: "unread", DifferenceCause.OTHER_DOCUMENT.value: "other", "": "rest"}
    rows = bills.withColumn("_part", F.explode(F.array(*[F.lit(part) for part in parts])))
    amount = F.coalesce(*[F.when(F.col("_part") == part, F.col(name)) for part, name in parts.items()])
    cause = F.coalesce(F.nullif("_part", F.lit("")), F.col("rest_cause"))
    return rows.withColumns({"cause": cause, "amount_brl": amount}).where("amount_brl <> 0")
