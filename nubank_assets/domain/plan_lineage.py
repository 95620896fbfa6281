"""Where each column of the tables of parcels and plans comes from; part of ``lineage.py``."""

from typing import Final

from nubank_assets.domain.catalog import COMMITMENT_MONTHS
from nubank_assets.domain.plans import ParcelState

_Pairs = list[tuple[str, str]]

_PLANNED: Final[_Pairs] = [("categorized_transactions", name) for name in ("month", "installment", "installments")]
#: What tells of which plan a line is, and what became of its parcels.
_PLAN: Final[_Pairs] = [
    ("installments", name) for name in ("account", "merchant", "installments", "first_month", "amount_brl", "plan_kind")
]
_PARCEL: Final[_Pairs] = [
    ("plan_lines", "role"),
    ("plan_lines", "cancels_rest"),
    ("bills", "bill_state"),
    ("bills", "as_of"),
]

_AHEAD: Final[_Pairs] = [("plan_parcels", "month"), ("plan_parcels", "parcel_state")]
_GIVEN: Final[_Pairs] = [("plan_lines", "role"), ("plan_lines", "amount_brl")]

PLAN_SOURCES: Final[dict[str, dict[str, _Pairs]]] = {
    "installments": {
        "plan_kind": [("categorized_transactions", "title"), ("categorized_transactions", "kind")],
        "is_early": [("categorized_transactions", "title")],
        "purchased_on": [
            ("categorized_transactions", "date"),
            ("transactions", "identifier"),
            ("transactions", "occurred_at"),
        ],
        **dict.fromkeys(("first_month", "last_month"), _PLANNED),
        "remaining_installments": _PLANNED[1:],
    },
    "plan_lines": {
        "plan_id": _PLAN,
        "role": [("installments", "is_early"), ("categorized_transactions", "kind")],
        "cancels_rest": [("categorized_transactions", "amount_brl"), ("installments", "amount_brl")],
    },
    "plan_parcels": {
        "parcel_state": [*_PARCEL, ("plan_lines", "amount_brl")],
        "usual_brl": [("plan_lines", "amount_brl")],
        "is_estimated": [("plan_lines", "installment")],
    },
    "installment_plans": {
        "last_month": [("plan_parcels", "first_month"), ("plan_parcels", "installments")],
        "plan_state": [("plan_parcels", "parcel_state")],
        **dict.fromkeys(("next_month", "ends_month"), _AHEAD),
        "total_brl": [("plan_parcels", "amount_brl")],
        **{
            f"{state.value}_{measure}": [("plan_parcels", "parcel_state"), ("plan_parcels", "amount_brl")][:columns]
            for state in ParcelState
            for measure, columns in (("installments", 1), ("brl", 2))
        },
        **dict.fromkeys(("discount_brl", "refunded_brl"), _GIVEN),
    },
    "commitment_months": {
        name: [("plan_parcels", "amount_brl"), ("plan_parcels", "parcel_state"), ("plan_parcels", "transaction_id")]
        for name in COMMITMENT_MONTHS.column_names
        if name not in COMMITMENT_MONTHS.key
    },
}
