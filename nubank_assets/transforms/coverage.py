"""What documents cover of accounts and cards, where several tell of the same, and where none does.

Which days a document covers is read in ``sources/periods.py``. Of an API's answers about one month only the last one
stands here: it says what the ones before it said.
"""

from typing import Final

from pyspark.sql import Column, DataFrame, Window
from pyspark.sql import functions as F

from nubank_assets.domain.proof_words import Coverage, PeriodBy
from nubank_assets.domain.vocabulary import AccountType, BillState, DocumentFormat, Family, LineState
from nubank_assets.transforms.frames import Frames, select_table
from nubank_assets.transforms.steps import Parameters

_EXPORTS: Final = sorted(one.value for one in DocumentFormat if one.family is Family.EXPORTS and not one.is_worksheet)
_REPEATED: Final = [LineState.SUPERSEDED.value, LineState.DUPLICATE.value]


def cover_statements(frames: Frames, parameters: Parameters) -> DataFrame:  # noqa: ARG001
    """`statement_coverage`: stretches of days of accounts, months of bills of cards, and the gaps in both."""
    documents = frames["raw_documents"]
    days = _stretches(_statements(documents), frames["transaction_sources"])
    return select_table("statement_coverage", days.unionByName(_bills(documents)))


def _statements(documents: DataFrame) -> DataFrame:
    """The documents of accounts that say something of days, each once."""
    found = documents.where((F.col("account_type") == AccountType.ACCOUNT.value) & F.col("covers_from").isNotNull())
    newest = Window.partitionBy("account", "_again", "covers_from").orderBy(F.desc("as_of"), F.desc("document"))
    names = ["account", "document", "covers_from", "covers_to", "period_by", "as_of"]
    found = found.withColumn("_again", _answers_again()).select(*names, "_again").distinct()
    found = found.withColumn("_order", F.row_number().over(newest)).where("_order = 1")
    return found.select("account", "document", "covers_from", "covers_to", "period_by")


def _answers_again() -> Column:
    """What is the same for answers of which the next replaces the one before; of exports, each is one."""
    return F.when(F.col("format").isin(_EXPORTS), F.col("document")).otherwise(F.col("format"))


def _stretches(statements: DataFrame, lines: DataFrame) -> DataFrame:
    """Cut where any document begins or ends, so that each stretch is told of by the same documents."""
    is_stated = (F.col("period_by") == PeriodBy.DOCUMENT.value).cast("int")
    begins = F.array(F.lit(1), F.lit(-1))
    ends = statements.withColumns({"_stated": is_stated, "_begins": F.explode(begins)})
    day = F.when(F.col("_begins") == 1, F.col("covers_from")).otherwise(F.date_sub("covers_to", -1))
    by_day = ends.withColumn("first_day", day).groupBy("account", "first_day")
    cuts = by_day.agg(F.sum("_begins").alias("_more"), F.sum(F.col("_begins") * F.col("_stated")).alias("_more_stated"))
    in_order = Window.partitionBy("account").orderBy("first_day")
    so_far = in_order.rowsBetween(Window.unboundedPreceding, Window.currentRow)
    cuts = cuts.withColumns(
        {
            "documents": F.sum("_more").over(so_far),
            "_stated": F.sum("_more_stated").over(so_far),
            "_after": F.lead("first_day").over(in_order),
        }
    )
    cuts = cuts.where("_after is not null").withColumn("last_day", F.date_sub("_after", 1))
    by = F.when(F.col("_stated") > 0, F.lit(PeriodBy.DOCUMENT.value))
    by = by.when(F.col("documents") > 0, F.lit(PeriodBy.LINES.value))
    columns = {
        "account_type": F.lit(AccountType.ACCOUNT.value),
        "first_month": F.date_format("first_day", "yyyy-MM"),
        "last_month": F.date_format("last_day", "yyyy-MM"),
        "period_by": by,
    }
    return _said(_with_repeated(cuts, _repeated(statements, lines)).withColumns(columns))


