"""cleaned_parquet to categorized_tables: parcels as a bill has them, and what each tells of its purchase.

Of which plan a parcel is, no month alone can tell: that is for ``plans.py``.
"""

from typing import Final

from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as F

from nubank_assets.domain.plans import PlanKind
from nubank_assets.domain.vocabulary import BillState, Kind
from nubank_assets.transforms.frames import Frames, day_of, select_table
from nubank_assets.transforms.steps import Parameters
from nubank_assets.transforms.text import match_key

#: The first eight digits of such an identifier are, as a rule, the moment of the purchase, in seconds since 1970.
_UUID: Final = "^[0-9a-f]{8}-[0-9a-f]{4}-"
_DIGITS: Final = "0123456789abcdef"
#: A purchase of the last days of a month is on the bill of the next but one.
_MONTHS_BEFORE_BILL: Final = -2
#: Later days are not in every month, so a date that was shifted by months may have lost them.
_DAYS_OF_EVERY_MONTH: Final = 28


def derive_installments(frames: Frames, parameters: Parameters) -> DataFrame:  # noqa: ARG001
    """`installments`: the parcels of a month, each with the months of its plan and the day of its purchase if told."""
    parcels = frames["categorized_transactions"].where("installment is not null and amount_brl < 0")
    details = frames["transactions"].where("installment is not null")
    details = details.select("transaction_id", F.lower("identifier").alias("_identifier"), "occurred_at")
    parcels = parcels.join(details, "transaction_id", "left").withColumn("_key", match_key(F.col("title")))
    early = F.col("_key").startswith("antecipada - ")
    first = F.add_months(F.to_date(F.concat(F.col("month"), F.lit("-01"))), 1 - F.col("installment"))
    parcels = parcels.withColumns({"is_early": early, "_first": F.when(~early, first), "plan_kind": _plan_kind()})
    columns = {
        "first_month": F.date_format("_first", "yyyy-MM"),
        "last_month": F.date_format(F.add_months("_first", F.col("installments") - 1), "yyyy-MM"),
        "remaining_installments": F.col("installments") - F.col("installment"),
        "purchased_on": _purchased_on(),
    }
    return select_table("installments", parcels.withColumns(columns))


def _plan_kind() -> Column:
    """What is paid in parcels, by the kind and the title of a line."""
    financed = F.col("_key").startswith("parcelamento de compra - ") | (F.col("kind") == Kind.REFINANCING_CHARGE.value)
    pix = F.col("kind") == Kind.PIX_ON_CREDIT.value
    chain = F.when(financed, PlanKind.FINANCED.value).when(pix, PlanKind.PIX_ON_CREDIT.value)
    return chain.otherwise(PlanKind.PURCHASE.value)


def _purchased_on() -> Column:
    """The day of the purchase: the date of a first parcel; else what a source or the identifier tells, if it can be.

    A parcel of a future bill is dated by the purchase's day of a later month.
    """
    is_first = ~F.col("is_early") & (F.col("installment") == 1)
    told = [_if_possible(F.col("occurred_at")), _if_possible(F.timestamp_seconds(_seconds()))]
    is_shifted = (F.col("bill_state") == BillState.FUTURE.value) & (F.dayofmonth("date") <= _DAYS_OF_EVERY_MONTH)
    shifted = F.when(is_shifted, F.add_months("date", 1 - F.col("installment")))
    return F.coalesce(F.when(is_first, F.col("date")), *told, shifted)


def _if_possible(moment: Column) -> Column:
    """The São Paulo day of a moment that can be a purchase on the plan's first bill."""
    day = day_of(moment)
    return F.when((day >= F.add_months("_first", _MONTHS_BEFORE_BILL)) & (day <= F.last_day("_first")), day)


def _seconds() -> Column:
    """The number that the first eight digits of an identifier are; NULL if it is none of that form."""
    # As SQL: Spark 3.5 takes no column where a text is looked for.
    places = [F.expr(f"instr('{_DIGITS}', substring(_identifier, {place}, 1))") - 1 for place in range(1, 9)]
    number = F.lit(0).cast("bigint")
    for place in places:
        number = number * 16 + place
    return F.when(F.col("_identifier").rlike(_UUID), number)
