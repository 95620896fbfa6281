"""The calls of EMR Serverless that Dagster's client makes, with our failures, patience, and an end to the waiting.

What is asked to run is for ``emr_serverless_resource.py``.
"""

import time
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from botocore import xform_name
from tenacity import Retrying, retry_if_exception_type, stop_after_delay, wait_exponential_jitter

from nubank_assets.aws.clients import client
from nubank_assets.aws.emr_calls import emr_failures
from nubank_assets.domain.failures import InputError, PermanentError, RetryableError
from nubank_assets.messages import message

if TYPE_CHECKING:
    from nubank_assets.settings import Settings

SERVICE: Final = "emr-serverless"
_FAILED: Final = frozenset({"FAILED", "CANCELLED", "CANCELLING"})
DONE: Final = "SUCCESS"
_ENDED: Final = _FAILED | {DONE}
_ALIVE: Final = ("SUBMITTED", "PENDING", "SCHEDULED", "QUEUED", "RUNNING")
#: So long, in seconds, may it give no answer about a job that goes on.
_SILENCE: Final = 600


def check_application(settings: "Settings") -> None:
    """Raises InputError that names what is missing."""
    for field in ("emr_serverless_application", "emr_serverless_role"):
        if not getattr(settings, field):
            values = {"name": f"NUBANK_{field.upper()}", "needed_by": f"NUBANK_ENGINE={SERVICE}"}
            raise InputError(message("setting_missing", **values))


@dataclass(frozen=True)
class JobEnd:
    """How a job ended, and why, in the service's words."""

    state: str
    reason: str


class ServerlessCalls:
    """In the place of a boto3 client: what `PipesEMRServerlessClient` asks, for one job. Remembers how it is.

    `timeout`, in seconds, is when waiting for the job raises PermanentError; to cancel it is the caller's.
    """

    def __init__(self, timeout: float) -> None:
        self.application = self.job = self.state = self.reason = ""
        self._until = time.monotonic() + timeout
        self._minutes = round(timeout / 60)

    @property
    def is_done(self) -> bool:
        """Whether it ended, and well."""
        return self.state == DONE

    @property
    def is_failed(self) -> bool:
        """Whether it ended, and not well."""
        return self.state in _FAILED

    def start_job_run(self, **values: Any) -> dict[str, Any]:
        """Asked again, the same job is meant: botocore sends a token that is used once."""
        answer = _ask("StartJobRun", values["applicationId"], **values)
        self.application, self.job = answer["applicationId"], answer["jobRunId"]
        return answer

    def get_job_run(self, **values: Any) -> dict[str, Any]:
        """Also after a silence of some minutes."""
        patience = Retrying(
            retry=retry_if_exception_type(RetryableError),
            stop=stop_after_delay(_SILENCE),
            wait=wait_exponential_jitter(1, 30),
            reraise=True,
        )
        answer = patience(_ask, "GetJobRun", self.job, **values)
        self.state, self.reason = answer["jobRun"]["state"], answer["jobRun"].get("stateDetails", "")
        if self.state not in _ENDED and time.monotonic() > self._until:
            values = {"step": self.job, "cluster": self.application, "minutes": self._minutes}
            raise PermanentError(message("emr_too_long", **values))
        return answer

    def get_dashboard_for_job_run(self, **_: Any) -> str:
        """Not asked: its address is a key to the job's page, and would be in the log."""
        return f"{self.application}/{self.job}"

    def cancel(self) -> None:
        """Cancel the job if it was started and has not ended."""
        if self.job and self.state not in _ENDED:
            cancel_job(self.application, self.job)


def start_job(asked: dict[str, Any]) -> str:
    """The id of a new job, asked for as `StartJobRun` takes it."""
    return str(_ask("StartJobRun", asked["applicationId"], **asked)["jobRunId"])


def look_at_job(application: str, job: str) -> JobEnd | None:
    """How the job ended; None while it has not."""
    found = _ask("GetJobRun", job, applicationId=application, jobRunId=job)["jobRun"]
    return JobEnd(found["state"], found.get("stateDetails", "")) if found["state"] in _ENDED else None


def cancel_job(application: str, job: str) -> None:
    """Let the job end."""
    _ask("CancelJobRun", job, applicationId=application, jobRunId=job)


def find_jobs(application: str, names: Collection[str]) -> list[str]:
    """The ids of the application's jobs of these names that have not ended."""
    return [job["id"] for job in _alive_jobs(application) if job.get("name") in names]


def _alive_jobs(application: str) -> Iterator[dict[str, Any]]:
    token: dict[str, str] = {}
    while True:
        answer = _ask("ListJobRuns", application, applicationId=application, states=list(_ALIVE), **token)
        yield from answer["jobRuns"]
        if not answer.get("nextToken"):
            return
        token = {"nextToken": answer["nextToken"]}


def _ask(action: str, resource: str, **values: Any) -> dict[str, Any]:
    with emr_failures(f"{SERVICE}:{action}", resource):
        answer: dict[str, Any] = getattr(client(SERVICE), xform_name(action))(**values)
    return answer
