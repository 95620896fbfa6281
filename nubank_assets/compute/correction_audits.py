"""What must hold of a person's corrections: each counts as it says, and each is told of."""

from collections.abc import Iterator
from typing import Final

from nubank_assets.compute.audit import Audit, Tables
from nubank_assets.domain.vocabulary import CategoryMethod
from nubank_assets.messages import message


def _find_misapplied(tables: Tables) -> Iterator[str]:
    """Lines that say they were corrected without being what their correction says, or the other way round."""
    import pyarrow.compute as pc

    says = {row["correction"]: row["category"] for row in tables["corrections"].to_pylist() if row["reason"] is None}
    lines = tables["categorized_transactions"]
    by_correction = pc.fill_null(pc.equal(lines["category_method"], CategoryMethod.CORRECTION.value), False)
    marks = [by_correction, pc.is_valid(lines["correction"]), pc.is_valid(lines["uncorrected_category"])]
    columns = ["transaction_id", "category", "category_method", "correction", "uncorrected_category"]
    for line in lines.filter(pc.or_(pc.or_(marks[0], marks[1]), marks[2])).select(columns).to_pylist():
        is_whole = line["category_method"] == CategoryMethod.CORRECTION and line["uncorrected_category"] is not None
        if not is_whole or says.get(line["correction"]) != line["category"]:
            yield message("audit_misapplied", line=line["transaction_id"], correction=line["correction"])


def _find_untold(tables: Tables) -> Iterator[str]:
    written, told = (sorted(tables[name]["correction"].to_pylist()) for name in ("corrections", "correction_outcomes"))
    if written != told:
        yield message("audit_untold_corrections", written=len(written), told=len(told))


CORRECTIONS_ARE_APPLIED: Final = Audit(
    "corrections_are_applied",
    "categorized_transactions",
    "A corrected line has the category of its correction, and keeps the one that it would have",
    _find_misapplied,
    inputs=("corrections",),
)

CORRECTIONS_ARE_TOLD_OF: Final = Audit(
    "corrections_are_told_of",
    "correction_outcomes",
    "Every row that a person wrote has one outcome",
    _find_untold,
    inputs=("corrections",),
)
