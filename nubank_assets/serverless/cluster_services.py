"""Where the steps of an execution run: a cluster of EMR, or EMR Serverless. Each is found again by its name.

What a step is told and what it says is for ``cluster.py``; the calls of AWS are in ``aws/emr_*.py``. Nothing here waits
for a step.
"""

import shlex
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final, Protocol

from nubank_assets.aws.emr_clusters import ClusterPlan, clusters_of, find_cluster, release_cluster, take_cluster
from nubank_assets.aws.emr_logs import job_logs, tail_of_logs, tail_of_step
from nubank_assets.aws.emr_prices import Estimate
from nubank_assets.aws.emr_serverless import DONE, cancel_job, find_jobs, look_at_job, start_job
from nubank_assets.aws.emr_steps import Patience, add_step, cancel_step, find_steps, look_at_step
from nubank_assets.compute.launch import RemoteEnd, encryption_options, spark_submit
from nubank_assets.compute.shipping import Shipped
from nubank_assets.domain.failures import InputError
from nubank_assets.emr_resource import estimate_of as estimate_of_cluster
from nubank_assets.emr_serverless_resource import estimate_of as estimate_of_job
from nubank_assets.emr_serverless_resource import job_request, log_uri
from nubank_assets.messages import message
from nubank_assets.settings import Settings

#: Seconds: EMR puts logs into S3 every few minutes, a Lambda has five in all.
_LOG_SECONDS: Final = 60
#: For a step that is told to end while nobody else waits for it.
_PATIENCE: Final = Patience(first=2, cancel=45)


class Service(Protocol):
    """Runs steps somewhere. A place and a step are known by their ids."""

    def estimate(self) -> Estimate | None:
        """What it may cost; None where nothing is added, or its price is not known."""

    def open(self, execution: str) -> str:
        """The place for this execution's steps; one that it has already is not made again."""

    def find(self, place: str, name: str) -> str:
        """The step of this name that has not ended; empty if there is none."""

    def add(self, place: str, name: str, code: Shipped, bootstrap: Mapping[str, str]) -> str:
        """A new step."""

    def look(self, place: str, step: str) -> RemoteEnd | None:
        """How the step ended; None while it has not."""

    def log(self, place: str, step: str) -> list[str]:
        """The end of what it printed."""

    def release(self, execution: str, names: Collection[str]) -> None:
        """End these steps, and what was made for this execution. Nothing happens if nothing is left."""


@dataclass(frozen=True)
class OnCluster:
    """The cluster of the settings, or one of the execution's own, by its name."""

    settings: Settings

    def estimate(self) -> Estimate | None:
        """Of a cluster of the execution's own."""
        return None if self.settings.emr_cluster else estimate_of_cluster(self.settings)

    def open(self, execution: str) -> str:
        """The cluster's id. Raises InputError without what a new one needs."""
        if self.settings.emr_cluster:
            return find_cluster(self.settings.emr_cluster)
        return take_cluster(ClusterPlan.of(self.settings, _cluster_name(execution)))

    def find(self, place: str, name: str) -> str:
        """By a list of the cluster's steps."""
        return next(iter(find_steps(place, {name})), "")

    def add(self, place: str, name: str, code: Shipped, bootstrap: Mapping[str, str]) -> str:
        """With the bootstrap in its arguments."""
        arguments = {f"--{variable.lower().replace('_', '-')}": value for variable, value in bootstrap.items()}
        return add_step(place, name, spark_submit(code, self.settings.emr_python, encryption_options(), arguments))

    def look(self, place: str, step: str) -> RemoteEnd | None:
        """By EMR's word for the step, and for its cluster."""
        end = look_at_step(place, step)
        return RemoteEnd(end.is_completed, end.state, end.reason, f"{place}/{step}") if end else None

    def log(self, place: str, step: str) -> list[str]:
        """From where the cluster puts it."""
        return tail_of_step(place, step, _LOG_SECONDS)

    def release(self, execution: str, names: Collection[str]) -> None:
        """A cluster of the execution's own ends with its steps."""
        if not self.settings.emr_cluster:
            for cluster in clusters_of(_cluster_name(execution)):
                release_cluster(cluster)
            return
        for cluster in clusters_of(self.settings.emr_cluster):
            for step in find_steps(cluster, names):
                cancel_step(cluster, step, _PATIENCE)


@dataclass(frozen=True)
class OnServerless:
    """The application of the settings."""

    settings: Settings

    def estimate(self) -> Estimate | None:
        """Of one step."""
        return estimate_of_job(self.settings)

    def open(self, execution: str) -> str:  # noqa: ARG002
        """The application's id. Raises InputError without one."""
        if not self.settings.emr_serverless_application:
            values = {"name": "NUBANK_EMR_SERVERLESS_APPLICATION", "needed_by": "emr-serverless"}
            raise InputError(message("setting_missing", **values))
        return self.settings.emr_serverless_application

    def find(self, place: str, name: str) -> str:
        """By a list of the application's jobs."""
        return next(iter(find_jobs(place, {name})), "")

    def add(self, place: str, name: str, code: Shipped, bootstrap: Mapping[str, str]) -> str:
        """With the bootstrap in the variables of its driver."""
        asked = {**job_request(self.settings, name, code), "applicationId": place}
        variables = {f"spark.emr-serverless.driverEnv.{variable}": value for variable, value in bootstrap.items()}
        options = shlex.join(word for pair in variables.items() for word in ("--conf", "=".join(pair)))
        asked["jobDriver"]["sparkSubmit"]["sparkSubmitParameters"] += f" {options}"
        return start_job(asked)

    def look(self, place: str, step: str) -> RemoteEnd | None:
        """By the service's word for the job."""
        end = look_at_job(place, step)
        return RemoteEnd(end.state == DONE, end.state, end.reason, f"{place}/{step}") if end else None

    def log(self, place: str, step: str) -> list[str]:
        """From where the job was told to put it."""
        return tail_of_logs(job_logs(log_uri(self.settings), place, step), _LOG_SECONDS)

    def release(self, execution: str, names: Collection[str]) -> None:  # noqa: ARG002
        """The application stays: it ends its workers by itself."""
        if place := self.settings.emr_serverless_application:
            for job in find_jobs(place, names):
                cancel_job(place, job)


SERVICES: Final[Mapping[str, type[OnCluster | OnServerless]]] = {"emr": OnCluster, "emr-serverless": OnServerless}


def _cluster_name(execution: str) -> str:
    return f"nubank-{execution}"
