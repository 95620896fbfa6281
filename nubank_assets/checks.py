"""Checks of a whole run and over all months. Checks of one month are in ``compute/audits.py``."""

from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING, Final

import dagster as dg

from nubank_assets.assets.declared import key_of
from nubank_assets.domain.catalog import TABLES
from nubank_assets.messages import message
from nubank_assets.resources import LakeResource

if TYPE_CHECKING:
    import pyarrow as pa

    from nubank_assets.lake.publish import Lake


#: What raw_transactions notes of sources that could not be asked.
SOURCES_FAILED: Final = "sources_failed"


@dg.asset_check(
    asset=key_of("raw_documents"),
    description="Every source that this run asked answered; what was stored before is processed all the same",
)
def sources_answered(context: dg.AssetCheckExecutionContext) -> dg.AssetCheckResult:
    """Fails the run, and stops no other step, when a source could not be asked."""
    noted = context.instance.all_logs(context.run.run_id, of_type=dg.DagsterEventType.ASSET_OBSERVATION)
    for entry in noted:
        event = entry.dagster_event
        metadata = event.asset_observation_data.asset_observation.metadata if event else {}
        if SOURCES_FAILED in metadata:
            raise dg.Failure(str(metadata[SOURCES_FAILED].value), allow_retries=False)
    return dg.AssetCheckResult(passed=True)


@dg.asset_check(
    asset=key_of("monthly_summary"),
    blocking=True,
    description="Of every month the same lines and the same money stand in every layer, down to the summary",
)
def all_months_are_proven(lake: LakeResource) -> dg.AssetCheckResult:
    """Blocks sheets_export when any month's layers do not agree, whichever run left it so."""
    wrong = list(find_unproven_months(lake.open()))
    return dg.AssetCheckResult(
        passed=not wrong,
        severity=dg.AssetCheckSeverity.ERROR,
        description="\n".join(wrong) or None,
        metadata={"unproven": len(wrong)},
    )


def find_unproven_months(lake: "Lake") -> Iterator[str]:
    """A sentence for each month whose documents, transactions, categories and summary do not agree."""
    nothing = (0, Decimal(0))
    documents = lake.read(TABLES["raw_documents"], columns=["month", "current_lines", "current_brl"]).group_by("month")
    read = {
        group["month"]: (group["current_lines_sum"], group["current_brl_sum"])
        for group in documents.aggregate([("current_lines", "sum"), ("current_brl", "sum")]).to_pylist()
    }
    for name in ("transactions", "categorized_transactions"):
        kept = _sums_by_month(lake.read(TABLES[name], columns=["month", "amount_brl"]))
        for month in sorted({*read, *map(str, kept)}):
            if read.get(month, nothing) != kept.get(month, nothing):
                wanted, found = (_say(layer.get(month, nothing)) for layer in (read, kept))
                yield message("unproven_month", month=month, wanted=wanted, table=name, found=found)
    summed, total = _summed(lake), sum((amount for _, amount in read.values()), Decimal(0))
    for basis, amount in summed.items():
        if amount != total:
            yield message("unproven_summary", basis=basis, amount=amount, total=total)


def _sums_by_month(rows: "pa.Table") -> dict[str | None, tuple[int, Decimal]]:
    groups = rows.group_by(["month"]).aggregate([([], "count_all"), ("amount_brl", "sum")]).to_pylist()
    return {group["month"]: (group["count_all"], group["amount_brl_sum"] or Decimal(0)) for group in groups}


def _summed(lake: "Lake") -> dict[str, Decimal]:
    """All money of the summary, by basis."""
    sums: dict[str, Decimal] = {}
    for row in lake.read(TABLES["monthly_summary"]).to_pylist():
        sums[row["basis"]] = (
            sums.get(row["basis"], Decimal(0)) + row["net_brl"] + row["neutral_brl"] + row["future_brl"]
        )
    return sums


def _say(count_and_sum: tuple[int, Decimal]) -> str:
    return message("lines_and_money", lines=count_and_sum[0], total=count_and_sum[1])
