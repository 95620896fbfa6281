"""insights: every parcel of every plan, and what became of it or when it is to come.

Which lines are of one plan is decided in ``plans.py``; plans and months ahead are summed up in ``commitments.py``. To
come is what bills that are not closed yet will charge, after the newest closed one of the account: no clock is read.
"""

from pyspark.sql import Column, DataFrame, Window
from pyspark.sql import functions as F

from nubank_assets.domain.plans import ParcelState, PlanKind, PlanRole
from nubank_assets.domain.vocabulary import BillState
from nubank_assets.transforms.frames import Frames, day_of, select_table
from nubank_assets.transforms.steps import Parameters


def tell_parcels(frames: Frames, parameters: Parameters) -> DataFrame:  # noqa: ARG001
    """`plan_parcels`: each parcel of each plan once, seen or not, with what became of it."""
    lines = _lines(frames["plan_lines"])
    each = _plans(lines).withColumn("installment", F.explode(F.sequence(F.lit(1), F.col("installments"))))
    due = F.add_months(_start("first_month"), F.col("installment") - 1)
    each = each.withColumn("_due", F.date_format(due, "yyyy-MM"))
    shown = _shown(lines).join(each, ["plan_id", "installment"], "right")
    known = _bills(frames["bills"]).join(shown, ["account", "_due"], "right")
    closed = F.max("_closed_to").over(Window.partitionBy("account"))
    known = known.withColumns({"_closed": closed, "_is_lacking": _is_lacking()})
    missing = F.when(F.col("_is_lacking") & _is_after(), F.col("installment"))
    known = known.withColumn("_missing_from", F.min(missing).over(Window.partitionBy("plan_id")))
    columns = {
        "month": F.coalesce("_month", "_due"),
        "parcel_state": _state(),
        "amount_brl": F.coalesce("_amount", F.col("usual_brl")),
    }
    return select_table("plan_parcels", known.withColumns(columns))


def _lines(lines: DataFrame) -> DataFrame:
    """The parcels of each plan, with what its refunds say.

    `_is_stale`: a document that was made before the plan was cancelled still has it.
    """
    cancelled = F.when(F.col("cancels_rest"), F.col("date"))
    cancelled_in = F.when(F.col("cancels_rest"), F.col("month"))
    given_back = F.when(_is(PlanRole.REFUND), F.col("amount_brl"))
    of_plan = Window.partitionBy("plan_id")
    lines = lines.withColumns(
        {
            "_cancelled_on": F.min(cancelled).over(of_plan),
            "_cancelled_in": F.min(cancelled_in).over(of_plan),
            "_refunded": F.sum(given_back).over(of_plan),
        }
    )
    lines = lines.where("installment is not null")
    stale = ~_is_closed() & (day_of("as_of") < F.col("_cancelled_on"))
    return lines.withColumn("_is_stale", _is(PlanRole.PARCEL) & F.coalesce(stale, F.lit(False)))


def _is(role: PlanRole) -> Column:
    return F.col("role") == role.value


def _is_closed() -> Column:
    return F.col("bill_state") == BillState.CLOSED.value


def _plans(lines: DataFrame) -> DataFrame:
    """One row a plan: what it says of itself, and up to which parcel bills have shown it."""
    amount, number = F.col("amount_brl"), F.col("installment")
    first, later = (
        F.when(_is(PlanRole.PARCEL) & (number == 1), amount),
        F.when(_is(PlanRole.PARCEL) & (number > 1), amount),
    )
    shown = _is(PlanRole.PARCEL) & ~F.col("_is_stale")
    bought = F.when(_is(PlanRole.PARCEL) & (number == 1), F.col("purchased_on"))
    # With its number in front, the greatest text is that of the last parcel.
    last = {
        name: F.max(F.concat(F.lpad(number.cast("string"), 3, "0"), F.col(name))) for name in ("merchant", "category")
    }
    known = {
        "account": F.max("account"),
        "plan_kind": F.coalesce(
            F.max(F.when(_is(PlanRole.PARCEL), F.col("plan_kind"))), F.lit(PlanKind.PURCHASE.value)
        ),
        **{name: F.substring(text, 4, 1000) for name, text in last.items()},
        "purchased_on": F.coalesce(F.max(bought), F.max("purchased_on")),
        "first_month": F.max("first_month"),
        "installments": F.max("installments"),
        "usual_brl": F.coalesce(F.max(later), F.max(F.when(_is(PlanRole.PARCEL), amount)), F.max(amount)),
        "is_estimated": (F.count(first) == 0) | (F.count(later) == 0),
        "_last": F.max(F.when(shown, number)),
        "_last_in": F.max(F.when(shown, F.col("month"))),
        "_billed": -F.sum(F.when(shown, amount)),
        "_known_on": F.min(day_of("as_of")),
        **{name: F.max(name) for name in ("_cancelled_in", "_refunded")},
    }
    return lines.groupBy("plan_id").agg(*[value.alias(name) for name, value in known.items()])