def _repeated(statements: DataFrame, lines: DataFrame) -> DataFrame:
    """Of each account and day the lines that do not count, because another document's do."""
    again = lines.where(F.col("line_state").isin(_REPEATED)).groupBy("document", "line_date")
    days = statements.select("account", "document").join(again.agg(F.count(F.lit(1)).alias("_count")), "document")
    return days.groupBy("account", "line_date").agg(F.sum("_count").alias("_count"))


def _with_repeated(cuts: DataFrame, days: DataFrame) -> DataFrame:
    """Each stretch with the lines of its days: they lie in order between the cuts."""
    names = ["account", "first_day", "last_day", "documents", "_stated"]
    nothing = {"last_day": F.lit(None).cast("date"), "_stated": F.lit(None).cast("bigint")}
    nothing |= {"documents": F.lit(None).cast("bigint"), "first_day": F.col("line_date")}
    rows = cuts.select(*names).withColumn("_count", F.lit(0).cast("bigint"))
    rows = rows.unionByName(days.withColumns(nothing).select(*names, "_count"))
    start = F.when(F.col("last_day").isNotNull(), F.col("first_day"))
    in_order = Window.partitionBy("account").orderBy("first_day", F.desc_nulls_last("last_day"))
    rows = rows.withColumn("_start", start)
    rows = rows.withColumn("_of", F.max("_start").over(in_order.rowsBetween(Window.unboundedPreceding, 0)))
    sums = [F.max(name).alias(name) for name in names[2:]]
    stretches = rows.groupBy("account", F.col("_of").alias("first_day"))
    return stretches.agg(*sums, F.sum("_count").alias("repeated_lines"))


def _bills(documents: DataFrame) -> DataFrame:
    """Each month of a card's bills, and the months between them of which there is no bill."""
    found = documents.where(F.col("bill").isNotNull() & (F.col("bill_state") != BillState.FUTURE.value))
    newest = Window.partitionBy("account", "bill", "_again").orderBy(F.desc("as_of"), F.desc("document"))
    found = found.withColumn("_again", _answers_again()).withColumn("_order", F.row_number().over(newest))
    repeated = F.sum(F.col("superseded_lines") + F.col("duplicate_lines")).alias("repeated_lines")
    months = found.where("_order = 1").groupBy("account", "month").agg(F.count(F.lit(1)).alias("documents"), repeated)
    start = F.to_date(F.concat(F.col("month"), F.lit("-01")))
    months = months.withColumn("_start", start)
    months = months.withColumn("_next", F.lead("_start").over(Window.partitionBy("account").orderBy("_start")))
    there = months.withColumns({"first_month": F.col("month"), "last_month": F.col("month")})
    gaps = months.where(F.col("_next") > F.add_months("_start", 1)).withColumns(
        {
            "first_month": F.date_format(F.add_months("_start", 1), "yyyy-MM"),
            "last_month": F.date_format(F.add_months("_next", -1), "yyyy-MM"),
            "documents": F.lit(0),
            "repeated_lines": F.lit(0),
        }
    )
    names = ["account", "first_month", "last_month", "documents", "repeated_lines"]
    rows = there.select(*names).unionByName(gaps.select(*names))
    nothing = {name: F.lit(None).cast("date") for name in ("first_day", "last_day")}
    by = F.when(F.col("documents") > 0, F.lit(PeriodBy.DOCUMENT.value))
    return _said(rows.withColumns({**nothing, "account_type": F.lit(AccountType.CARD.value), "period_by": by}))


def _said(rows: DataFrame) -> DataFrame:
    """With what the number of documents means."""
    rows = rows.withColumns({name: F.coalesce(name, F.lit(0)) for name in ("documents", "repeated_lines")})
    coverage = F.when(F.col("documents") == 0, F.lit(Coverage.GAP.value))
    coverage = coverage.when(F.col("documents") == 1, F.lit(Coverage.COVERED.value))
    names = ["account", "account_type", "first_month", "last_month", "first_day", "last_day", "coverage"]
    coverage = coverage.otherwise(F.lit(Coverage.OVERLAP.value))
    return rows.withColumn("coverage", coverage).select(*names, "documents", "repeated_lines", "period_by")
