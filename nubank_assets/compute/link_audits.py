"""What must hold of lines that belong together: no money is linked twice, and what is counted is what moved."""

from typing import Final

from nubank_assets.compute.audit import Audit, Wrong
from nubank_assets.domain.linking import CountedPart, LinkReason

_REFUNDS: Final = ", ".join(f"'{reason.value}'" for reason in (LinkReason.PARTIAL_REFUND, LinkReason.UNDONE))
_COUNTED: Final = ", ".join(
    f"'{part.value}'"
    for part in (
        CountedPart.MOVED,
        CountedPart.INCOME,
        CountedPart.EXPENSE,
        CountedPart.GIVEN_BACK,
        CountedPart.FUTURE,
    )
)
_NOTHING: Final = "cast(0 as decimal(18,2))"


def _one_side(side: str) -> str:
    """The lines of one side, with the size of their amount; however it was refunded, a purchase is refunded once."""
    return f"""select {side}_transaction_id as line, linked_brl as linked,
      case when {side}_amount_brl < 0 then -{side}_amount_brl else {side}_amount_brl end as size,
      case when reason in ({_REFUNDS}) then '{LinkReason.REFUND.value}' else reason end as reason
    from transaction_links"""  # noqa: S608


_LINKED_TWICE: Final = Wrong(
    "audit_linked_twice",
    "line",
    f"""select line, reason, max(size) as size, sum(linked) as linked
    from ({_one_side("first")} union all {_one_side("second")}) sides
    group by line, reason having sum(linked) > max(size) or min(linked) <= 0""",  # noqa: S608
)

_NOT_ALL: Final = Wrong(
    "audit_not_all_told",
    "line",
    """select transaction_id as line, linked_brl as linked, unlinked_brl as unlinked from unlinked_transactions
    where unlinked_brl <= 0
      or linked_brl + unlinked_brl <> case when amount_brl < 0 then -amount_brl else amount_brl end""",
)


def _part(condition: str, amount: str = "amount_brl") -> str:
    return f"-sum(case when {condition} then {amount} else {_NOTHING} end)"


#: For each month the summary, and the parts of the proof with the opposite sign.
_APART: Final = Wrong(
    "audit_counted_apart",
    "month, basis",
    f"""select month, basis from (
      select month, basis, 'summary' as side, income_brl as income, expenses_brl as expenses, neutral_brl as neutral,
        future_brl as future, transactions as lines, {_NOTHING} as came, {_NOTHING} as went
      from monthly_summary
      union all select month, basis, 'proof' as side, {_part("counts_as = 'income'")} as income,
        {_part("counts_as = 'expenses'")} as expenses, {_part(f"part not in ({_COUNTED})")} as neutral,
        {_part(f"part = '{CountedPart.FUTURE.value}'")} as future,
        -sum(case when part = '{CountedPart.MOVED.value}' then transactions else 0 end) as lines,
        sum(case when part = '{CountedPart.MOVED.value}' then -in_brl else in_brl end) as came,
        sum(case when part = '{CountedPart.MOVED.value}' then -out_brl else out_brl end) as went
      from counting_proof group by month, basis
    ) both_sides group by month, basis
    having min(side) = max(side) or sum(income) <> 0 or sum(expenses) <> 0 or sum(neutral) <> 0 or sum(future) <> 0
      or sum(lines) <> 0 or sum(came) <> 0 or sum(went) <> 0""",  # noqa: S608
)

MONEY_IS_LINKED_ONCE: Final = Audit(
    "money_is_linked_once",
    "transaction_links",
    "No line is linked for a reason with more money than it has",
    (_LINKED_TWICE,),
)

UNLINKED_MONEY_IS_TOLD: Final = Audit(
    "unlinked_money_is_told",
    "unlinked_transactions",
    "What is linked of a line and what is not add up to its amount",
    (_NOT_ALL,),
)

NOTHING_COUNTS_TWICE: Final = Audit(
    "nothing_counts_twice",
    "counting_proof",
    "All that moved, less what is not counted, is the income and the expenses of the summary, to the centavo",
    (_APART,),
)

LINK_AUDITS: Final = (MONEY_IS_LINKED_ONCE, UNLINKED_MONEY_IS_TOLD, NOTHING_COUNTS_TWICE)
