"""What must hold of a person's corrections and rules: each counts as it says, and each is told of."""

from typing import Final

from nubank_assets.compute.audit import Audit, Wrong
from nubank_assets.domain.vocabulary import BillState, CategoryMethod

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

#: Lines that say a rule of the person's own decided, without being what it says, or the other way round.
_BY_OWN_RULE: Final = f"coalesce(c.category_method, '') = '{CategoryMethod.OWN_RULE.value}'"
_UNRULED: Final = Wrong(
    "audit_unruled",
    "line",
    f"""select c.month, c.transaction_id as line, c.own_rule as rule
    from categorized_transactions c left join rules r on r.rule = c.own_rule
    where ({_BY_OWN_RULE} or c.own_rule is not null)
      and not ({_BY_OWN_RULE} and coalesce(r.category = c.category, false))""",  # noqa: S608
)

_METHODS: Final = " + ".join(f"{method.value}_lines" for method in CategoryMethod)
_UNCOUNTED: Final = Wrong(
    "audit_learning",
    "month",
    f"""select month, sum(counted) as counted, sum(found) as lines from (
      select month, lines as counted, 0 as found, lines - ({_METHODS}) as apart from learning_progress
      union all select month, 0 as counted, 1 as found, 0 as apart from categorized_transactions
      where category is not null and coalesce(bill_state, '') <> '{BillState.FUTURE.value}'
    ) both_sides group by month having sum(counted) <> sum(found) or sum(apart) <> 0""",  # noqa: S608
)

OWN_RULES_ARE_APPLIED: Final = Audit(
    "own_rules_are_applied",
    "categorized_transactions",
    "A line that a rule of the person's own decided has the category of that rule",
    (_UNRULED,),
    inputs=("rules",),
)

LEARNING_ADDS_UP: Final = Audit(
    "learning_adds_up",
    "learning_progress",
    "Every line with a category is counted once, by the method that decided",
    (_UNCOUNTED,),
    inputs=("categorized_transactions",),
)
