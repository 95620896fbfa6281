"""Where each column of a computed table comes from, for the lineage in the Dagster page.

A column of the same name in an input is its source unless it is named here. Tables made from documents (the
raw ones) have no columns above them.
"""

from collections.abc import Iterable
from typing import Final

from nubank_assets.domain.catalog import TABLES

Sources = dict[str, list[tuple[str, str]]]

_LINE: Final = [("raw_lines", "raw_title")]
_FLOWS: Final = [("daily_totals", name) for name in ("amount_brl", "flow", "bill_state")]
_COMPARED: Final = [*_FLOWS, ("daily_totals", "position"), ("daily_totals", "known_until"), ("daily_totals", "seen")]

_DERIVED: Final[dict[str, Sources]] = {
    "transactions": {
        "transaction_id": [
            ("raw_lines", name)
            for name in ("account", "bill", "raw_title", "raw_identifier", "line_date", "centavos", "line_number")
        ],
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
    "rejects": {"text": [("raw_lines", "raw_text")]},
    "categorized_transactions": {
        "kind": [("transactions", name) for name in ("title", "account_type", "amount_brl", "identifier")],
        "flow": [("transactions", name) for name in ("title", "account_type", "amount_brl", "identifier")],
        "category": [("transactions", "source_category"), ("transactions", "merchant"), ("transactions", "title")],
        "category_method": [("transactions", "source_category"), ("transactions", "merchant")],
        "category_rule": [("transactions", "merchant")],
    },
    "installments": {
        "plan_id": [("categorized_transactions", name) for name in ("account", "merchant", "installments", "month")],
        "first_month": [("categorized_transactions", "month"), ("categorized_transactions", "installment")],
        "last_month": [("categorized_transactions", "month"), ("categorized_transactions", "installments")],
        "remaining_installments": [
            ("categorized_transactions", "installment"),
            ("categorized_transactions", "installments"),
        ],
    },
    "account_balances": {
        "date": [("balance_readings", "observed_on")],
        "balance_brl": [("balance_readings", "value_brl")],
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
    "monthly_summary": {
        **dict.fromkeys(("income_brl", "expenses_brl", "net_brl", "neutral_brl", "future_brl"), _FLOWS),
        "card_expenses_brl": [*_FLOWS, ("daily_totals", "account_type")],
        "account_expenses_brl": [*_FLOWS, ("daily_totals", "account_type")],
        "charges_brl": [*_FLOWS, ("daily_totals", "category")],
    },
    "period_comparison": {
        "name": [("daily_totals", "flow"), ("daily_totals", "category"), ("daily_totals", "kind")],
        "compared_month": [("daily_totals", "month")],
        **dict.fromkeys(("amount_brl", "compared_brl", "difference_brl", "change_percent"), _COMPARED),
    },
}


def column_sources(name: str, inputs: Iterable[str]) -> Sources:
    """For each column of a table the (table, column) pairs it is made from."""
    derived = _DERIVED.get(name, {})
    by_name = {
        column: [(table, column) for table in inputs if column in TABLES[table].column_names]
        for column in TABLES[name].column_names
    }
    return {column: sources for column, sources in {**by_name, **derived}.items() if sources}
