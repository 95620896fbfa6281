"""Where each column of the tables that prove comes from; part of ``lineage.py``."""

from typing import Final

_Pairs = list[tuple[str, str]]

_LINES: Final[_Pairs] = [
    ("bills", "total_brl"),
    ("bills", "payments_brl"),
    ("categorized_transactions", "amount_brl"),
    ("categorized_transactions", "kind"),
]
_PLACES: Final[_Pairs] = [("bills", "month"), ("bills", "bill")]
_OWED: Final[_Pairs] = [("bill_dues", "owed_brl"), ("bill_dues", "owed_before_brl")]
_CHARGED: Final[_Pairs] = [("bill_dues", "total_brl"), ("bill_dues", "due_brl")]
_STATED: Final[_Pairs] = [("bill_dues", "stated_brl")]
_DIFFERENCE: Final[_Pairs] = [*_STATED, *_CHARGED]
_PAID: Final[_Pairs] = [("bill_payments", "amount_brl"), ("bill_payments", "timing")]
_BILL_KEY: Final[dict[str, _Pairs]] = {name: [("bill_dues", name)] for name in ("month", "account", "bill")}
_DAYS: Final[_Pairs] = [("daily_balances", "date"), ("categorized_transactions", "date")]
_BALANCES: Final[_Pairs] = [("daily_balances", "balance_brl"), ("daily_balances", "is_observed")]
_COVERS: Final[_Pairs] = [("raw_documents", "covers_from"), ("raw_documents", "covers_to")]
_NAMED: Final[_Pairs] = [
    *_DIFFERENCE,
    ("rejects", "amount_brl"),
    ("transaction_sources", "amount_brl"),
    ("bill_dues", "stated_lines_brl"),
    ("bill_payments", "amount_brl"),
]

PROOF_SOURCES: Final[dict[str, dict[str, _Pairs]]] = {
    "bill_dues": {
        **{name: [("bills", name)] for name in ("month", "account", "bill", "bill_due", "bill_state", "as_of")},
        **dict.fromkeys(("total_brl", "due_brl", "owed_brl", "owed_before_brl"), _LINES),
        **dict.fromkeys(("received_brl", "carried_brl", "carried_credit_brl"), _LINES[2:]),
        **dict.fromkeys(("place", "chain", "next_bill"), _PLACES),
        "stated_brl": [("raw_documents", "ledger_brl"), ("balance_readings", "value_brl")],
        "stated_by": [("raw_documents", "format"), ("balance_readings", "source")],
        "stated_in": [("raw_documents", "document")],
        "stated_lines_brl": [("raw_documents", "total_brl"), ("raw_documents", "payments_brl")],
        "pay_until": [("bills", "bill_due"), ("bills", "month")],
        "next_bill_state": [("bills", "bill_state")],
        "next_as_of": [("bills", "as_of")],
    },
    "bill_payments": {
        "month": [("bill_dues", "month")],
        "bill": [("bill_dues", "bill"), *_OWED],
        "paid_in": [("categorized_transactions", "bill"), ("bill_dues", "bill")],
        "settled_by": [("categorized_transactions", "kind"), ("bill_dues", "due_brl")],
        "amount_brl": [*_OWED, ("categorized_transactions", "amount_brl")],
        "timing": [("categorized_transactions", "date"), ("bill_dues", "pay_until"), ("bill_dues", "place")],
    },
    "bill_differences": {**_BILL_KEY, **dict.fromkeys(("cause", "amount_brl"), _NAMED)},
    "bill_proofs": {
        **_BILL_KEY,
        **{name: [("bill_dues", name)] for name in ("bill_due", "bill_state", "total_brl", "received_brl", "due_brl")},
        **{name: [("bill_dues", name)] for name in ("stated_brl", "stated_by")},
        "difference_brl": _DIFFERENCE,
        "unexplained_brl": [("bill_differences", "amount_brl"), ("bill_differences", "cause")],
        "causes": [("bill_differences", "cause")],
        "proof": [*_DIFFERENCE, ("bill_dues", "bill_state")],
        "paid_brl": _PAID,
        **{key: [("bill_payments", "date")] for key in ("first_paid_on", "last_paid_on")},
        **{key: [*_PAID, *_CHARGED] for key in ("carried_brl", "open_brl")},
        "settlement": [*_PAID, *_CHARGED, ("bill_dues", "pay_until"), ("bill_dues", "next_as_of")],
    },
    "account_proofs": {
        "span": [("daily_balances", "is_observed")],
        **dict.fromkeys(("month", "first_day", "last_day"), _DAYS),
        **dict.fromkeys(("opening_brl", "closing_brl"), _BALANCES),
        **{key: [("categorized_transactions", "amount_brl")] for key in ("came_in_brl", "went_out_brl")},
        "difference_brl": [*_BALANCES, ("categorized_transactions", "amount_brl")],
        "proof": [*_BALANCES, ("daily_balances", "unexplained_brl"), ("categorized_transactions", "as_of")],
    },
    "statement_coverage": {
        **dict.fromkeys(("first_day", "last_day"), _COVERS),
        **{key: [*_COVERS, ("raw_documents", "month")] for key in ("first_month", "last_month")},
        **{key: [("raw_documents", "document")] for key in ("coverage", "documents")},
        "repeated_lines": [("raw_documents", "duplicate_lines"), ("transaction_sources", "line_state")],
    },
}
