"""cleaned_parquet to categorized_tables: what each line is, and what it does to the month.

The words that say what a line is are data in ``rules``, which category it gets is in ``categories.py``, and what a kind
means for money in ``domain/flows.py``.
"""

from collections.abc import Iterable, Mapping
from functools import reduce
from typing import Final

from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as F

from nubank_assets.domain.flows import FLOW_BY_KIND, INCOME_WHEN_POSITIVE, NEUTRAL_ON_ACCOUNT
from nubank_assets.domain.vocabulary import Flow, Kind, Reading
from nubank_assets.transforms.categories import decide_categories
from nubank_assets.transforms.corrections import decide_by_corrections
from nubank_assets.transforms.frames import Frames, first_of, select_table
from nubank_assets.transforms.gathering import collect_texts
from nubank_assets.transforms.merchants import KEY, explain_merchants
from nubank_assets.transforms.parcels import derive_installments
from nubank_assets.transforms.rules import KindRule, kind_rules
from nubank_assets.transforms.steps import Parameters
from nubank_assets.transforms.text import match_key

_COUNTS: Final = "(bill_state is null or bill_state <> 'future')"
_PIX_ON_CREDIT_TITLE: Final = "valor adicionado na conta por cartao de credito"
#: What can be paid through the account with the card's money: the card shows the expense.
_FUNDED_BY_CARD: Final = (Kind.PIX_OUT, Kind.TRANSFER_OUT, Kind.BOLETO, Kind.DEBIT_PURCHASE)
_FROM_OR_TO_PERSONS: Final = (Kind.PIX_IN, Kind.PIX_OUT, Kind.TRANSFER_IN, Kind.TRANSFER_OUT)


def categorize_transactions(frames: Frames, parameters: Parameters) -> DataFrame:
    """`categorized_transactions`: every line of `transactions` with kind, flow and category."""
    lines = frames["transactions"].withColumns(
        {"_key": match_key(F.col("title")), "_who": match_key(F.col("merchant"))}
    )
    # The small side first: it is the one that Sail keeps in memory.
    lines = explain_merchants(frames).join(lines, [*KEY], "right")
    lines = _with_funding(lines)
    lines = lines.withColumn("kind", _kind_by_rules(kind_rules()))
    lines = lines.withColumn("kind", _kind_in_context(parameters))
    lines = lines.withColumn("flow", _flow())
    lines = decide_categories(_with_corrections(lines, frames))
    return select_table("categorized_transactions", lines)


def _with_corrections(lines: DataFrame, frames: Frames) -> DataFrame:
    """`_corrected` and `correction`: what a person says of the very line."""
    corrections = frames["corrections"]
    # Few people correct any: then no line need be looked for.
    if not collect_texts(corrections.select("correction")):
        nothing = F.lit(None).cast("string")
        return lines.withColumns({"_corrected": nothing, "correction": nothing})
    return lines.join(decide_by_corrections(frames["transactions"], corrections), "transaction_id", "left")


def _kind_by_rules(rules: Iterable[KindRule]) -> Column:
    return first_of([(_matches(rule), F.lit(rule.kind.value)) for rule in rules], F.lit(Kind.OTHER.value))


def _matches(rule: KindRule) -> Column:
    condition = F.col("account_type") == rule.account_type
    if rule.sign != "any":
        condition &= F.col("amount_brl") > 0 if rule.sign == "credit" else F.col("amount_brl") < 0
    if rule.of_parcels:
        condition &= F.col("installment").isNotNull()
    return condition & F.col("_key").rlike(rule.pattern) if rule.pattern else condition


def _with_funding(lines: DataFrame) -> DataFrame:
    """`_funded`: what the card paid into the account for a line's movement. Few movements have it: no window."""
    lines = lines.withColumn("_movement", F.coalesce("identifier", "transaction_id"))
    by_card = lines.where(F.col("_key").startswith(_PIX_ON_CREDIT_TITLE))
    funding = by_card.groupBy("account", "_movement").agg(F.max("amount_brl").alias("_funded"))
    return funding.join(lines, ["account", "_movement"], "right")


def _kind_in_context(parameters: Parameters) -> Column:
    """What only other lines or settings tell: Pix paid by the card, transfers between one's own accounts."""
    kind = F.col("kind")
    is_person = _is_any(_FROM_OR_TO_PERSONS)
    names = [" ".join(name.split()) for name in parameters.holder_names if name.strip()]
    own = reduce(lambda any_of, name: any_of | (F.col("_who") == match_key(F.lit(name))), names, F.lit(False))
    cases = [
        (_is_any(_FUNDED_BY_CARD) & (F.col("_funded") == -F.col("amount_brl")), F.lit(Kind.PIX_ON_CREDIT.value)),
        (is_person & own, F.lit(Kind.OWN_TRANSFER.value)),
    ]
    return first_of(cases, kind)


