"""The engine `emr-serverless`: the same steps as jobs of EMR Serverless, by Dagster's own client for it.

What a job is told is in ``compute/launch.py``, the engine on clusters in ``emr_resource.py``.
"""

import shlex
import uuid
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

import dagster as dg

from nubank_assets.compute.report import StepReport
from nubank_assets.domain.failures import PermanentError, RetryableError
from nubank_assets.emr_resource import RemoteEngineResource, region, tell_estimate
from nubank_assets.messages import message
from nubank_assets.transforms.steps import Step

if TYPE_CHECKING:
    from nubank_assets.aws.emr_prices import Estimate
    from nubank_assets.aws.emr_serverless import ServerlessCalls
    from nubank_assets.compute.shipping import Shipped
    from nubank_assets.settings import Settings

#: Of one worker: what it has, and what of it Spark may take, the rest being its overhead.
_VCPUS: Final = 4
_GIGABYTES: Final = 16
_WORKER: Final = {"cores": _VCPUS, "memory": "14g"}
#: A job waits for its application to start before its own minutes are counted.
_START_MINUTES: Final = 10


class EmrServerlessEngine(RemoteEngineResource):
    """Runs each step as a job of an application that exists."""

    def run(self, context: dg.AssetExecutionContext, step: Step, months: Sequence[str]) -> StepReport:
        """Run a step as a job and report; it is canceled there when it is here.

        Raises PermanentError or RetryableError with the step's own exception, or EMR's reason, and the end of its log.
        """
        from nubank_assets.aws.emr_logs import job_logs, tail_of_logs
        from nubank_assets.aws.emr_serverless import ServerlessCalls
        from nubank_assets.compute.launch import RemoteEnd, conclude, read_messages, step_extras
        from nubank_assets.compute.shipping import ship
        from nubank_assets.emr_pipes import MESSAGES, ServerlessClient, open_exchange

        settings, name = self.load(), f"{step.name}-{context.run.run_id[:8]}-{uuid.uuid4().hex[:8]}"
        asked = job_request(settings, name, ship(settings.emr_root))
        tell_estimate(context, estimate_of(settings), "EMR Serverless")
        extras = step_extras(step, months, name, settings)
        calls = ServerlessCalls(60 * (settings.emr_timeout_minutes + _START_MINUTES))
        place = f"{settings.emr_root}/{MESSAGES}/{name}"
        with open_exchange(context, place, self.message_seconds) as (injector, reader):
            pipes = ServerlessClient(calls, injector, reader, self.first_look_seconds)
            try:
                pipes.run(context=context, start_job_run_params=asked, extras=extras)
            except BaseException as error:
                self._cancel(context, name, calls)
                # A job that failed is told of below, with what it said itself.
                if not (isinstance(error, RuntimeError) and calls.is_failed):
                    raise
            told = read_messages(reader.custom_messages())
        where, went_well = f"{calls.application}/{calls.job}", calls.is_done
        logs = job_logs(log_uri(settings), calls.application, calls.job)
        log = [] if went_well and isinstance(told, StepReport) else tail_of_logs(logs, self.log_seconds)
        return conclude(step, RemoteEnd(went_well, calls.state, calls.reason, where), told, log)

    def _cancel(self, context: dg.AssetExecutionContext, name: str, calls: "ServerlessCalls") -> None:
        where = f"{calls.application}/{calls.job}"
        try:
            calls.cancel()
        except (PermanentError, RetryableError) as error:
            context.log.warning(message("emr_not_canceled", step=name, where=where, error=error))


def estimate_of(settings: "Settings") -> "Estimate | None":
    """Of one job on all the workers that it may have; None if their price is not known."""
    from nubank_assets.aws.emr_prices import estimate_serverless

    workers = 1 + settings.emr_serverless_executors
    return estimate_serverless(region(), workers * _VCPUS, workers * _GIGABYTES, settings.emr_timeout_minutes)


def job_request(settings: "Settings", name: str, code: "Shipped") -> dict[str, Any]:
    """As `StartJobRun` takes it, before Pipes adds its bootstrap; raises InputError that names what is missing."""
    from nubank_assets.aws.emr_serverless import check_application
    from nubank_assets.compute.launch import encryption_options, spark_options

    check_application(settings)
    options = spark_options(code, {**_size(settings), **_python(settings.emr_python), **encryption_options()})
    return {
        "applicationId": settings.emr_serverless_application,
        "executionRoleArn": settings.emr_serverless_role,
        "name": name,
        "executionTimeoutMinutes": settings.emr_timeout_minutes,
        "jobDriver": {"sparkSubmit": {"entryPoint": code.main, "sparkSubmitParameters": shlex.join(options)}},
        "configurationOverrides": {
            "monitoringConfiguration": {"s3MonitoringConfiguration": {"logUri": log_uri(settings)}}
        },
    }


def log_uri(settings: "Settings") -> str:
    """Where jobs put their logs."""
    return settings.emr_log_uri or f"{settings.emr_root}/logs/"


def _size(settings: "Settings") -> dict[str, str]:
    workers = {f"spark.{role}.{what}": str(value) for role in ("driver", "executor") for what, value in _WORKER.items()}
    most = {"spark.dynamicAllocation.maxExecutors": str(settings.emr_serverless_executors)}
    return {**workers, **most, "spark.dynamicAllocation.initialExecutors": "1", "spark.executor.instances": "1"}


def _python(python: str) -> dict[str, str]:
    return {
        "spark.emr-serverless.driverEnv.PYSPARK_DRIVER_PYTHON": python,
        "spark.emr-serverless.driverEnv.PYSPARK_PYTHON": python,
        "spark.executorEnv.PYSPARK_PYTHON": python,
    }
