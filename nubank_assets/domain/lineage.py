"""Where each column of a computed table comes from, for the lineage in the Dagster page.

A column of the same name in an input is its source unless it is named here. Tables made from documents (the
raw ones) have no columns above them.
"""

from collections.abc import Iterable
from typing import Final

from nubank_assets.domain.catalog import TABLES
from nubank_assets.domain.link_lineage import LINK_LINEAGE
from nubank_assets.domain.plan_lineage import PLAN_SOURCES
from nubank_assets.domain.proof_lineage import PROOF_SOURCES

Sources = dict[str, list[tuple[str, str]]]

_LINE: Final = [("raw_lines", "raw_title"), ("raw_lines", "statement_title")]
_IDENTITY: Final = [
    ("raw_lines", name)
    for name in ("account", "bill", "raw_title", "raw_identifier", "line_date", "centavos", "line_number")
]
_FLOWS: Final = [("daily_totals", name) for name in ("amount_brl", "flow", "bill_state")]
_COMPARED: Final = [*_FLOWS, ("daily_totals", "position"), ("daily_totals", "known_until"), ("daily_totals", "seen")]

_READINGS: Final = [("balance_readings", "value_brl"), ("balance_readings", "reading")]
_BALANCES: Final = [("balance_readings", "value_brl"), ("categorized_transactions", "amount_brl")]
_DAYS: Final = [("balance_readings", "observed_on"), ("categorized_transactions", "date")]
_SUMMARY: Final[Sources] = {
    **dict.fromkeys(("income_brl", "expenses_brl", "net_brl", "neutral_brl", "future_brl"), _FLOWS),
    "card_expenses_brl": [*_FLOWS, ("daily_totals", "account_type")],
    "account_expenses_brl": [*_FLOWS, ("daily_totals", "account_type")],
    "charges_brl": [*_FLOWS, ("daily_totals", "category")],
}
_COMPARISON: Final[Sources] = {
    "name": [("daily_totals", "flow"), ("daily_totals", "category"), ("daily_totals", "kind")],
    "compared_month": [("daily_totals", "month")],
    **dict.fromkeys(("amount_brl", "compared_brl", "difference_brl", "change_percent"), _COMPARED),
}

_RULE: Final = [("rules", name) for name in ("match_type", "raw_pattern", "transaction_id", "category", "number")]
_CATEGORY: Final = [("transactions", "source_category"), ("transactions", "merchant"), *_RULE]
_CORRECTED: Final = [
    ("corrections", name) for name in ("category", "transaction_id", "account", "bill", "raw_title", "amount_brl")
]

