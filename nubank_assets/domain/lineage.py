"""Where each column of a computed table comes from, for the lineage in the Dagster page.

A column of the same name in an input is its source unless it is named here. Tables made from documents (the
raw ones) have no columns above them.
"""

from collections.abc import Iterable
from typing import Final

from nubank_assets.domain.catalog import TABLES

Sources = dict[str, list[tuple[str, str]]]

_LINE: Final = [("raw_lines", "raw_title")]
_FLOWS: Final = [("categorized_transactions", name) for name in ("amount_brl", "flow", "bill_state")]
_COMPARED: Final = [*_FLOWS, ("categorized_transactions", "date"), ("categorized_transactions", "bill_due")]

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
    "monthly_summary": {
        "is_open": [("categorized_transactions", "bill_state"), ("categorized_transactions", "as_of")],
        **{
            name: _FLOWS
            for name in ("income_brl", "expenses_brl", "net_brl", "neutral_brl", "future_brl", "transactions")
        },
        "card_expenses_brl": [*_FLOWS, ("categorized_transactions", "account_type")],
        "account_expenses_brl": [*_FLOWS, ("categorized_transactions", "account_type")],
        "charges_brl": [*_FLOWS, ("categorized_transactions", "category")],
    },
    "period_comparison": {
        "is_open": [("categorized_transactions", "bill_state"), ("categorized_transactions", "as_of")],
        "name": [("categorized_transactions", "category"), ("categorized_transactions", "kind")],
        "compared_month": [("categorized_transactions", "month")],
        **{name: _COMPARED for name in ("amount_brl", "compared_brl", "difference_brl", "change_percent")},
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
