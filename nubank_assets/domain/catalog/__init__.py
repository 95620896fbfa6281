"""Every table of the lake, declared once: columns, types, nullability, description, key and grain.

A new table starts in the module of its layer or topic. What fills it is a source or a transform; nothing here reads or
computes. Amounts are BRL with our sign (negative: money leaves the person or debt grows), dates are São Paulo days.
"""

from typing import Final

from nubank_assets.domain.catalog import categorized, cleaned, insights, raw
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
from nubank_assets.domain.catalog.insights import (
    ACCOUNT_MONTHLY_SUMMARY,
    ACCOUNT_PERIOD_COMPARISON,
    CORRECTION_OUTCOMES,
    DAILY_BALANCES,
    DAILY_TOTALS,
    MONTHLY_SUMMARY,
    PERIOD_COMPARISON,
)
from nubank_assets.domain.catalog.raw import (
    CORRECTIONS,
    RAW_DOCUMENTS,
    RAW_LINES,
    RAW_READINGS,
)
from nubank_assets.domain.tables import Table, by_name
from nubank_assets.domain.vocabulary import Layer

TABLES: Final[dict[str, Table]] = by_name((*raw.TABLES, *cleaned.TABLES, *categorized.TABLES, *insights.TABLES))


def tables_of(layer: Layer) -> list[Table]:
    """The tables of one layer, in the order of their declaration."""
    return [table for table in TABLES.values() if table.layer is layer]


__all__ = [
    "ACCOUNT_BALANCES",
    "ACCOUNT_MONTHLY_SUMMARY",
    "ACCOUNT_PERIOD_COMPARISON",
    "BALANCE_READINGS",
    "BILLS",
    "CARD_TRANSACTIONS",
    "CATEGORIZED_TRANSACTIONS",
    "CORRECTIONS",
    "CORRECTION_OUTCOMES",
    "CREDIT_LIMITS",
    "DAILY_BALANCES",
    "DAILY_TOTALS",
    "EXPENSES",
    "INCOME",
    "INSTALLMENTS",
    "MONTHLY_SUMMARY",
    "PERIOD_COMPARISON",
    "RAW_DOCUMENTS",
    "RAW_LINES",
    "RAW_READINGS",
    "REJECTS",
    "TABLES",
    "TRANSACTIONS",
    "TRANSACTION_SOURCES",
    "tables_of",
]