_DERIVED: Final[dict[str, Sources]] = {
    "transaction_sources": {
        **dict.fromkeys(("transaction_id", "own_id"), _IDENTITY),
        "matched_by": [*_IDENTITY, ("raw_lines", "line_state")],
        "amount_brl": [("raw_lines", "centavos")],
        "reason": [("raw_lines", "reason"), ("raw_lines", "void_reason")],
    },
    "transactions": {
        "transaction_id": [("transaction_sources", "transaction_id")],
        "date": [("raw_lines", "line_date")],
        "title": _LINE,
        "merchant": _LINE,
        "installment": _LINE,
        "installments": _LINE,
        "amount_brl": [("raw_lines", "centavos")],
        "source_category": [("raw_lines", "raw_category")],
        "identifier": [("raw_lines", "raw_identifier")],
    },
    "bills": {
        "lines": [("raw_documents", "current_lines")],
        "total_brl": [("raw_documents", "current_brl"), ("raw_documents", "payments_brl")],
        "ledger_difference_brl": [("raw_documents", "ledger_brl"), ("raw_documents", "current_brl")],
    },
    "balance_readings": {"value_brl": [("raw_readings", "raw_value")]},
    "rejects": {"text": [("raw_lines", "raw_text")], "amount_brl": [("raw_lines", "rejected_centavos")]},
    "categorized_transactions": {
        "kind": [("transactions", name) for name in ("title", "account_type", "amount_brl", "identifier")],
        "flow": [("transactions", name) for name in ("title", "account_type", "amount_brl", "identifier")],
        "category": [*_CORRECTED, *_CATEGORY, ("transactions", "title")],
        "category_method": [*_CORRECTED, *_CATEGORY],
        "category_rule": [*_CORRECTED, *_CATEGORY],
        "category_confidence": [*_CORRECTED, *_CATEGORY],
        "subcategory": [*_CORRECTED, *_CATEGORY],
        "correction": [("corrections", "correction"), *_CORRECTED],
        "uncorrected_category": [*_CATEGORY, ("transactions", "title")],
        "own_rule": [("rules", "rule"), *_RULE, ("transactions", "merchant")],
    },
    "account_balances": {
        "date": [("balance_readings", "observed_on")],
        **dict.fromkeys(("balance_brl", "invested_brl"), _READINGS),
    },
    "credit_limits": {
        "date": [("balance_readings", "observed_on")],
        **{
            name: [("balance_readings", "value_brl"), ("balance_readings", "reading")]
            for name in ("open_bill_brl", "available_limit_brl", "limit_brl")
        },
    },
    "daily_totals": {
        "seen": [("categorized_transactions", "as_of")],
        "position": [("categorized_transactions", "date"), ("categorized_transactions", "bill_due")],
        "is_open": [("categorized_transactions", "bill_state"), ("categorized_transactions", "as_of")],
        "known_until": [("categorized_transactions", "as_of"), ("categorized_transactions", "bill_due")],
        "transactions": [("categorized_transactions", "transaction_id")],
    },
    **dict.fromkeys(("monthly_summary", "account_monthly_summary"), _SUMMARY),
    **dict.fromkeys(("period_comparison", "account_period_comparison"), _COMPARISON),
    "daily_balances": {
        "movements_brl": [("categorized_transactions", "amount_brl")],
        **dict.fromkeys(("date", "month"), _DAYS),
        **dict.fromkeys(("balance_brl", "unexplained_brl"), _BALANCES),
        "is_observed": [("balance_readings", "value_brl")],
    },
    "correction_outcomes": {
        "outcome": [*_CORRECTED, ("corrections", "reason"), ("categorized_transactions", "correction")],
        "conflicts_with": [("corrections", "correction"), *_CORRECTED],
        "title": [("corrections", "raw_title")],
        "category": [("corrections", "category")],
        "uncorrected_categories": [("categorized_transactions", "uncorrected_category")],
        "matched_lines": [*_CORRECTED, ("categorized_transactions", "transaction_id")],
        "applied_lines": [("categorized_transactions", "correction"), ("categorized_transactions", "own_rule")],
        "months": [("categorized_transactions", "month")],
        "amount_brl": [("categorized_transactions", "amount_brl")],
        **{name: [("corrections", name)] for name in ("correction", "transaction_id", "account", "bill", "reason")},
    },
    **LINK_LINEAGE,
}

_METHOD: Final = [("categorized_transactions", "category_method")]
_ASKED: Final = [*_METHOD, ("rules", "transaction_id"), ("rules", "bill")]
_UNCERTAIN: Final = [("categorized_transactions", "category_confidence")]
_DERIVED["learning_progress"] = {
    "month": [("categorized_transactions", "month")],
    "lines": [("categorized_transactions", "category")],
    **{
        f"{method}_lines": _METHOD
        for method in ("correction", "own_rule", "memory", "source", "kind", "rule", "fallback")
    },
    **dict.fromkeys(("uncertain_lines", "uncertain_percent"), _UNCERTAIN),
    "merchant_corrections": _ASKED[1:],
    **dict.fromkeys(("corrections", "correction_percent"), _ASKED),
}

_DERIVED.update(PLAN_SOURCES)
_DERIVED.update(PROOF_SOURCES)


def column_sources(name: str, inputs: Iterable[str]) -> Sources:
    """For each column of a table the (table, column) pairs it is made from."""
    derived = _DERIVED.get(name, {})
    by_name = {
        column: [(table, column) for table in inputs if column in TABLES[table].column_names]
        for column in TABLES[name].column_names
    }
    return {column: sources for column, sources in {**by_name, **derived}.items() if sources}
