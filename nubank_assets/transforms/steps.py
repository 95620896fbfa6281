"""The steps: which tables each reads and makes, and the module whose transforms make them.

A step is plain declaration, loaded without an engine; running one is for ``compute/step.py``.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Final

from nubank_assets.domain.vocabulary import Layer

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

    from nubank_assets.transforms.frames import Frames

    Transform = Callable[[Frames, "Parameters"], DataFrame]


@dataclass(frozen=True)
class Parameters:
    """What a person's settings change about the meaning of lines. Plain data: it travels to a cluster.

    `holder_names` are the names under which the person holds accounts: transfers to them are their own.
    """

    holder_names: tuple[str, ...] = ()


@dataclass(frozen=True)
class Step:
    """A layer's work: `outputs` are made in order, a later one may read an earlier one.

    `module` has `TRANSFORMS`, the transform of each output. `sources` says which tables an output is read from. Inputs
    that are `whole` are also read over all months, as `all_<name>`, whatever months are made.
    """

    layer: Layer
    inputs: tuple[str, ...]
    sources: dict[str, tuple[str, ...]]
    module: str
    partitioned: bool = True
    whole: tuple[str, ...] = ()

    def reads(self, months: Sequence[str] | None) -> "dict[str, tuple[str, Sequence[str] | None]]":
        """What is read for these months: by the name of its frame the table, and which months (all, if None)."""
        of_all = {f"all_{name}": (name, None) for name in self.whole}
        return {**{name: (name, months) for name in self.inputs}, **of_all}

    @property
    def name(self) -> str:
        """The layer's name."""
        return self.layer.value

    @property
    def outputs(self) -> tuple[str, ...]:
        """The tables that are made, in order."""
        return tuple(self.sources)

    def transforms(self) -> "Mapping[str, Transform]":
        """The transform of each output; importing them needs pyspark."""
        found: Mapping[str, Transform] = import_module(self.module).TRANSFORMS
        return found


CLEANING: Final = Step(
    Layer.CLEANED,
    inputs=("raw_lines", "raw_documents", "raw_readings"),
    sources={
        "transaction_sources": ("raw_lines",),
        "transactions": ("raw_lines", "transaction_sources"),
        "bills": ("raw_documents",),
        "balance_readings": ("raw_readings",),
        "rejects": ("raw_lines",),
    },
    module="nubank_assets.transforms.cleaning",
)

CATEGORIZATION: Final = Step(
    Layer.CATEGORIZED,
    inputs=("transactions", "balance_readings", "corrections", "rules"),
    sources={
        "categorized_transactions": ("transactions", "corrections", "rules"),
        "card_transactions": ("categorized_transactions",),
        "expenses": ("categorized_transactions",),
        "income": ("categorized_transactions",),
        "installments": ("categorized_transactions", "transactions"),
        "account_balances": ("balance_readings",),
        "credit_limits": ("balance_readings",),
    },
    module="nubank_assets.transforms.categorization",
    # What was said of a merchant is remembered in the months after.
    whole=("transactions",),
)

INSIGHTS: Final = Step(
    Layer.INSIGHTS,
    inputs=(
        "categorized_transactions",
        "installments",
        "balance_readings",
        "corrections",
        "rules",
        "bills",
        "raw_documents",
        "rejects",
        "transaction_sources",
    ),
    sources={
        "daily_totals": ("categorized_transactions",),
        "monthly_summary": ("daily_totals",),
        "period_comparison": ("daily_totals",),
        "account_monthly_summary": ("daily_totals",),
        "account_period_comparison": ("daily_totals",),
        "daily_balances": ("balance_readings", "categorized_transactions"),
        "bill_dues": ("bills", "raw_documents", "balance_readings", "categorized_transactions"),
        "bill_payments": ("bill_dues", "categorized_transactions"),
        "bill_differences": (
            "bill_dues",
            "bill_payments",
            "raw_documents",
            "rejects",
            "transaction_sources",
        ),
        "bill_proofs": ("bill_dues", "bill_payments", "bill_differences"),
        "account_proofs": ("categorized_transactions", "daily_balances"),
        "statement_coverage": ("raw_documents", "transaction_sources"),
        "plan_lines": ("installments", "categorized_transactions"),
        "plan_parcels": ("plan_lines", "bills"),
        "installment_plans": ("plan_parcels", "plan_lines"),
        "commitment_months": ("plan_parcels",),
        "transaction_links": ("categorized_transactions", "plan_lines"),
        "unlinked_transactions": ("categorized_transactions", "daily_totals", "transaction_links"),
        "counting_proof": ("categorized_transactions", "monthly_summary", "transaction_links"),
        "correction_outcomes": ("corrections", "rules", "categorized_transactions"),
        "learning_progress": ("categorized_transactions", "rules"),
    },
    module="nubank_assets.transforms.insights",
    partitioned=False,
)

STEPS: Final[dict[str, Step]] = {step.name: step for step in (CLEANING, CATEGORIZATION, INSIGHTS)}
