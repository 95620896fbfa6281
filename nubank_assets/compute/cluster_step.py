"""Running a step on a cluster: read, transform, audit, write, publish, report. Of packages it needs pyspark alone.

The same steps, audits and report as in ``step.py``; but rows stay on the cluster, each month's go to files that are
never changed, and one small pointer object lets them count (docs/decisions/016-run-folders.md).
"""

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from uuid import uuid4

from nubank_assets.compute.audit import run_audits
from nubank_assets.compute.audits import AUDITS
from nubank_assets.compute.cluster_frames import Counted, count_months, nothing_in, read_table, write_months
from nubank_assets.compute.cluster_objects import ClusterObjects
from nubank_assets.compute.report import Finding, Published, StepReport
from nubank_assets.domain.catalog import TABLES
from nubank_assets.domain.failures import RetryableError
from nubank_assets.domain.tables import Table
from nubank_assets.lake.parts import POINTER, Pointer, find_parts, home_of, month_folder, run_folder
from nubank_assets.messages import message
from nubank_assets.transforms.steps import Parameters, Step

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

#: What each month of each table holds.
_Counts = dict[str, dict[str | None, Counted]]


def run_cluster_step(
    session: "SparkSession",
    step: Step,
    months: Sequence[str],
    lake_root: str,
    run_id: str,
    parameters: Parameters,
) -> StepReport:
    """Make a step's tables for these months (an unpartitioned step: over all months) and publish what holds.

    `session` is a JVM session (not Spark Connect) with the settings in ``sessions.MEANING``; `lake_root` any URL that
    Hadoop knows; `run_id` names the run in the lake. A failed audit is in the report, not an exception. Raises
    RetryableError if what was read was replaced meanwhile, and what Spark or Hadoop raises.
    """
    # Of its own even if the same run is tried again: what a killed try left is never mixed with this one's files.
    run = f"{run_id}-{uuid4().hex[:8]}"
    work = _Work(session, step, months if step.partitioned else None, ClusterObjects(session, lake_root), run)
    try:
        return work.do(parameters)
    finally:
        work.release()


