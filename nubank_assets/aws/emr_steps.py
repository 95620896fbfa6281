"""One step on a cluster of EMR: added once, looked at until it ends, canceled if it must.

What the step does is for ``compute``, what it printed for ``emr_logs.py``.
Nothing here takes a step for done that EMR does not call COMPLETED.
"""

import time
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, Final

from nubank_assets.aws.emr_calls import call, call_once, pages
from nubank_assets.aws.emr_clusters import describe_cluster, reason_of
from nubank_assets.domain.failures import PermanentError, RetryableError
from nubank_assets.messages import message

COMPLETED: Final = "COMPLETED"
_ALIVE: Final = ("PENDING", "RUNNING")
_ENDED: Final = frozenset({COMPLETED, "FAILED", "CANCELLED", "INTERRUPTED"})
_CLUSTER_ENDED: Final = frozenset({"TERMINATED", "TERMINATED_WITH_ERRORS"})
#: So long, in seconds, may EMR give no answer about a step that goes on.
_SILENCE: Final = 600
_GROWTH: Final = 1.5


@dataclass(frozen=True)
class Patience:
    """Seconds: between the first looks, between later ones, how long a step may take, how long canceling it may."""

    first: float = 5
    longest: float = 30
    timeout: float = 7200
    cancel: float = 60


@dataclass(frozen=True)
class StepEnd:
    """How a step ended: EMR's state and its reason, empty if it gave none."""

    state: str
    reason: str = ""

    @property
    def is_completed(self) -> bool:
        """Whether EMR says that it did all it had to."""
        return self.state == COMPLETED


def add_step(cluster: str, name: str, arguments: Sequence[str]) -> str:
    """The id of a new step that runs this command on the cluster. Its name must be used once."""
    jar = {"Jar": "command-runner.jar", "Args": list(arguments)}
    steps = [{"Name": name, "ActionOnFailure": "CONTINUE", "HadoopJarStep": jar}]

    def find() -> str:
        made = pages("ListSteps", cluster, "Steps", ClusterId=cluster)
        return next((step["Id"] for step in made if step["Name"] == name), "")

    answer = call_once("AddJobFlowSteps", cluster, find, JobFlowId=cluster, Steps=steps)
    return answer if isinstance(answer, str) else str(answer["StepIds"][0])


def find_steps(cluster: str, names: Collection[str]) -> list[str]:
    """The ids of the cluster's steps of these names that have not ended."""
    steps = pages("ListSteps", cluster, "Steps", ClusterId=cluster, StepStates=list(_ALIVE))
    return [step["Id"] for step in steps if step["Name"] in names]


def await_step(cluster: str, step: str, patience: Patience) -> StepEnd:
    """How the step ended, also if its cluster did before it. An EMR that is silent for ten minutes raises.

    Raises PermanentError when it takes too long; canceling it is the caller's.
    """
    started = answered = time.monotonic()
    wait = patience.first
    while True:
        try:
            end = look_at_step(cluster, step)
            answered = time.monotonic()
        except RetryableError:
            if time.monotonic() - answered > _SILENCE:
                raise
            end = None
        if end:
            return end
        if time.monotonic() - started > patience.timeout:
            minutes = round(patience.timeout / 60)
            raise PermanentError(message("emr_too_long", step=step, cluster=cluster, minutes=minutes))
        time.sleep(wait)
        wait = min(wait * _GROWTH, patience.longest)


def look_at_step(cluster: str, step: str) -> StepEnd | None:
    """How the step ended; None while it has not."""
    status = _describe(cluster, step)
    if status["State"] in _ENDED:
        return StepEnd(status["State"], _reason_of(status) or _cluster_reason(cluster))
    told = describe_cluster(cluster)["Status"]
    if told["State"] in _CLUSTER_ENDED:
        # It may have ended well between the two questions, and its cluster then.
        if (state := _describe(cluster, step)["State"]) == COMPLETED:
            return StepEnd(state)
        return StepEnd(told["State"], message("emr_cluster_ended", cluster=cluster, reason=reason_of(told)))
    return None


def _describe(cluster: str, step: str) -> dict[str, Any]:
    status: dict[str, Any] = call("DescribeStep", step, ClusterId=cluster, StepId=step)["Step"]["Status"]
    return status


def cancel_step(cluster: str, step: str, patience: Patience) -> StepEnd | None:
    """Ask the step to end, then make it; how it did, or None if EMR is still at it."""
    for option in ("SEND_INTERRUPT", "TERMINATE_PROCESS"):
        call("CancelSteps", step, ClusterId=cluster, StepIds=[step], StepCancellationOption=option)
        until = time.monotonic() + patience.cancel
        while time.monotonic() < until:
            if end := look_at_step(cluster, step):
                return end
            time.sleep(patience.first)
    return None


def _reason_of(status: dict[str, Any]) -> str:
    details, change = status.get("FailureDetails", {}), status.get("StateChangeReason", {})
    told = (details.get("Reason"), details.get("Message"), change.get("Message"))
    return ": ".join(dict.fromkeys(filter(None, told)))


def _cluster_reason(cluster: str) -> str:
    """Why the cluster is ending, if it is: of the step EMR then says nothing."""
    status = describe_cluster(cluster)["Status"]
    ending = status["State"] in {"TERMINATING", *_CLUSTER_ENDED}
    return message("emr_cluster_ended", cluster=cluster, reason=reason_of(status)) if ending else ""
