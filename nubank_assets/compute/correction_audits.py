"""What must hold of a person's corrections: each counts as it says, and each is told of."""

from typing import Final

from nubank_assets.compute.audit import Audit, Wrong
from nubank_assets.domain.vocabulary import CategoryMethod

_BY_CORRECTION: Final = f"coalesce(c.category_method, '') = '{CategoryMethod.CORRECTION.value}'"

#: Lines that say they were corrected without being what their correction says, or the other way round.
_MISAPPLIED: Final = Wrong(
    "audit_misapplied",
    "line",
    f"""select c.month, c.transaction_id as line, c.correction
    from categorized_transactions c
    left join (select correction, category from corrections where reason is null) k on k.correction = c.correction
    where ({_BY_CORRECTION} or c.correction is not null or c.uncorrected_category is not null)
      and not ({_BY_CORRECTION} and c.uncorrected_category is not null and coalesce(k.category = c.category, false))""",  # noqa: S608
)

_UNTOLD: Final = Wrong(
    "audit_untold_corrections",
    "written",
    """select sum(written) as written, sum(told) as told from (
      select correction, sum(written) as written, sum(told) as told from (
        select correction, 1 as written, 0 as told from corrections
        union all select correction, 0 as written, 1 as told from correction_outcomes
      ) both_sides group by correction
    ) compared having sum(case when written <> told then 1 else 0 end) > 0""",
)

CORRECTIONS_ARE_APPLIED: Final = Audit(
    "corrections_are_applied",
    "categorized_transactions",
    "A corrected line has the category of its correction, and keeps the one that it would have",
    (_MISAPPLIED,),
    inputs=("corrections",),
)

CORRECTIONS_ARE_TOLD_OF: Final = Audit(
    "corrections_are_told_of",
    "correction_outcomes",
    "Every row that a person wrote has one outcome",
    (_UNTOLD,),
    inputs=("corrections",),
)
