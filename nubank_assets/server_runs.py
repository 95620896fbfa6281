"""How a server starts runs and notices that one died; named in deploy/server/dagster.yaml.

Runs are processes of the code server, as with Dagster's own launcher. That one cannot say whether a run still lives:
when the code server itself is killed with its runs, they are called started for ever, and the next ones wait for them.
Runs of `nubank run` are in ``local_runs.py``.
"""

from typing import Any

import dagster as dg
from dagster._core.launcher import CheckRunHealthResult, DefaultRunLauncher, WorkerStatus
from dagster._grpc.types import CanCancelExecutionRequest, CanCancelExecutionResult
from dagster._serdes import deserialize_value


class WatchedRunLauncher(DefaultRunLauncher):
    """Dagster's own launcher, which run monitoring can ask for a run's health.

    The code server is asked, not another one that reloads: so start it with `dagster api grpc`.
    """

    @classmethod
    def from_config_value(cls, inst_data: Any, config_value: Any) -> "WatchedRunLauncher":  # noqa: ARG003
        """What dagster.yaml asks for."""
        return cls(inst_data=inst_data)

    @property
    def supports_check_run_worker_health(self) -> bool:
        """Run monitoring asks."""
        return True

    def check_run_worker_health(self, run: dg.DagsterRun) -> CheckRunHealthResult:
        """Whether the code server has the run. One that does not answer raises, and is asked again later."""
        client = self._get_grpc_client_for_termination(run.run_id)  # type: ignore[no-untyped-call]
        if client is None:
            # It ended meanwhile, or a command of Dagster runs it: not for us to judge.
            return CheckRunHealthResult(WorkerStatus.RUNNING)
        answer = client.can_cancel_execution(CanCancelExecutionRequest(run_id=run.run_id), timeout=10)
        if deserialize_value(answer, CanCancelExecutionResult).can_cancel:
            return CheckRunHealthResult(WorkerStatus.RUNNING)
        return CheckRunHealthResult(WorkerStatus.NOT_FOUND, "the code server does not have it")