@dataclass
class _Work:
    """One step's work; `months` is None for all months at once."""

    session: "SparkSession"
    step: Step
    months: Sequence[str] | None
    objects: ClusterObjects
    run: str
    held: "list[DataFrame]" = field(default_factory=list)

    def do(self, parameters: Parameters) -> StepReport:
        started = time.monotonic()
        inputs = self._inputs()
        read = self._stamps(inputs)
        tables = self._tables()
        frames = {frame: read_table(self.session, tables[frame][0], urls) for frame, urls in inputs.items()}
        for name in self._audited():  # many questions are asked of them
            frames[name] = self._hold(frames[name])
        counts = self._transform(frames, parameters)
        found = self._audit(frames)
        good = [month for month, findings in found.items() if all(f.passed or not f.blocking for f in findings)]
        pointers = {name: self._write(frames[name], name, good, counts[name]) for name in self.step.outputs}
        if self._inputs() != inputs or self._stamps(inputs) != read:
            raise RetryableError(message("inputs_replaced", step=self.step.name))
        published = tuple(self._publish(good, pointers))
        findings = tuple(finding for month in found for finding in found[month])
        withheld = tuple(sorted(month or "all" for month in found if month not in good))
        return StepReport(self.step.name, published, findings, withheld, time.monotonic() - started)

    def _inputs(self) -> dict[str, list[str]]:
        """Where the rows of the step's inputs are now, by frame."""
        return {
            frame: [
                self.objects.url(object_) for part in find_parts(self.objects, table, months) for object_ in part.names
            ]
            for frame, (table, months) in self._tables().items()
        }

    def _tables(self) -> dict[str, tuple[Table, Sequence[str] | None]]:
        """What is read, by frame: the table and its months (all, if None)."""
        audited = {name: (name, self.months) for name in self._audited()}
        read = {**audited, **self.step.reads(self.months)}
        return {frame: (TABLES[name], months) for frame, (name, months) in read.items()}

    def _audited(self) -> list[str]:
        """The published tables that audits read."""
        return list(dict.fromkeys(name for audit in AUDITS[self.step.layer] for name in audit.inputs))

    def _hold(self, frame: "DataFrame") -> "DataFrame":
        """Let the cluster keep the rows once they are made."""
        from pyspark import StorageLevel

        self.held.append(frame.persist(StorageLevel.MEMORY_AND_DISK))
        return self.held[-1]

    def _stamps(self, inputs: Mapping[str, Sequence[str]]) -> dict[str, tuple[int, int]]:
        """What tells whether one of them was replaced; files of runs never are."""
        found = {}
        tables = self._tables()
        for frame, urls in inputs.items():
            stamps = self.objects.stamps(tables[frame][0].path, recursive=True)
            found.update({object_: stamp for object_, stamp in stamps.items() if self.objects.url(object_) in urls})
        return found

    def _transform(self, frames: "dict[str, DataFrame]", parameters: Parameters) -> _Counts:
        """Make every output and keep it on the cluster; later outputs, audits and writing read what is kept."""
        transforms, counts = self.step.transforms(), {}
        for name in self.step.outputs:
            made = transforms[name](frames, parameters)
            if self.months is not None:
                made = made.where(made["month"].isin(list(self.months)))
            frames[name] = self._hold(made)
            counts[name] = count_months(frames[name], TABLES[name])
        return counts

    def release(self) -> None:
        """Let the cluster forget what it kept."""
        for frame in self.held:
            frame.unpersist()

    def _audit(self, frames: "Mapping[str, DataFrame]") -> dict[str | None, list[Finding]]:
        for name, frame in frames.items():
            frame.createOrReplaceTempView(name)
        columns = {name: frames[name].dtypes for name in self.step.outputs}
        months = [None] if self.months is None else list(self.months)
        return run_audits(AUDITS[self.step.layer], months, columns, self._ask)

    def _ask(self, sql: str) -> list[dict[str, object]]:
        return [row.asDict() for row in self.session.sql(sql).collect()]

    def _write(
        self, frame: "DataFrame", name: str, months: Sequence[str | None], counts: Mapping[str | None, Counted]
    ) -> dict[str | None, Pointer]:
        """Write these months of a table where nobody reads yet; what their pointers are to say.

        What is said was counted in the files. Raises RetryableError if that is not what the audits saw.
        """
        table, folder = TABLES[name], run_folder(TABLES[name], self.run)
        rows = {month: counts[month].rows for month in months if month in counts and counts[month].rows}
        if rows:
            write_months(frame, table, rows, self.objects.url(folder))
        files = [name for name in self.objects.names(folder, recursive=True) if name.endswith(".parquet")]
        written = count_months(read_table(self.session, table, [self.objects.url(folder)] if files else []), table)
        pointers = {}
        for month in months:
            its = written.get(month, nothing_in(table))
            if its != counts.get(month, nothing_in(table)):
                raise RetryableError(message("written_otherwise", table=name, month=month or "", run=self.run))
            home = month_folder(table, self.run, month)
            its_files = tuple(file.removeprefix(f"{home}/") for file in files if file.startswith(f"{home}/"))
            pointers[month] = Pointer(self.run, home, its_files, its.rows, its.sums)
        return pointers

    def _publish(
        self, months: Sequence[str | None], pointers: Mapping[str, Mapping[str | None, Pointer]]
    ) -> Iterator[Published]:
        """Let the files of a run count, month by month, by one small object each."""
        for month in months:
            for name in self.step.outputs:
                pointer = pointers[name][month]
                self.objects.replace(f"{home_of(TABLES[name], month)}/{POINTER}", pointer.to_bytes())
                yield Published(name, month, pointer.rows, pointer.sums)
