"""How a cluster is asked to run a step: the words of its `spark-submit`, and what Pipes tells the step's main.

Plain data. Where the code lies is for ``shipping.py``, who asks for ``emr_resource.py``.
"""

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Any, Final

from nubank_assets.compute.report import StepReport
from nubank_assets.compute.shipping import Shipped
from nubank_assets.compute.step_main import FAILURE, REPORT
from nubank_assets.domain.failures import PermanentError, RetryableError
from nubank_assets.messages import locale, message
from nubank_assets.transforms.steps import Step

if TYPE_CHECKING:
    from nubank_assets.settings import Settings

#: Seconds after which a step ends by itself that nobody ended when its time was over.
_GRACE: Final = 300


@dataclass(frozen=True)
class RemoteFailure:
    """How a step ended on the cluster, in its own words."""

    type: str
    message: str
    retryable: bool


@dataclass(frozen=True)
class RemoteEnd:
    """How the service says that a step ended, and where that was, for a person."""

    is_completed: bool
    state: str
    reason: str
    where: str


def step_extras(step: Step, months: Sequence[str], run: str, settings: "Settings") -> dict[str, Any]:
    """What the step's main is told beside the bootstrap. The months are in it: Pipes tells no keys of a range.

    `run` is what the folders of this run of the step are named by; it is used once.
    """
    return {
        "step": step.name,
        "run": run,
        "months": list(months),
        "lake_root": settings.lake_root,
        "holder_names": list(settings.holder_names),
        "locale": locale(),
        "seconds": 60 * settings.emr_timeout_minutes + _GRACE,
    }


def spark_submit(
    code: Shipped, python: str, settings: Mapping[str, str], arguments: Mapping[str, str]
) -> tuple[str, ...]:
    """The arguments of a step. The driver runs on the primary node, so that what it prints is the step's own log."""
    return (
        "spark-submit",
        "--deploy-mode",
        "client",
        *spark_options(code, {**python_options(python), **settings}),
        code.main,
        *chain.from_iterable(arguments.items()),
    )


def spark_options(code: Shipped, settings: Mapping[str, str]) -> list[str]:
    """The archives and settings as options of `spark-submit`."""
    options = chain.from_iterable(("--conf", f"{name}={value}") for name, value in settings.items())
    return ["--py-files", ",".join(code.archives), *options]


def python_options(python: str) -> dict[str, str]:
    """Which Python runs the step, where it is one of several."""
    return {"spark.pyspark.python": python, "spark.pyspark.driver.python": python}


def encryption_options() -> dict[str, str]:
    """The person's KMS key for what the cluster writes, in EMR's own file system and in Hadoop's."""
    key = os.environ.get("NUBANK_KMS_KEY")
    if not key:
        return {}
    return {
        "spark.hadoop.fs.s3.enableServerSideEncryption": "true",
        "spark.hadoop.fs.s3.serverSideEncryption.kms.keyId": key,
        "spark.hadoop.fs.s3a.encryption.algorithm": "SSE-KMS",
        "spark.hadoop.fs.s3a.encryption.key": key,
    }


def read_messages(messages: Iterable[Any]) -> StepReport | RemoteFailure | None:
    """The step's report, or how it failed; None if it told neither."""
    for told in messages:
        if isinstance(told, Mapping) and REPORT in told:
            return StepReport.from_dict(dict(told[REPORT]))
        if isinstance(told, Mapping) and FAILURE in told:
            return RemoteFailure(**told[FAILURE])
    return None


def conclude(step: Step, end: RemoteEnd, told: StepReport | RemoteFailure | None, log: Sequence[str]) -> StepReport:
    """The report of a step that the service and the step itself both say went well; raises otherwise.

    `log` is the end of the step's log. Raises RetryableError if the same may pass later, else PermanentError.
    """
    values = {"step": step.name, "where": end.where, "log": "".join(f"\n    {line}" for line in log)}
    if isinstance(told, RemoteFailure):
        kind = RetryableError if told.retryable else PermanentError
        raise kind(message("emr_remote_failure", type=told.type, message=told.message, **values))
    if not end.is_completed:
        raise PermanentError(
            message("emr_step_failed", state=end.state, reason=end.reason and f"({end.reason})", **values)
        )
    if told is None or told.step != step.name:
        raise RetryableError(message("emr_report_lost", **values))
    return told
