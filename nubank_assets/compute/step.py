"""Running a step: read, transform, stage, audit, publish, report. The same on every engine, without Dagster.

A month whose audit fails is not published; the others are. What a step does is declared in
``transforms/steps.py``, what must hold in ``audits.py``.
"""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pyarrow as pa
import pyarrow.compute as pc

from nubank_assets.compute.arrow_audits import audit_arrow
from nubank_assets.compute.audits import AUDITS
from nubank_assets.compute.frames import collect_rows, read_frame
from nubank_assets.compute.report import Finding, Published, StepReport
from nubank_assets.domain.catalog import TABLES
from nubank_assets.domain.tables import ColumnType, Table
from nubank_assets.lake.publish import Lake, conform, split_by_month
from nubank_assets.transforms.steps import Parameters, Step

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

#: Rows of raw lines that are worked on at once, so that years of data need no more memory than months.
ROWS_AT_ONCE: Final = 100_000

#: The staged rows of one month (None: of the whole table), by table.
_Staged = dict[str | None, dict[str, pa.Table]]


def run_step(
    session: "SparkSession",
    step: Step,
    months: Sequence[str],
    lake: Lake,
    parameters: Parameters,
) -> StepReport:
    """Make a step's tables for these months (an unpartitioned step: over all months) and publish what holds.

    Raises what the engine or the lake raises; a failed audit is in the report, not an exception.
    """
    started = time.monotonic()
    published: list[Published] = []
    findings: list[Finding] = []
    for batch in _batches(step, months, lake):
        for month, files, found in _audit_batch(session, step, batch, lake, parameters):
            findings += found
            published += _publish(files, month, found, lake)
    withheld = sorted({finding.month or "all" for finding in findings if finding.blocking and not finding.passed})
    return StepReport(step.name, tuple(published), tuple(findings), tuple(withheld), time.monotonic() - started)


def _batches(step: Step, months: Sequence[str], lake: Lake) -> Iterator[list[str] | None]:
    """The months in batches of bounded size; None for all months at once."""
    if not step.partitioned:
        yield None
        return
    batch: list[str] = []
    rows = 0
    for month in months:
        its_rows = lake.rows(TABLES[step.inputs[0]], month)
        if batch and rows + its_rows > ROWS_AT_ONCE:
            yield batch
            batch, rows = [], 0
        batch.append(month)
        rows += its_rows
    if batch:
        yield batch


def _audit_batch(
    session: "SparkSession", step: Step, months: list[str] | None, lake: Lake, parameters: Parameters
) -> Iterator[tuple[str | None, list[tuple[Table, Path, pa.Table]], list[Finding]]]:
    """Each month of a batch with its staged files and what the audits found."""
    staged, files = _stage(session, step, months, lake, parameters)
    wanted = {name for audit in AUDITS[step.layer] for name in audit.inputs}
    inputs = {name: lake.read(TABLES[name], months) for name in wanted}
    findings = audit_arrow(AUDITS[step.layer], staged, inputs)
    for month, tables in staged.items():
        yield month, [(TABLES[name], files[name, month], rows) for name, rows in tables.items()], findings[month]


def _stage(
    session: "SparkSession", step: Step, months: list[str] | None, lake: Lake, parameters: Parameters
) -> tuple[_Staged, dict[tuple[str, str | None], Path]]:
    """Transform and write every output to files that only this run knows; later outputs read earlier ones."""
    staged: _Staged = {month: {} for month in months} if months else {None: {}}
    files: dict[tuple[str, str | None], Path] = {}
    transforms = step.transforms()
    with _frames(session, step, months, lake) as frames:
        for name in step.outputs:
            rows = collect_rows(transforms[name](frames, parameters))
            for month, part in _parts(rows, months).items():
                staged[month][name] = conform(part, TABLES[name])
                files[name, month] = lake.stage(staged[month][name])
            urls = [str(path) for (table, _), path in files.items() if table == name]
            frames[name] = read_frame(session, TABLES[name], urls)
    return staged, files


@contextmanager
def _frames(
    session: "SparkSession", step: Step, months: list[str] | None, lake: Lake
) -> "Iterator[dict[str, DataFrame]]":
    """What the step reads, by frame, as it is now."""
    of_months, of_all = [TABLES[name] for name in step.inputs], [TABLES[name] for name in step.whole]
    with lake.snapshot(of_months, months) as inputs, lake.snapshot(of_all, None) as whole:
        yield {
            frame: read_frame(session, TABLES[name], (whole if its_months is None and months else inputs)[name])
            for frame, (name, its_months) in step.reads(months).items()
        }


def _parts(rows: pa.Table, months: list[str] | None) -> dict[str | None, pa.Table]:
    if months is None:
        return {None: rows}
    return dict(split_by_month(rows, months).items())


def _publish(
    files: Sequence[tuple[Table, Path, pa.Table]], month: str | None, findings: Sequence[Finding], lake: Lake
) -> Iterator[Published]:
    """Let the staged files count, or delete them if a blocking audit failed."""
    if any(finding.blocking and not finding.passed for finding in findings):
        for _, path, _ in files:
            path.unlink()
        return
    for table, path, rows in files:
        lake.publish(path, table, month)
        yield Published(table.name, month, rows.num_rows, sums_of(rows, table))


def sums_of(rows: pa.Table, table: Table) -> dict[str, str]:
    """The sum of each money column that has any value, as text."""
    names = [column.name for column in table.columns if column.type is ColumnType.MONEY]
    names = [name for name in names if not rows.num_rows or rows[name].null_count < rows.num_rows]
    return {name: str(pc.sum(rows[name]).as_py() or "0.00") for name in names}
