"""Every distinct merchant of the lines with what is remembered and known of it.

Names are few where lines are many: they are brought here, decided in plain Python (``merchants/``), and go back as a
small frame that the lines are joined with. So every engine gets the same answer, and a cluster needs no more than
pyspark.
"""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final

from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as F

from nubank_assets.domain.vocabulary import Category
from nubank_assets.merchants.deciding import Decision, Memory, Said, decide_by_rules
from nubank_assets.transforms.corrections import decide_by_corrections
from nubank_assets.transforms.frames import Frames
from nubank_assets.transforms.text import match_key

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

#: Between rows and between their values; cleaned titles have neither.
_ROW: Final = "\x1e"
_VALUE: Final = "\x1f"
#: One correction may be about its line; so many of one merchant are about the merchant.
_HABIT: Final = 2
#: A CPF, masked, in the title of a movement.
_PERSON: Final = r"[*]{3}[.][0-9]{3}"
_DECIDED: Final = ("category", "rule", "confidence", "subcategory")
#: Who may know of a merchant: corrections of its lines, sources' categories of its lines, the shipped knowledge.
_KNOWING: Final = ("taught", "told", "known")
KEY: Final = ("merchant", "month")
_COLUMNS: Final = (*KEY, *(f"_{who}_{what}" for who in _KNOWING for what in _DECIDED))


def explain_merchants(frames: Frames) -> DataFrame:
    """One row for each merchant and month of `transactions`: what each that may know says, NULL where it says nothing.

    A month remembers the months before it.
    """
    lines = frames["transactions"]
    said = list(_said(frames))
    taught = Memory((one for one in said if one.is_corrected), _HABIT)
    told = Memory(one for one in said if not one.is_corrected)
    # Persons are many, and but for what was said of them nothing is known.
    named = lines if said else lines.where(~is_person(match_key(F.col("title"))))
    pairs = (pair.split(_VALUE) for pair in _collect(named.select(F.concat_ws(_VALUE, *KEY))))
    rows = (
        (
            name,
            month,
            *_values(taught.decide(name, month)),
            *_values(told.decide(name, month)),
            *_values(decide_by_rules(name)),
        )
        for name, month in pairs
    )
    return _frame_of(lines.sparkSession, rows)


def is_person(key: Column) -> Column:
    """Whether a title's match key names a person, by a masked CPF."""
    return key.rlike(_PERSON)


def _said(frames: Frames) -> Iterator[Said]:
    """What people and sources said of merchants, over all months; a corrected line is the person's alone.

    A correction is said once, however many equal lines it means.
    """
    lines, corrections = frames["all_transactions"], frames["corrections"]
    columns = {"_said": F.col("source_category"), "_row": F.lit("")}
    # Few have any: then no line need be looked for.
    if _collect(corrections.select("correction")):
        lines = decide_by_corrections(lines, corrections).join(lines, "transaction_id", "right")
        columns = {"_said": F.coalesce("_corrected", "source_category"), "_row": F.coalesce("correction", F.lit(""))}
    said = lines.withColumns(columns).where(F.col("_said").isin([category.value for category in Category]))
    said = said.groupBy("_row", "merchant", "_said", "month").agg(F.count(F.lit(1)).cast("string").alias("_times"))
    rows = [row.split(_VALUE) for row in _collect(said.select(F.concat_ws(_VALUE, *said.columns)))]
    told = (row for row in rows if not row[0])
    taught = {row[0]: row for row in rows if row[0]}.values()
    for row, merchant, category, month, times in (*told, *taught):
        yield Said(merchant, Category(category), bool(row), month, 1 if row else int(times))


def _collect(texts: DataFrame) -> list[str]:
    """The distinct texts of a frame's one column, in order; one text is the quickest way out of any engine."""
    (name,) = texts.columns
    joined = texts.agg(F.array_join(F.sort_array(F.collect_set(name)), _ROW), F.count(F.lit(1))).collect()
    text, rows = joined[0]
    return text.split(_ROW) if rows else []


def _values(decision: Decision | None) -> tuple[str, ...]:
    if decision is None:
        return ("",) * len(_DECIDED)
    return decision.category.value, decision.rule, str(decision.confidence), decision.subcategory


def _frame_of(session: "SparkSession", rows: Iterable[tuple[str, ...]]) -> DataFrame:
    """A frame of these rows of texts, '' as NULL except in the key. Frames from lists start Python workers."""
    text = _ROW.join(_VALUE.join(row) for row in rows)
    one = session.sql("select 1 as one")
    rows_of_text = one.select(F.explode(F.split(F.lit(text), _ROW)).alias("_row"))
    values = {name: F.split_part(F.col("_row"), F.lit(_VALUE), F.lit(place)) for place, name in enumerate(_COLUMNS, 1)}
    return rows_of_text.select(
        *[(value if name in KEY else F.nullif(value, F.lit(""))).alias(name) for name, value in values.items()]
    )
