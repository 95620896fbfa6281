"""What a cluster runs: one step; what it must know comes by Dagster Pipes, its report goes back as one message.

Only pyspark and dagster-pipes are needed beside this package's own wheel. How it is started is for ``launch.py``, what
the step does for ``cluster_step.py``.
"""

import faulthandler
import io
import os
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from dagster_pipes import (
    PipesCliArgsParamsLoader,
    PipesEnvVarParamsLoader,
    PipesParamsLoader,
    PipesS3ContextLoader,
    PipesS3MessageWriter,
    open_dagster_pipes,
)

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

    from nubank_assets.compute.cluster_objects import ClusterObjects

#: Keys of the one message: what the step reports, or how it ended before it could.
REPORT: Final = "report"
FAILURE: Final = "failure"
_LONGEST_LINE: Final = 1000
#: Seconds, as long as any step may take (see ``settings_emr.py``), until it is known how long this one may.
_LONGEST: Final = 24 * 3600
_CAUSE: Final = "Caused by: "


class HadoopS3:
    """The two calls of S3 that Pipes makes, by the file system that the cluster itself uses: no boto3 is needed."""

    def __init__(self, session: "SparkSession") -> None:
        self._session = session

    def get_object(self, *, Bucket: str, Key: str) -> dict[str, Any]:  # noqa: N803
        """As boto3's, of which only ``Body.read()`` is asked."""
        (data,) = self._objects(Bucket).read_all([Key])
        return {"Body": io.BytesIO(data)}

    def put_object(self, *, Body: str, Bucket: str, Key: str) -> None:  # noqa: N803
        """As boto3's."""
        self._objects(Bucket).replace(Key, Body.encode())

    def _objects(self, bucket: str) -> "ClusterObjects":
        from nubank_assets.compute.cluster_objects import ClusterObjects

        return ClusterObjects(self._session, f"s3://{bucket}")


def main() -> None:
    """Run the step that Pipes asks for. What it raises is reported, and ends the process with 1."""
    end_after(_LONGEST)
    session = open_cluster_session()
    objects = HadoopS3(session)
    with open_dagster_pipes(
        context_loader=PipesS3ContextLoader(client=objects),
        message_writer=PipesS3MessageWriter(client=objects, interval=2),
        params_loader=_params_loader(),
    ) as pipes:
        end_after(pipes.extras["seconds"])
        try:
            pipes.report_custom_message({REPORT: run_asked(session, pipes.extras)})
        except Exception as error:
            pipes.report_custom_message({FAILURE: describe_failure(error)})
            raise
    session.stop()


def end_after(seconds: float) -> None:
    """End this process when so many seconds have passed, telling where it was; a later call counts instead.

    Whoever started it may be gone, and a cluster on which something runs costs money for ever.
    """
    faulthandler.dump_traceback_later(seconds, exit=True)


def open_cluster_session() -> "SparkSession":
    """The session of the cluster, with what decides the meaning of values set as in the embedded engines."""
    from pyspark.sql import SparkSession

    from nubank_assets.compute.sessions import MEANING

    builder: Any = SparkSession.builder.appName("nubank_assets")
    for name, value in MEANING.items():
        builder = builder.config(name, value)
    session: SparkSession = builder.getOrCreate()
    # The end of the log is told when a step fails: it should be of that, not of Spark's every move.
    session.sparkContext.setLogLevel("WARN")
    return session


def run_asked(session: "SparkSession", asked: Mapping[str, Any]) -> dict[str, Any]:
    """Run the step as Pipes' extras say (see `launch.step_extras`); its report as JSON values."""
    # Sentences of checks are in the language of who asks.
    os.environ["NUBANK_LOCALE"] = asked["locale"]
    from nubank_assets.compute.cluster_step import run_cluster_step
    from nubank_assets.transforms.steps import STEPS, Parameters

    parameters = Parameters(holder_names=tuple(asked["holder_names"]))
    step = STEPS[asked["step"]]
    report = run_cluster_step(session, step, asked["months"], asked["lake_root"], asked["run"], parameters)
    return report.to_dict()


def describe_failure(error: Exception) -> dict[str, Any]:
    """Type and message of what ended a step, and whether the same may pass later."""
    from nubank_assets.domain.failures import RetryableError

    kind = type(error)
    return {
        "type": f"{kind.__module__}.{kind.__qualname__}".removeprefix("builtins."),
        "message": _said(str(error)),
        "retryable": isinstance(error, RetryableError),
    }


def _said(text: str) -> str:
    """What an error says, and of Java's many causes, between hundreds of frames, the one that the others come from."""
    lines = text.splitlines() or [""]
    causes = [line for line in lines if line.startswith(_CAUSE)]
    if not causes:
        return text[:_LONGEST_LINE]
    return "\n".join(line[:_LONGEST_LINE] for line in (lines[0], causes[-1]))


def _params_loader() -> PipesParamsLoader:
    """Where Pipes says how it is reached: in the step's arguments on a cluster, in variables on EMR Serverless."""
    arguments: PipesParamsLoader = PipesCliArgsParamsLoader()  # type: ignore[no-untyped-call]
    if arguments.is_dagster_pipes_process():
        return arguments
    return PipesEnvVarParamsLoader()  # type: ignore[no-untyped-call]


if __name__ == "__main__":
    main()
