"""What must hold of the tables that prove: every payment is used once, every difference is named, nothing is added."""

from typing import Final

from nubank_assets.compute.audit import Audit, Wrong
from nubank_assets.domain.proof_words import PaymentTiming, ProofSpan, SettledBy
from nubank_assets.domain.vocabulary import AccountType, Basis, Kind

_NOTHING: Final = "cast(0 as decimal(18,2))"

#: The lines of cards, each in the month of its bill.
_ON_CARD: Final = f"basis = '{Basis.BILL.value}' and account_type = '{AccountType.CARD.value}'"

_MISUSED: Final = Wrong(
    "audit_payment_parts",
    "account",
    f"""select account, sum(paid) as paid, sum(parts) as parts from (
      select account, amount_brl as paid, {_NOTHING} as parts from daily_totals
      where {_ON_CARD} and kind = '{Kind.BILL_PAYMENT.value}'
      union all select account, {_NOTHING} as paid, amount_brl as parts
      from bill_payments where settled_by = '{SettledBy.PAYMENT.value}'
    ) both_sides group by account having sum(paid) <> sum(parts)""",  # noqa: S608
)

_OVERPAID: Final = Wrong(
    "audit_settled_twice",
    "account, bill",
    f"""select account, bill, sum(owed) as owed, sum(parts) as parts from (
      select account, bill, owed_brl as owed, {_NOTHING} as parts from bill_dues
      union all select account, bill, {_NOTHING} as owed, amount_brl as parts from bill_payments
      where bill is not null and timing <> '{PaymentTiming.RETURNED.value}'
    ) both_sides group by account, bill having sum(parts) > sum(owed)""",  # noqa: S608
)

_UNNAMED: Final = Wrong(
    "audit_difference_parts",
    "account, bill",
    f"""select account, bill, sum(difference) as difference, sum(parts) as parts from (
      select account, bill, coalesce(difference_brl, {_NOTHING}) as difference, {_NOTHING} as parts from bill_proofs
      union all select account, bill, {_NOTHING} as difference, amount_brl as parts from bill_differences
    ) both_sides group by account, bill having sum(difference) <> sum(parts)""",  # noqa: S608
)

_UNSUMMED: Final = Wrong(
    "audit_bill_lines",
    "account, bill",
    f"""select account, bill, sum(lines) as lines, sum(proven) as proven from (
      select account, month as bill, amount_brl as lines, {_NOTHING} as proven from daily_totals where {_ON_CARD}
      union all select account, month as bill, {_NOTHING} as lines, received_brl as proven from bill_dues
      union all select account, month as bill, {_NOTHING} as lines, total_brl as proven from bill_proofs
    ) both_sides group by account, bill having sum(lines) <> sum(proven)""",  # noqa: S608
)

_STILL_OPEN: Final = Wrong(
    "audit_open_bill",
    "account, bill",
    f"""select account, bill, open_brl as open, due_brl as due, paid_brl as paid from bill_proofs
    where open_brl is not null and open_brl <> case when due_brl < 0 then due_brl else {_NOTHING} end + paid_brl""",  # noqa: S608
)

_UNBALANCED: Final = Wrong(
    "audit_account_span",
    "account, first_day",
    """select account, first_day, closing_brl as closing from account_proofs
    where opening_brl + came_in_brl + went_out_brl + difference_brl <> closing_brl
      or (closing_brl is null) <> (opening_brl is null) or (difference_brl is null) <> (closing_brl is null)""",
)

_UNMOVED: Final = Wrong(
    "audit_account_lines",
    "account",
    f"""select account, sum(lines) as lines, sum(proven) as proven from (
      select account, amount_brl as lines, {_NOTHING} as proven from daily_totals
      where basis = '{Basis.BILL.value}' and account_type = '{AccountType.ACCOUNT.value}'
      union all select account, {_NOTHING} as lines, came_in_brl + went_out_brl as proven from account_proofs
      where span = '{ProofSpan.MONTH.value}'
    ) both_sides group by account having sum(lines) <> sum(proven)""",  # noqa: S608
)

PROOF_AUDITS: Final = (
    Audit(
        "payments_settle_bills_once",
        "bill_payments",
        "The parts of every payment add up to it, and no bill is settled by more than it owes",
        (_MISUSED, _OVERPAID),
    ),
    Audit(
        "bill_proofs_add_up",
        "bill_proofs",
        "Totals are those of the bills' lines, the named parts of a difference add up to it, what is open is not paid",
        (_UNSUMMED, _UNNAMED, _STILL_OPEN),
    ),
    Audit(
        "account_proofs_add_up",
        "account_proofs",
        "Opening balance, movements and difference make the closing balance, and no movement is missing",
        (_UNBALANCED, _UNMOVED),
    ),
)
