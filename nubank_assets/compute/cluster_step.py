"""Running a step on a cluster: read, transform, audit, write, publish, report. Of packages it needs pyspark alone.

The same steps, audits and report as in ``step.py``; but rows stay on the cluster, each month's go to files that are
never changed, and one small pointer object lets them count (docs/decisions/014-run-folders.md).
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from nubank_assets.compute.report import StepReport
from nubank_assets.transforms.steps import Parameters, Step

if TYPE_CHECKING:
    from pyspark.sql import SparkSession


def run_cluster_step(
    session: "SparkSession",
    step: Step,
    months: Sequence[str],
    lake_root: str,
    run_id: str,
    parameters: Parameters,
) -> StepReport:
    """Make a step's tables for these months (an unpartitioned step: over all months) and publish what holds.

    `session` is a JVM session (not Spark Connect), `lake_root` any URL that Hadoop knows, `run_id` names the run in
    the lake. Raises what Spark or Hadoop raises; a failed audit is in the report, not an exception.
    """
    raise NotImplementedError(session, step, months, lake_root, run_id, parameters)
