"""The category of a line: who may say what it is, and which of them counts.

What is known of a line's merchant was put beside it by ``merchants.py``, what a person says of the very line by
``corrections.py``; what each method means is in ../docs/categories.md.
"""

from typing import Final

from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as F

from nubank_assets.domain.vocabulary import CHARGE_KINDS, Category, CategoryMethod, Flow
from nubank_assets.merchants.deciding import FALLBACK_CONFIDENCE, SAID, version
from nubank_assets.transforms.frames import first_of
from nubank_assets.transforms.merchants import is_person

_DECIDED: Final = ("category", "category_method", "category_rule", "category_confidence")


def decide_categories(lines: DataFrame) -> DataFrame:
    """The lines with their category and why: the last that says something counts, the person of the line above all.

    `lines` have `kind` and `flow`, what is known of their merchants, and what corrections say of them.
    """
    for decide in (_decide_each, _decide_by_merchant, _decide_by_correction, _explained):
        lines = lines.withColumns(decide())
    return lines


def _decide_each() -> dict[str, Column]:
    """Category, method, rule and confidence of each line by the first that says something, but for the person.

    A charge is one whatever its title; then counts what the source says of the line, what sources said of other lines
    of the merchant, and what is shipped.
    """
    spends = F.col("flow").isin(Flow.EXPENSE.value, Flow.EXPENSE_REDUCTION.value)
    told = F.col("source_category").isin([category.value for category in Category])
    # The name of a person may have any word in it.
    known = F.col("_known_category").isNotNull() & ~is_person(F.col("_key"))
    nothing = F.lit(None).cast("string")
    cases = [
        (~spends, (nothing, nothing, nothing, F.lit(None).cast("int"))),
        (
            F.col("kind").isin(sorted(kind.value for kind in CHARGE_KINDS)),
            _by(CategoryMethod.KIND, F.lit(Category.ENCARGOS.value), F.col("kind")),
        ),
        (told, _by(CategoryMethod.SOURCE, F.col("source_category"), nothing)),
        (F.col("_told_category").isNotNull(), _by_merchant(CategoryMethod.MEMORY, "told")),
        (known, _by_merchant(CategoryMethod.RULE, "known")),
    ]
    otherwise = _by(CategoryMethod.FALLBACK, F.lit(Category.OUTROS.value), nothing, FALLBACK_CONFIDENCE)
    return {
        name: first_of([(holds, values[place]) for holds, values in cases], otherwise[place])
        for place, name in enumerate(_DECIDED)
    }


def _by(method: CategoryMethod, category: Column, rule: Column, confidence: int = SAID) -> tuple[Column, ...]:
    return category, F.lit(method.value), rule, F.lit(confidence)


def _by_merchant(method: CategoryMethod, who: str) -> tuple[Column, ...]:
    confidence = F.col(f"_{who}_confidence").cast("int")
    return F.col(f"_{who}_category"), F.lit(method.value), F.col(f"_{who}_rule"), confidence


def _decide_by_merchant() -> dict[str, Column]:
    """What a person says of the merchant, by a rule or twice of its lines, before sources and what is shipped.

    A charge stays one; only what has a category is meant.
    """
    may_be = F.col("category").isNotNull() & (F.col("category_method") != CategoryMethod.KIND.value)
    by_rule = may_be & F.col("_own_category").isNotNull()
    taught = may_be & F.col("_taught_category").isNotNull()
    of_rule = _by(CategoryMethod.OWN_RULE, F.col("_own_category"), F.col("_own_pattern"))
    of_memory = _by_merchant(CategoryMethod.MEMORY, "taught")
    decided = {
        name: first_of([(by_rule, of_rule[place]), (taught, of_memory[place])], F.col(name))
        for place, name in enumerate(_DECIDED)
    }
    return {**decided, "own_rule": F.when(by_rule, F.col("_own_rule"))}


def _decide_by_correction() -> dict[str, Column]:
    """What a person says of the very line, before everything else; only of what has a category."""
    corrected = F.col("_corrected").isNotNull() & F.col("category").isNotNull()
    of_line = _by(CategoryMethod.CORRECTION, F.col("_corrected"), F.lit(None).cast("string"))
    decided = {name: first_of([(corrected, of_line[place])], F.col(name)) for place, name in enumerate(_DECIDED)}
    return {
        **decided,
        "own_rule": F.when(~corrected, F.col("own_rule")),
        "correction": F.when(corrected, F.col("correction")),
        "uncorrected_category": F.when(corrected, F.col("category")),
    }


def _explained() -> dict[str, Column]:
    """What else there is to say of the category that was decided."""
    shipped = F.col("category") == F.col("_known_category")
    return {
        "subcategory": F.when(shipped, F.col("_known_subcategory")),
        "category_version": F.when(F.col("category").isNotNull(), F.lit(version())),
    }