def _flow() -> Column:
    """`vocabulary.flow_of`, for every line."""
    amount, on_account = F.col("amount_brl"), F.col("account_type") == "account"
    cases = [
        (on_account & _is_any(NEUTRAL_ON_ACCOUNT), F.lit(Flow.NEUTRAL.value)),
        (_is_any(_kinds_of(Flow.NEUTRAL)), F.lit(Flow.NEUTRAL.value)),
        (_is_any(_kinds_of(Flow.INCOME)), F.lit(Flow.INCOME.value)),
        (on_account & (amount > 0) & _is_any(INCOME_WHEN_POSITIVE), F.lit(Flow.INCOME.value)),
        (_is_any(_kinds_of(Flow.EXPENSE)) & (amount > 0), F.lit(Flow.EXPENSE_REDUCTION.value)),
        (_is_any(_kinds_of(Flow.EXPENSE_REDUCTION)) & (amount >= 0), F.lit(Flow.EXPENSE_REDUCTION.value)),
    ]
    return first_of(cases, F.lit(Flow.EXPENSE.value))


def _kinds_of(flow: Flow) -> list[Kind]:
    return [kind for kind, its_flow in FLOW_BY_KIND.items() if its_flow is flow]


def _is_any(kinds: Iterable[Kind]) -> Column:
    return F.col("kind").isin(sorted(kind.value for kind in kinds))


def select_card_transactions(frames: Frames, parameters: Parameters) -> DataFrame:  # noqa: ARG001
    """`card_transactions`: purchases, parcels and Pix on credit of cards, future bills included."""
    kinds = [Kind.PURCHASE.value, Kind.INSTALLMENT.value, Kind.PIX_ON_CREDIT.value]
    lines = frames["categorized_transactions"].where((F.col("account_type") == "card") & F.col("kind").isin(kinds))
    return select_table("card_transactions", lines)


def select_expenses(frames: Frames, parameters: Parameters) -> DataFrame:  # noqa: ARG001
    """`expenses`: spending and what takes some back, without future bills."""
    spending = F.col("flow").isin(Flow.EXPENSE.value, Flow.EXPENSE_REDUCTION.value)
    return select_table("expenses", frames["categorized_transactions"].where(spending & F.expr(_COUNTS)))


def select_income(frames: Frames, parameters: Parameters) -> DataFrame:  # noqa: ARG001
    """`income`: money earned or given."""
    return select_table("income", frames["categorized_transactions"].where(f"flow = 'income' and {_COUNTS}"))


def derive_account_balances(frames: Frames, parameters: Parameters) -> DataFrame:  # noqa: ARG001
    """`account_balances`: the balance of each account on the days it is known, with what is invested."""
    columns = {"balance_brl": Reading.ACCOUNT_BALANCE, "invested_brl": Reading.INVESTED}
    days = _readings_by_day(frames["balance_readings"], columns)
    return select_table("account_balances", days.where("balance_brl is not null"))


def derive_credit_limits(frames: Frames, parameters: Parameters) -> DataFrame:  # noqa: ARG001
    """`credit_limits`: one row a day with what is known of a card; what is not known stays NULL."""
    columns = {
        "open_bill_brl": Reading.OPEN_BILL,
        "available_limit_brl": Reading.AVAILABLE_LIMIT,
        "limit_brl": Reading.CARD_LIMIT,
    }
    return select_table("credit_limits", _readings_by_day(frames["balance_readings"], columns))


def _readings_by_day(readings: DataFrame, columns: Mapping[str, Reading]) -> DataFrame:
    """One row for each account and day with any of these readings, each in its column."""
    readings = readings.where(F.col("reading").isin([reading.value for reading in columns.values()]))
    known = [
        F.max(F.when(F.col("reading") == reading.value, F.col("value_brl"))).alias(name)
        for name, reading in columns.items()
    ]
    return readings.groupBy("month", "account", F.col("observed_on").alias("date")).agg(*known)


TRANSFORMS: Final = {
    "categorized_transactions": categorize_transactions,
    "card_transactions": select_card_transactions,
    "expenses": select_expenses,
    "income": select_income,
    "installments": derive_installments,
    "account_balances": derive_account_balances,
    "credit_limits": derive_credit_limits,
}
