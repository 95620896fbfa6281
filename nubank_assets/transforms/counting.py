"""What of all that moved in a month is counted, part by part: `counting_proof`.

Which lines belong together is in ``links.py``.
"""

from collections.abc import Iterable
from enum import StrEnum
from typing import Final

from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as F

from nubank_assets.domain.linking import BESIDE, NEUTRAL_PARTS, CountedPart, PartState
from nubank_assets.domain.vocabulary import Basis, BillState, Flow
from nubank_assets.transforms.frames import Frames, select_table, zero
from nubank_assets.transforms.steps import Parameters
from nubank_assets.transforms.unlinked import linked_amounts

_MONEY: Final = "decimal(18,2)"
_LINKABLE: Final = (*NEUTRAL_PARTS, CountedPart.GIVEN_BACK)
_SUMS: Final = ("in_brl", "out_brl", "transactions")


def prove_counting(frames: Frames, parameters: Parameters) -> DataFrame:  # noqa: ARG001
    """`counting_proof`: all that moved in each month, on both bases, and the parts that add up to it."""
    lines = frames["categorized_transactions"]
    linked = linked_amounts(frames["transaction_links"].where(~_is_any("reason", BESIDE)), "transaction_id")
    lines = linked.join(lines.withColumn("part", _part()), "transaction_id", "right")
    amount, part = F.col("amount_brl"), F.least(F.coalesce("linked_brl", zero()), F.abs("amount_brl"))
    is_linkable = _is_any("part", _LINKABLE)
    signed = F.when(amount < 0, -part).otherwise(part)
    lines = lines.withColumn("_linked", F.when(is_linkable, signed).otherwise(zero()).cast(_MONEY))
    lines = lines.withColumn("_rest", (amount - F.col("_linked")).cast(_MONEY))
    parts = _sum_parts(lines.withColumn("_by_date", F.date_format("date", "yyyy-MM")))
    moved = {"part": _word(CountedPart.MOVED), "state": _word(PartState.WHOLE), "transactions": F.col("_lines")}
    parts = parts.where("transactions > 0").unionByName(parts.withColumns(moved))
    sums = [F.sum(name).alias(name) for name in _SUMS]
    parts = parts.groupBy("month", "basis", "part", "state").agg(*sums)
    amounts = {"counts_as": _counts_as(), "amount_brl": (F.col("in_brl") + F.col("out_brl")).cast(_MONEY)}
    state = frames["monthly_summary"].select("month", "basis", "is_open")
    return select_table("counting_proof", state.join(parts.withColumns(amounts), ["month", "basis"], "right"))


def _sum_parts(lines: DataFrame) -> DataFrame:
    """The sums of both bases by part and state, of linked money and of the rest; `_lines` has each line once."""
    keys = ["month", "_by_date", "part"]
    sums = {}
    for name in ("_linked", "_rest"):
        money = F.col(name)
        sums[f"{name}_in"] = F.sum(F.when(money > 0, money).otherwise(zero()))
        sums[f"{name}_out"] = F.sum(F.when(money < 0, money).otherwise(zero()))
    # A line of no money is one that is not linked.
    has_rest = (F.col("_rest") != 0) | (F.col("amount_brl") == 0)
    sums["_linked_lines"] = F.sum((F.col("_linked") != 0).cast("int"))
    sums |= {"_rest_lines": F.sum(has_rest.cast("int")), "_every": F.count(F.lit(1))}
    found = lines.groupBy(*keys).agg(*[value.alias(name) for name, value in sums.items()])
    found = found.withColumn("_which", F.explode(F.array(F.lit("_linked"), F.lit("_rest"))))
    picked = {
        name: F.when(F.col("_which") == "_linked", F.col(f"_linked_{column}")).otherwise(F.col(f"_rest_{column}"))
        for name, column in (("in_brl", "in"), ("out_brl", "out"), ("transactions", "lines"))
    }
    rest = F.when(_is_any("part", _LINKABLE), _word(PartState.UNLINKED)).otherwise(_word(PartState.WHOLE))
    state = F.when(F.col("_which") == "_linked", _word(PartState.LINKED)).otherwise(rest)
    once = F.when(F.col("_which") == "_rest", F.col("_every")).otherwise(F.lit(0))
    found = found.withColumns({**picked, "state": state, "_lines": once})
    found = found.withColumn("basis", F.explode(F.array(*[F.lit(basis.value) for basis in Basis])))
    month = F.when(F.col("basis") == Basis.BILL.value, F.col("month")).otherwise(F.col("_by_date"))
    return found.withColumn("month", month).select("month", "basis", "part", "state", *_SUMS, "_lines")


def _part() -> Column:
    """Which part of the month a line is."""
    flow = F.col("flow")
    cases = [
        (F.coalesce("bill_state", F.lit("")) == BillState.FUTURE.value, CountedPart.FUTURE),
        (flow == Flow.INCOME.value, CountedPart.INCOME),
        (flow == Flow.EXPENSE.value, CountedPart.EXPENSE),
        (flow == Flow.EXPENSE_REDUCTION.value, CountedPart.GIVEN_BACK),
        *[(_is_any("kind", kinds), part) for part, kinds in NEUTRAL_PARTS.items()],
    ]
    return F.coalesce(*[F.when(holds, _word(part)) for holds, part in cases], _word(CountedPart.LOAN))


def _counts_as() -> Column:
    income = F.when(_is_any("part", [CountedPart.INCOME]), F.lit("income"))
    spending = F.when(_is_any("part", [CountedPart.EXPENSE, CountedPart.GIVEN_BACK]), F.lit("expenses"))
    return F.coalesce(income, spending, F.lit("nothing"))


def _is_any(name: str, words: Iterable[StrEnum]) -> Column:
    return F.col(name).isin(sorted(word.value for word in words))


def _word(word: StrEnum) -> Column:
    return F.lit(word.value)
