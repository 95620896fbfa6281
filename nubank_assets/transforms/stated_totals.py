"""The total that is stated of each bill, and by whom; what its lines come to is in ``bill_dues.py``."""

from typing import Final

from pyspark.sql import Column, DataFrame, Window
from pyspark.sql import functions as F

from nubank_assets.domain.proof_words import StatedBy
from nubank_assets.domain.vocabulary import BillState, Reading
from nubank_assets.transforms.frames import Frames

_BILL: Final = ["account", "bill"]


def with_stated_totals(bills: DataFrame, frames: Frames) -> DataFrame:
    """The bills with `stated_brl`, `stated_by`, `stated_in`, and what that document's own lines come to.

    Their own document's counts first, then one's that agrees, then a closed one's that was not believed; of an open
    bill what was observed on the day of its document.
    """
    bills = _observed(frames).join(_of_documents(frames).join(bills, _BILL, "right"), ["account", "_seen_on"], "right")
    is_seen = F.col("stated_brl").isNull() & (F.col("bill_state") == BillState.OPEN.value)
    seen = {name: F.when(is_seen, F.col(f"_{name}")) for name in ("stated_brl", "stated_by")}
    return bills.withColumns({name: F.coalesce(name, value) for name, value in seen.items()})


def _of_documents(frames: Frames) -> DataFrame:
    documents = frames["raw_documents"].where("bill is not null and ledger_brl is not null")
    believed = F.col("document_state") != "superseded"
    stating = documents.where(believed | (F.col("bill_state") == BillState.CLOSED.value)).withColumns(
        {
            "_by_state": F.when(F.col("document_state") == "current", F.lit(0))
            .when(believed, F.lit(1))
            .otherwise(F.lit(2)),
            "stated_by": _stated_by(),
        }
    )
    lines = F.col("total_brl") - F.col("payments_brl")
    first = Window.partitionBy(*_BILL).orderBy("_by_state", "stated_by", F.desc("as_of"), "document")
    stating = stating.withColumn("_order", F.row_number().over(first)).where("_order = 1")
    return stating.select(
        *_BILL,
        F.col("ledger_brl").alias("stated_brl"),
        "stated_by",
        F.col("document").alias("stated_in"),
        lines.alias("stated_lines_brl"),
    )


def _stated_by() -> Column:
    cases = {"card_ofx": StatedBy.OFX, "card_pynubank": StatedBy.PYNUBANK, "card_pluggy": StatedBy.PLUGGY}
    return F.coalesce(*[F.when(F.col("format").startswith(name), F.lit(by.value)) for name, by in cases.items()])


def _observed(frames: Frames) -> DataFrame:
    """Open bills as somebody saw them on a day; not as their own lines add up."""
    readings = frames["balance_readings"].where(F.col("reading") == Reading.OPEN_BILL.value)
    of_lines = frames["raw_documents"].where("bill is not null").select("document").distinct()
    readings = readings.join(of_lines, "document", "left_anti")
    by = F.when(F.col("source").isin("stated", "sheets"), F.lit(StatedBy.PERSON.value))
    return readings.select(
        "account",
        F.col("observed_on").alias("_seen_on"),
        F.col("value_brl").alias("_stated_brl"),
        by.otherwise(F.lit(StatedBy.PYNUBANK.value)).alias("_stated_by"),
    )
