"""Which lines a person's corrections mean, which category they get by them, and what became of each correction.

A correction names a line by its id, or the equal lines of a bill by account, bill, title and amount. What a row of
the worksheet says is read in ``sources/sheets``.
"""

from typing import Final

from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as F

from nubank_assets.domain.person_sheets import CorrectionOutcome
from nubank_assets.domain.teaching import AppliesTo
from nubank_assets.domain.vocabulary import Flow
from nubank_assets.transforms.frames import Frames, select_table
from nubank_assets.transforms.gathering import collect_texts
from nubank_assets.transforms.text import clean_title, mask_documents, match_key

#: What must be equal where a line is not named by its id, beside the bill or month.
_NAMED_BY: Final = ["account", "_title", "_size"]


def match_corrections(lines: DataFrame, corrections: DataFrame) -> DataFrame:
    """Every correction of lines that can be used with every line it means: the columns of `_PAIR`.

    A row with an id means that line alone; where no line of its bill has the id, which changes with the source, the
    lines that account, bill, title and amount name. `lines` are whole months of transactions.
    """
    usable = corrections.where(f"reason is null and applies_to = '{AppliesTo.LINE.value}'")
    usable = usable.withColumn("_title", _title_key(F.col("raw_title")))
    is_command = F.col("correction") == F.col("document")
    usable = usable.withColumns({"_size": F.abs("amount_brl"), "commanded": F.when(is_command, F.col("as_of"))})
    by_id = lines.select("transaction_id", "month").join(usable, "transaction_id").select(*_PAIR)
    named = _match_names(_keyed(lines), usable)
    found = by_id.select("correction", "month")
    without_id = named.where("not has_id").select(*_PAIR)
    lost_id = named.where("has_id").join(found, ["correction", "month"], "left_anti").select(*_PAIR)
    return by_id.unionByName(without_id).unionByName(lost_id)


_ID: Final = "^[0-9a-f]{32}$"
#: Commands follow each other, so `commanded` tells which is the newest; rows of a worksheet have no order.
_PAIR: Final = ("transaction_id", "month", "correction", "category", "commanded")


def _title_key(title: Column) -> Column:
    """A title as it is compared: cleaned and masked as transactions are, without accents and case."""
    return match_key(mask_documents(clean_title(title)))


def _keyed(lines: DataFrame) -> DataFrame:
    return lines.select(
        "transaction_id",
        "month",
        "account",
        F.col("bill").alias("_bill"),
        match_key(F.col("title")).alias("_title"),
        F.abs("amount_brl").alias("_size"),
    )


def _match_names(lines: DataFrame, usable: DataFrame) -> DataFrame:
    """Lines by what is written of them. Without a bill only lines of no bill are meant, and of any month.

    A day stands for its month, since people write when a bill is due; but not for another bill that is known by its
    own day.
    """
    names = usable.where("account is not null and raw_title is not null and amount_brl is not null").select(
        *_PAIR[2:], F.col("transaction_id").isNotNull().alias("has_id"), "bill", *_NAMED_BY
    )
    of_month = names.where("bill is not null").withColumn("month", F.substring("bill", 1, 7))
    is_other = "length(bill) > 7 and length(coalesce(_bill, '')) > 7 and bill <> _bill"
    # The id of a line without a bill could be in any other month, so it alone counts.
    of_account = names.where("bill is null and not has_id")
    columns = [*_PAIR, "has_id"]
    billed = lines.join(of_month, [*_NAMED_BY, "month"]).where(f"not ({is_other})").select(*columns)
    return billed.unionByName(lines.where("_bill is null").join(of_account, _NAMED_BY).select(*columns))


def without_replaced(pairs: DataFrame, corrections: DataFrame) -> DataFrame:
    """The pairs of these corrections without those of a command after which another was given of the same line."""
    # Few people give any: then a plan of half the size is enough.
    if not collect_texts(corrections.where("correction = document").select("correction")):
        return pairs
    newest = pairs.where("commanded is not null").groupBy("transaction_id").agg(F.max("commanded").alias("_newest"))
    known = newest.join(pairs, "transaction_id", "right")
    return known.where("commanded is null or commanded = _newest").drop("_newest")


