"""Every table of the lake, declared once: columns, types, nullability, description, key and grain.

A new table starts in the module of its layer or topic. What fills it is a source or a transform; nothing here reads or
computes. Amounts are BRL with our sign (negative: money leaves the person or debt grows), dates are São Paulo days.
"""

from typing import Final

from nubank_assets.domain.catalog import categorized, cleaned, commitments, insights, links, proofs, raw
from nubank_assets.domain.catalog.categorized import (
    ACCOUNT_BALANCES,
    CARD_TRANSACTIONS,
    CATEGORIZED_TRANSACTIONS,
    CREDIT_LIMITS,
    EXPENSES,
    INCOME,
    INSTALLMENTS,
)
from nubank_assets.domain.catalog.cleaned import (
    BALANCE_READINGS,
    BILLS,
    REJECTS,
    TRANSACTION_SOURCES,
    TRANSACTIONS,
)
from nubank_assets.domain.catalog.commitments import (
    COMMITMENT_MONTHS,
    INSTALLMENT_PLANS,
    PLAN_LINES,
    PLAN_PARCELS,
)
from nubank_assets.domain.catalog.insights import (
    ACCOUNT_MONTHLY_SUMMARY,
    ACCOUNT_PERIOD_COMPARISON,
    CORRECTION_OUTCOMES,
    DAILY_BALANCES,
    DAILY_TOTALS,
    MONTHLY_SUMMARY,
    PERIOD_COMPARISON,
)
from nubank_assets.domain.catalog.learning import LEARNING_PROGRESS, RULES
from nubank_assets.domain.catalog.links import COUNTING_PROOF, TRANSACTION_LINKS, UNLINKED_TRANSACTIONS
from nubank_assets.domain.catalog.proofs import (
    ACCOUNT_PROOFS,
    BILL_DIFFERENCES,
    BILL_DUES,
    BILL_PAYMENTS,
    BILL_PROOFS,
    STATEMENT_COVERAGE,
)
from nubank_assets.domain.catalog.raw import (
    CORRECTIONS,
    RAW_DOCUMENTS,
    RAW_LINES,
    RAW_READINGS,
)
from nubank_assets.domain.tables import Table, by_name
from nubank_assets.domain.vocabulary import Layer

TABLES: Final[dict[str, Table]] = by_name(
    (
        *raw.TABLES,
        RULES,
        *cleaned.TABLES,
        *categorized.TABLES,
        *insights.TABLES,
        *commitments.TABLES,
        LEARNING_PROGRESS,
        *links.TABLES,
        *proofs.TABLES,
    )
)


def tables_of(layer: Layer) -> list[Table]:
    """The tables of one layer, in the order of their declaration."""
    return [table for table in TABLES.values() if table.layer is layer]


__all__ = [
    "ACCOUNT_BALANCES",
    "ACCOUNT_MONTHLY_SUMMARY",
    "ACCOUNT_PERIOD_COMPARISON",
    "ACCOUNT_PROOFS",
    "BALANCE_READINGS",
    "BILLS",
    "BILL_DIFFERENCES",
    "BILL_DUES",
    "BILL_PAYMENTS",
    "BILL_PROOFS",
    "CARD_TRANSACTIONS",
    "CATEGORIZED_TRANSACTIONS",
    "COMMITMENT_MONTHS",
    "CORRECTIONS",
    "CORRECTION_OUTCOMES",
    "COUNTING_PROOF",
    "CREDIT_LIMITS",
    "DAILY_BALANCES",
    "DAILY_TOTALS",
    "EXPENSES",
    "INCOME",
    "INSTALLMENTS",
    "INSTALLMENT_PLANS",
    "LEARNING_PROGRESS",
    "MONTHLY_SUMMARY",
    "PERIOD_COMPARISON",
    "PLAN_LINES",
    "PLAN_PARCELS",
    "RAW_DOCUMENTS",
    "RAW_LINES",
    "RAW_READINGS",
    "REJECTS",
    "RULES",
    "STATEMENT_COVERAGE",
    "TABLES",
    "TRANSACTIONS",
    "TRANSACTION_LINKS",
    "TRANSACTION_SOURCES",
    "UNLINKED_TRANSACTIONS",
    "tables_of",
]
