"""What must hold before a month is published.

Each audit reads the step's tables, and published tables that it names as inputs. What it looks for is in
``audit_queries.py``, running it in ``audit.py``; showing it in Dagster is for ``assets``. A check over all months is in
``checks.py``.
"""

from typing import Final

from nubank_assets.compute.audit import Audit, table_audits
from nubank_assets.compute.audit_queries import (
    ACCOUNTS_APART,
    CONTRADICTIONS,
    CONTRADICTORY_READINGS,
    LEDGER_DIFFERENCES,
    LOST_LINES,
    UNCLASSIFIED,
    UNCOUNTED_MONEY,
    UNPROVEN_BILLS,
    UNTRACED_LINES,
)
from nubank_assets.compute.commitment_audits import COMMITMENT_AUDITS
from nubank_assets.compute.correction_audits import (
    CORRECTIONS_ARE_APPLIED,
    CORRECTIONS_ARE_TOLD_OF,
    LEARNING_ADDS_UP,
    OWN_RULES_ARE_APPLIED,
)
from nubank_assets.compute.link_audits import LINK_AUDITS
from nubank_assets.compute.proof_audits import PROOF_AUDITS
from nubank_assets.domain.vocabulary import Layer

CLEANING_AUDITS: Final = (
    *table_audits(Layer.CLEANED),
    Audit(
        "lines_are_conserved",
        "transactions",
        "Every line of every document is in a table, replaced, repeated or rejected, and the sums agree",
        LOST_LINES,
        inputs=("raw_documents",),
    ),
    Audit(
        "lines_are_traced",
        "transaction_sources",
        "Every line of every document is here, and each transaction is told of by exactly one that counts",
        UNTRACED_LINES,
        inputs=("raw_documents",),
    ),
    Audit("bills_are_proven", "bills", "A bill's total is the sum of its lines", UNPROVEN_BILLS),
    Audit(
        "ledger_balances_agree",
        "bills",
        "The balance that an OFX states is the sum of the bill's lines without payments",
        LEDGER_DIFFERENCES,
        blocking=False,
    ),
    Audit(
        "documents_agree",
        "transactions",
        "No document contradicts another about a closed bill or a day",
        CONTRADICTIONS,
        inputs=("raw_documents",),
        blocking=False,
    ),
)

CATEGORIZATION_AUDITS: Final = (
    *table_audits(Layer.CATEGORIZED),
    Audit(
        "every_transaction_is_categorized",
        "categorized_transactions",
        "Every transaction has one kind and flow, and kept its amount",
        UNCLASSIFIED,
        inputs=("transactions",),
    ),
    Audit(
        "category_totals_equal_expenses",
        "expenses",
        "The categories of a month add up to its expenses, to the centavo",
        UNCOUNTED_MONEY,
    ),
    CORRECTIONS_ARE_APPLIED,
    OWN_RULES_ARE_APPLIED,
)

INSIGHTS_AUDITS: Final = (
    *table_audits(Layer.INSIGHTS),
    Audit(
        "accounts_add_up",
        "account_monthly_summary",
        "The summaries of the accounts add up to the summary of all, to the centavo",
        ACCOUNTS_APART,
    ),
    Audit(
        "readings_agree_with_movements",
        "daily_balances",
        "Between two readings of a balance an account moved as its lines say",
        CONTRADICTORY_READINGS,
        blocking=False,
    ),
    *COMMITMENT_AUDITS,
    CORRECTIONS_ARE_TOLD_OF,
    LEARNING_ADDS_UP,
    *LINK_AUDITS,
    *PROOF_AUDITS,
)

AUDITS: Final[dict[Layer, tuple[Audit, ...]]] = {
    Layer.CLEANED: CLEANING_AUDITS,
    Layer.CATEGORIZED: CATEGORIZATION_AUDITS,
    Layer.INSIGHTS: INSIGHTS_AUDITS,
}