def decide_by_corrections(lines: DataFrame, corrections: DataFrame) -> DataFrame:
    """For each line that corrections agree on: `transaction_id`, `_corrected`, and the first row that says so."""
    pairs = without_replaced(match_corrections(lines, corrections), corrections)
    decided = pairs.groupBy("transaction_id").agg(
        F.min("category").alias("_corrected"),
        F.max("category").alias("_other"),
        F.min("correction").alias("correction"),
    )
    return decided.where("_corrected = _other").drop("_other")


def tell_outcomes(frames: Frames, pairs: DataFrame, contradictions: DataFrame | None = None) -> DataFrame:
    """`correction_outcomes`: each correction with the lines it means (`pairs`) and what became of them.

    `contradictions` are of corrections that apply to a merchant.
    """
    corrections, lines = frames["corrections"], frames["categorized_transactions"]
    standing = without_replaced(pairs, corrections)
    conflicts = _conflicts(standing)
    conflicts = conflicts.unionByName(contradictions) if contradictions is not None else conflicts
    replaced = (
        pairs.select("correction").distinct().join(standing.select("correction").distinct(), "correction", "left_anti")
    )
    told = _sum_lines(standing, lines).join(corrections, "correction", "right").join(conflicts, "correction", "left")
    told = told.join(replaced.withColumn("_replaced", F.lit(True)), "correction", "left")
    counts = {name: F.coalesce(name, F.lit(0)) for name in ("matched_lines", "applied_lines", "_spending")}
    told = told.withColumns(counts).withColumns(
        {
            "outcome": _outcome(),
            "title": mask_documents(clean_title(F.col("raw_title"))),
            # A person may have typed anything there; an id may look like a document, and is none.
            "transaction_id": F.when(F.col("transaction_id").rlike(_ID), F.col("transaction_id")).otherwise(
                mask_documents(F.col("transaction_id"))
            ),
            "account": mask_documents(F.col("account")),
            "amount_brl": F.coalesce("_applied_brl", F.lit("0").cast("decimal(18,2)")),
        }
    )
    return select_table("correction_outcomes", told)


def _sum_lines(pairs: DataFrame, lines: DataFrame) -> DataFrame:
    """Of each correction how many lines it means, and how many of them have its category by the person's word."""
    by, has = F.coalesce("correction", "own_rule").alias("_by"), F.col("category").alias("_has")
    known = lines.select("transaction_id", "flow", "amount_brl", "uncorrected_category", by, has)
    met = pairs.join(known, "transaction_id")
    is_applied = F.col("_by").isNotNull() & (F.col("_has") == F.col("category"))
    is_spending = F.col("flow").isin(Flow.EXPENSE.value, Flow.EXPENSE_REDUCTION.value)
    return met.groupBy("correction").agg(
        F.count(F.lit(1)).alias("matched_lines"),
        F.sum(is_applied.cast("int")).alias("applied_lines"),
        F.sum(is_spending.cast("int")).alias("_spending"),
        F.sum(F.when(is_applied, F.col("amount_brl"))).alias("_applied_brl"),
        _listed(F.col("month")).alias("months"),
        F.nullif(_listed(F.when(is_applied, F.col("uncorrected_category"))), F.lit("")).alias("uncorrected_categories"),
    )


def _conflicts(pairs: DataFrame) -> DataFrame:
    """Of each correction the others that say something else of one of its lines."""
    other = pairs.select("transaction_id", F.col("correction").alias("_other"), F.col("category").alias("_says"))
    apart = pairs.join(other, "transaction_id").where("category <> _says")
    return apart.groupBy("correction").agg(_listed(F.col("_other")).alias("conflicts_with"))


def _listed(values: Column) -> Column:
    """Distinct values in order, as one text."""
    return F.array_join(F.sort_array(F.collect_set(values)), ", ")


def _outcome() -> Column:
    cases = {
        CorrectionOutcome.INVALID: F.col("reason").isNotNull(),
        CorrectionOutcome.REPLACED: F.col("_replaced").isNotNull(),
        CorrectionOutcome.CONFLICTING: F.col("conflicts_with").isNotNull(),
        CorrectionOutcome.UNMATCHED: F.col("matched_lines") == 0,
        CorrectionOutcome.NOT_AN_EXPENSE: F.col("_spending") == 0,
        CorrectionOutcome.WAITING: F.col("applied_lines") < F.col("_spending"),
    }
    known = F.coalesce(*[F.when(holds, F.lit(outcome.value)) for outcome, holds in cases.items()])
    return F.coalesce(known, F.lit(CorrectionOutcome.APPLIED.value))
