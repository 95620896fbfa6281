"""The tables of insights about purchases in parcels: lines, parcels, plans, and what months ahead charge."""

from typing import Final

from nubank_assets.domain.catalog.columns import ACCOUNT, AMOUNT, AS_OF, DATE, ID, MONTH
from nubank_assets.domain.plans import ParcelState
from nubank_assets.domain.tables import Column, ColumnType, Table
from nubank_assets.domain.vocabulary import Layer

_S, _I, _D, _M, _B = (
    ColumnType.STRING,
    ColumnType.INTEGER,
    ColumnType.DATE,
    ColumnType.MONEY,
    ColumnType.BOOLEAN,
)

_PLAN_ID: Final = Column("plan_id", _S, "Identity of the plan, from its lines over all months")
_OF_PLAN: Final = (
    ACCOUNT,
    Column("plan_kind", _S, "purchase, financed (split up by the bank) or pix_on_credit"),
    Column("merchant", _S, "Merchant or person, as the last parcel names it"),
    Column("category", _S, "Category of the last parcel", True),
    Column("purchased_on", _D, "Day of the purchase; NULL where no line tells it", True),
    Column("first_month", _S, "Month of the first parcel, YYYY-MM; NULL if only parcels paid early are known", True),
    Column("installments", _I, "Of how many parcels"),
    Column("usual_brl", _M, "What each parcel charges; the first takes the centavos that are left over"),
    Column("is_estimated", _B, "The first parcel, or every later one, was never seen: the total may be centavos off"),
)

PLAN_LINES: Final = Table(
    "plan_lines",
    Layer.INSIGHTS,
    "one line of one plan",
    "The lines of each plan over all months: parcels, parcels paid early, discounts and refunds",
    ("plan_id", "transaction_id"),
    (
        _PLAN_ID,
        ID,
        ACCOUNT,
        MONTH,
        DATE,
        Column("role", _S, "parcel, early_parcel, discount or refund"),
        Column("installment", _I, "Which parcel; NULL for a discount or a refund", True),
        AMOUNT,
        Column("merchant", _S, "Merchant, person or title, as the line has it"),
        Column("category", _S, "Category of the line; NULL if it is no spending", True),
        Column("plan_kind", _S, "purchase, financed or pix_on_credit; NULL for a discount or a refund", True),
        Column("installments", _I, "Of how many parcels; NULL for a discount or a refund", True),
        Column("first_month", _S, "Month of the plan's first parcel, where the line tells it", True),
        Column("purchased_on", _D, "Day of the purchase, where the line tells it", True),
        Column("bill_state", _S, "closed, open or future"),
        AS_OF,
        Column("cancels_rest", _B, "A refund of the whole purchase, or of all that was charged of it so far"),
    ),
    partitioned=False,
)

PLAN_PARCELS: Final = Table(
    "plan_parcels",
    Layer.INSIGHTS,
    "one parcel of one plan, seen or not",
    "Every parcel of every plan once, with what became of it or the month it is to come (docs/commitments.md)",
    ("plan_id", "installment"),
    (
        _PLAN_ID,
        Column("installment", _I, "Which parcel this is"),
        Column("month", _S, "Month of the bill that charged it or will, YYYY-MM; NULL where nobody can tell", True),
        AMOUNT,
        Column("parcel_state", _S, "billed, settled_early, to_come, cancelled, ended or unseen"),
        Column("transaction_id", _S, "The line that shows it; NULL if it is projected or was never seen", True),
        *_OF_PLAN,
    ),
    partitioned=False,
)

_STATES: Final = {
    ParcelState.BILLED: "on bills that closed",
    ParcelState.SETTLED_EARLY: "paid early, before discount",
    ParcelState.TO_COME: "still to come",
    ParcelState.CANCELLED: "cancelled because the purchase was given back",
    ParcelState.ENDED: "no longer charged, and nothing says why",
    ParcelState.UNSEEN: "of bills that were never imported",
}

INSTALLMENT_PLANS: Final = Table(
    "installment_plans",
    Layer.INSIGHTS,
    "one plan: a purchase in parcels",
    "Every purchase in parcels, with how much of it was charged and how much is still to come",
    ("plan_id",),
    (
        _PLAN_ID,
        *_OF_PLAN,
        Column("last_month", _S, "Month of the last parcel as planned, YYYY-MM", True),
        Column("plan_state", _S, "active, finished, settled_early, cancelled or ended"),
        Column("total_brl", _M, "All parcels"),
        *(Column(f"{state.value}_installments", _I, f"Parcels {says}") for state, says in _STATES.items()),
        *(Column(f"{state.value}_brl", _M, f"Sum of the parcels {says}") for state, says in _STATES.items()),
        Column("discount_brl", _M, "What paying early took off; positive"),
        Column("refunded_brl", _M, "What the merchant gave back; positive"),
        Column("next_month", _S, "Month of the next parcel to come, YYYY-MM; NULL if none is", True),
        Column("ends_month", _S, "Month of the last parcel to come, YYYY-MM; NULL if none is", True),
    ),
    partitioned=False,
)

COMMITMENT_MONTHS: Final = Table(
    "commitment_months",
    Layer.INSIGHTS,
    "one account in one month ahead",
    "What parcels will take of each bill that is not closed yet, and when it gets better",
    ("account", "month"),
    (
        ACCOUNT,
        Column("month", _S, "Month of the bill, YYYY-MM"),
        Column("committed_brl", _M, "What the bill will charge of plans; negative"),
        Column("exported_brl", _M, "The part of it that an open or future bill already shows"),
        Column("projected_brl", _M, "The part of it that follows from earlier parcels"),
        Column("parcels", _I, "Number of parcels"),
        Column("ending_plans", _I, "Plans whose last parcel this is"),
        Column("ending_brl", _M, "What these plans charge: so much less has the next bill"),
        Column(
            "limit_freed_brl", _M, "Card limit that is free again when the bill is paid, of these parcels; positive"
        ),
        Column("committed_after_brl", _M, "What is still committed on the bills after it; negative"),
    ),
    partitioned=False,
)

#: In the order of the documentation.
TABLES: Final = (PLAN_LINES, PLAN_PARCELS, INSTALLMENT_PLANS, COMMITMENT_MONTHS)
