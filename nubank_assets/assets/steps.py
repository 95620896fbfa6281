"""A step as a multi-asset: the engine runs it, its report becomes Dagster's events.

The one way from a `StepReport` to materialisations, metadata and check results; which step makes which tables
is in ``transforms/steps.py``.
"""

from collections.abc import Iterator
from itertools import groupby
from typing import Any

import dagster as dg

from nubank_assets.assets.declared import column_lineage, declared_spec, key_of
from nubank_assets.compute.audit import Audit
from nubank_assets.compute.audits import AUDITS
from nubank_assets.compute.report import Finding, Published, StepReport
from nubank_assets.messages import message
from nubank_assets.partitions import SINGLE_RUN
from nubank_assets.resources import EngineResource
from nubank_assets.transforms.steps import Step


def step_assets(step: Step) -> dg.AssetsDefinition:
    """All tables of a step as one multi-asset with their checks."""

    @dg.multi_asset(
        name=step.name,
        specs=[declared_spec(name, nearest_sources(step, name), {"pyspark", "parquet"}) for name in step.sources],
        check_specs=[_check_spec(audit) for audit in AUDITS[step.layer]],
        backfill_policy=SINGLE_RUN,
        op_tags={"step": step.name},
    )
    def assets(context: dg.AssetExecutionContext, engine: EngineResource) -> Iterator[Any]:
        months = list(context.partition_keys) if step.partitioned else []
        yield from events_of(context, step, engine.run(context, step, months))

    return assets


def nearest_sources(step: Step, name: str) -> list[str]:
    """What an output is read from, without what another of its sources in the step is itself made from.

    So that no table is reached from another on two ways: in 1.13 Dagster counts the months of such a one anew, then
    finds them unequal to those of its multi-asset (a tuple's `!=` against its own `==`) and refuses the backfill.
    """
    sources = step.sources[name]
    farther = {upstream for source in sources for upstream in step.sources.get(source, ())}
    return [source for source in sources if source not in farther]


def _check_spec(audit: Audit) -> dg.AssetCheckSpec:
    return dg.AssetCheckSpec(
        audit.name, asset=key_of(audit.table), description=audit.description, blocking=audit.blocking
    )


def events_of(context: dg.AssetExecutionContext, step: Step, report: StepReport) -> Iterator[Any]:
    """The events of a report; raises Failure, naming the months, when any was held back."""
    yield from _check_results(report)
    if report.withheld:
        for published in report.published:
            context.log_event(
                dg.AssetMaterialization(
                    key_of(published.table), partition=published.month, metadata=_month_metadata(published)
                )
            )
        raise dg.Failure(_explain(report), allow_retries=False)
    for table in step.outputs:
        parts = [published for published in report.published if published.table == table]
        for published in parts:
            context.add_asset_metadata(_month_metadata(published), key_of(table), published.month)
        # The page reads column lineage from the newest materialisation; once a run is enough.
        lineage = {"dagster/column_lineage": column_lineage(table, step.sources[table])}
        context.add_asset_metadata(lineage, key_of(table), parts[-1].month)
        yield dg.MaterializeResult(key_of(table), metadata={"seconds": round(report.seconds, 3)})


def _month_metadata(published: Published) -> dict[str, Any]:
    return {"dagster/partition_row_count": published.rows, **published.sums}


def _check_results(report: StepReport) -> Iterator[dg.AssetCheckResult]:
    """One result per check, over all months of the run."""
    ordered = sorted(report.findings, key=lambda finding: (finding.check, finding.month or ""))
    for name, group in groupby(ordered, key=lambda finding: finding.check):
        findings = list(group)
        wrong = [finding for finding in findings if not finding.passed]
        yield dg.AssetCheckResult(
            passed=not wrong,
            check_name=name,
            asset_key=key_of(findings[0].table),
            severity=dg.AssetCheckSeverity.ERROR if findings[0].blocking else dg.AssetCheckSeverity.WARN,
            description="\n".join(describe(finding) for finding in wrong) or None,
            metadata={"months": len(findings), "failed_months": ", ".join(str(f.month) for f in wrong) or "none"},
        )


def describe(finding: Finding) -> str:
    """One line for a person: the month and what is wrong."""
    return f"{finding.month}: {finding.explanation}" if finding.month else finding.explanation


def _explain(report: StepReport) -> str:
    wrong = [finding for finding in report.findings if finding.blocking and not finding.passed]
    reasons = "; ".join(describe(finding) for finding in wrong)
    return message("months_withheld", step=report.step, months=", ".join(report.withheld), reasons=reasons)