def _shown(lines: DataFrame) -> DataFrame:
    """By plan and number the line that counts: on a closed bill, paid early, else of an open or future bill."""
    lines = lines.where(~F.col("_is_stale"))
    is_billed = _is(PlanRole.PARCEL) & _is_closed()
    rank = F.when(is_billed, 0).when(_is(PlanRole.EARLY), 1).otherwise(2)
    best = Window.partitionBy("plan_id", "installment").orderBy(rank, "transaction_id")
    lines = lines.withColumn("_rank", F.row_number().over(best)).where("_rank = 1")
    return lines.select(
        "plan_id",
        "installment",
        "transaction_id",
        F.col("month").alias("_month"),
        F.col("amount_brl").alias("_amount"),
        _is(PlanRole.EARLY).alias("_is_early"),
        is_billed.alias("_is_billed"),
    )


def _bills(bills: DataFrame) -> DataFrame:
    """The bills that were imported, by month, and the newest closed one; of two in a month the later tells more.

    Each account of a plan has a bill here: the one that shows a parcel.
    """
    months = bills.groupBy("account", F.col("month").alias("_due")).agg(
        F.max(_is_closed()).alias("_bill_closed"), F.max(day_of("as_of")).alias("_bill_seen")
    )
    of_account = Window.partitionBy("account")
    closed = F.max(F.when(F.col("_bill_closed"), F.col("_due"))).over(of_account)
    # Where none is closed, what lies before the first bill is over.
    before = F.date_format(
        F.add_months(F.to_date(F.concat(F.min("_due").over(of_account), F.lit("-01"))), -1), "yyyy-MM"
    )
    return months.withColumn("_closed_to", F.coalesce(closed, before))


def _is_lacking() -> Column:
    """A bill that was imported after the purchase should show the parcel, and does not."""
    known_on = F.coalesce("purchased_on", "_known_on")
    tells = F.col("_bill_closed") | (F.col("_bill_seen") > known_on)
    return F.col("transaction_id").isNull() & F.coalesce(tells, F.lit(False))


def _is_after() -> Column:
    """The parcel comes after all that a bill has shown."""
    return F.col("installment") > F.coalesce("_last", F.lit(0))


def _state() -> Column:
    """What became of a parcel. Of those after the last that a bill shows, a refund or a bill without them tells."""
    is_seen, is_over = F.col("transaction_id").isNotNull(), F.col("_due") <= F.col("_closed")
    is_refunded = F.col("_cancelled_in") >= F.coalesce("_last_in", F.lit(""))
    is_gone = F.col("_missing_from").isNotNull()
    all_back = is_gone & (F.col("_refunded") >= F.col("_billed"))
    before_gone = is_gone & (F.col("installment") < F.col("_missing_from")) & is_over
    cases = [
        (F.col("_is_early"), ParcelState.SETTLED_EARLY),
        (is_seen & (F.col("_is_billed") | is_over), ParcelState.BILLED),
        (is_seen, ParcelState.TO_COME),
        (~_is_after() & (is_over | F.col("_is_lacking")), ParcelState.UNSEEN),
        (~_is_after(), ParcelState.TO_COME),
        (is_refunded | all_back, ParcelState.CANCELLED),
        (before_gone | F.col("_due").isNull(), ParcelState.UNSEEN),
        (is_gone, ParcelState.ENDED),
        (is_over, ParcelState.UNSEEN),
    ]
    # A condition that is NULL does not hold.
    found = [F.when(holds, F.lit(state.value)) for holds, state in cases]
    return F.coalesce(*found, F.lit(ParcelState.TO_COME.value))


def _start(month: str) -> Column:
    return F.to_date(F.concat(F.col(month), F.lit("-01")))
