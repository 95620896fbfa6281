"""Every distinct merchant of the lines with what is remembered and known of it.

Names are few where lines are many: they are brought here, decided in plain Python (``merchants/``), and go back as a
small frame that the lines are joined with. So every engine gets the same answer, and a cluster needs no more than
pyspark.
"""

from collections.abc import Iterator
from typing import Final

from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as F

from nubank_assets.domain.teaching import RuleMatch
from nubank_assets.domain.vocabulary import Category
from nubank_assets.merchants.deciding import Decision, Memory, Said, decide_by_rules
from nubank_assets.merchants.own_rules import OwnRule, OwnRules
from nubank_assets.transforms.corrections import decide_by_corrections
from nubank_assets.transforms.frames import Frames
from nubank_assets.transforms.gathering import VALUE, collect_texts, frame_of_texts
from nubank_assets.transforms.text import clean_title, mask_documents, match_key

#: One correction may be about its line; so many of one merchant are about the merchant.
_HABIT: Final = 2
#: A CPF, masked, in the title of a movement.
_PERSON: Final = r"[*]{3}[.][0-9]{3}"
_DECIDED: Final = ("category", "rule", "confidence", "subcategory")
#: Who may know of a merchant: corrections of its lines, sources' categories of its lines, the shipped knowledge.
_KNOWING: Final = ("taught", "told", "known")
KEY: Final = ("merchant", "month")
_OWN: Final = ("_own_category", "_own_pattern", "_own_rule")
_COLUMNS: Final = (*KEY, *_OWN, *(f"_{who}_{what}" for who in _KNOWING for what in _DECIDED))
#: A person's rule as it is gathered; commands and rows of a worksheet count differently where they contradict.
_RULE: Final = ("rule", "match_type", "_pattern", "category", "_number", "_is_command")


def explain_merchants(frames: Frames) -> DataFrame:
    """One row for each merchant and month of `transactions`: what each that may know says, NULL where it says nothing.

    A month remembers the months before it; a rule of the person's own is about all of them.
    """
    lines = frames["transactions"]
    said, own = list(_said(frames)), OwnRules(gather_rules(frames["rules"], frames["all_transactions"]))
    taught = Memory((one for one in said if one.is_corrected), _HABIT)
    told = Memory(one for one in said if not one.is_corrected)
    # Persons are many, and but for what was said of them nothing is known.
    named = lines if said or own else lines.where(~is_person(match_key(F.col("title"))))
    pairs = (pair.split(VALUE) for pair in collect_texts(named.select(F.concat_ws(VALUE, *KEY))))
    rows = (
        (
            name,
            month,
            *_of_rule(own.find(name)),
            *_values(taught.decide(name, month)),
            *_values(told.decide(name, month)),
            *_values(decide_by_rules(name)),
        )
        for name, month in pairs
    )
    return frame_of_texts(lines.sparkSession, _COLUMNS, rows, whole=KEY)


def gather_rules(rules: DataFrame, lines: DataFrame) -> list[OwnRule]:
    """The person's rules; one that was made on a line means its merchant, else, if that is gone, what was written.

    `lines` have `transaction_id` and `merchant`, over all months.
    """
    made_on = rules.where("transaction_id is not null").select("rule", "transaction_id")
    # Few have any: then no line need be looked for.
    if collect_texts(made_on.select("rule")):
        merchants = made_on.join(lines.select("transaction_id", "merchant"), "transaction_id").select(
            "rule", "merchant"
        )
        rules = merchants.join(rules, "rule", "right")
    else:
        rules = rules.withColumn("merchant", F.lit(None).cast("string"))
    written = mask_documents(clean_title(F.col("raw_pattern")))
    columns = {
        "_pattern": F.coalesce("merchant", written, F.lit("")),
        "_number": F.col("number").cast("string"),
        "_is_command": (F.col("rule") == F.col("document")).cast("string"),
    }
    texts = collect_texts(rules.withColumns(columns).select(F.concat_ws(VALUE, *_RULE)))
    return [_rule(*text.split(VALUE)) for text in texts]


def _rule(*values: str) -> OwnRule:
    name, match, pattern, category, number, is_command = values
    return OwnRule(name, RuleMatch(match), pattern, Category(category), int(number), is_command == "true")


def _of_rule(rule: OwnRule | None) -> tuple[str, ...]:
    if rule is None:
        return ("",) * len(_OWN)
    return rule.category.value, rule.pattern, rule.name


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
    if collect_texts(corrections.select("correction")):
        lines = decide_by_corrections(lines, corrections).join(lines, "transaction_id", "right")
        columns = {"_said": F.coalesce("_corrected", "source_category"), "_row": F.coalesce("correction", F.lit(""))}
    said = lines.withColumns(columns).where(F.col("_said").isin([category.value for category in Category]))
    said = said.groupBy("_row", "merchant", "_said", "month").agg(F.count(F.lit(1)).cast("string").alias("_times"))
    rows = [row.split(VALUE) for row in collect_texts(said.select(F.concat_ws(VALUE, *said.columns)))]
    told = (row for row in rows if not row[0])
    taught = {row[0]: row for row in rows if row[0]}.values()
    for row, merchant, category, month, times in (*told, *taught):
        yield Said(merchant, Category(category), bool(row), month, 1 if row else int(times))


def _values(decision: Decision | None) -> tuple[str, ...]:
    if decision is None:
        return ("",) * len(_DECIDED)
    return decision.category.value, decision.rule, str(decision.confidence), decision.subcategory
