"""EMR Serverless: jobs of one application as real `spark-submit` processes.

How they are asked for over HTTP is in ``server.py``, EMR's clusters in ``clusters.py``.
"""

import itertools
import shlex
import signal
import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from nubank_assets_tests.fakes.emr.clusters import RefusedError
from nubank_assets_tests.fakes.emr.machine import Machine
from nubank_assets_tests.fakes.emr.processes import StepProcess

_ENVIRONMENT: Final = "spark.emr-serverless.driverEnv."
_numbers = itertools.count(1)


@dataclass
class Job:
    """A job, its state and its process."""

    request: dict[str, Any]
    process: StepProcess
    id: str = field(default_factory=lambda: f"00job{next(_numbers):011d}")
    state: str = "SUBMITTED"
    details: str = ""


class Application:
    """One application and its jobs; the same token is the same job."""

    def __init__(self, name: str, machine: Machine, folder: Path) -> None:
        self.id = name
        self.jobs: dict[str, Job] = {}
        self._threads: list[threading.Thread] = []
        self._machine, self._folder = machine, folder / name

    def start(self, request: dict[str, Any]) -> Job:
        for known in self.jobs.values():
            if known.request["clientToken"] == request["clientToken"]:
                return known
        asked = request["jobDriver"]["sparkSubmit"]
        options = shlex.split(asked.get("sparkSubmitParameters", ""))
        words = ["spark-submit", *options, asked["entryPoint"], *asked.get("entryPointArguments", [])]
        variables = dict(
            word.removeprefix(_ENVIRONMENT).split("=", 1) for word in words if word.startswith(_ENVIRONMENT)
        )
        folder = self._folder / str(len(self.jobs))
        process = StepProcess(self._machine.command(words), self._machine.environment(**variables), folder)
        job = Job(request, process)
        self.jobs[job.id] = job
        thread = threading.Thread(target=self._run, args=(job,), daemon=True)
        self._threads.append(thread)
        thread.start()
        return job

    def job(self, name: str) -> Job:
        if name not in self.jobs:
            raise RefusedError("ResourceNotFoundException", f"Job run {name} does not exist.")
        return self.jobs[name]

    def cancel(self, job: Job) -> None:
        if job.state not in {"SUCCESS", "FAILED", "CANCELLED"}:
            job.state = "CANCELLING"
            job.process.end(signal.SIGKILL)

    def close(self) -> None:
        """End whatever still runs."""
        for job in self.jobs.values():
            self.cancel(job)
        for thread in self._threads:
            thread.join(30)

    def listed(self, job: Job) -> dict[str, Any]:
        """As a list shows it."""
        described = self.described(job)
        kept = ("applicationId", "name", "arn", "createdBy", "createdAt", "updatedAt", "executionRole", "state")
        return {**{name: described[name] for name in (*kept, "stateDetails", "releaseLabel")}, "id": job.id}

    def described(self, job: Job) -> dict[str, Any]:
        kept = {name: job.request[name] for name in ("name", "jobDriver", "configurationOverrides")}
        return {
            **kept,
            "tags": job.request.get("tags", {}),
            "applicationId": self.id,
            "jobRunId": job.id,
            "arn": f"arn:aws:emr-serverless:::/applications/{self.id}/jobruns/{job.id}",
            "createdBy": "arn:aws:iam::123456789012:user/ana",
            "createdAt": 0,
            "updatedAt": 0,
            "executionRole": job.request["executionRoleArn"],
            "state": job.state,
            "stateDetails": job.details,
            "releaseLabel": "emr-spark-8.2.0",
        }

    def _run(self, job: Job) -> None:
        job.state = "RUNNING"
        code = job.process.run()
        logs = job.request["configurationOverrides"]["monitoringConfiguration"]["s3MonitoringConfiguration"]["logUri"]
        if job.state == "CANCELLING":
            job.state = "CANCELLED"
        elif code:
            job.state, job.details = "FAILED", f"Job failed, exit code {code}. Check the driver logs."
        else:
            job.state = "SUCCESS"
        job.process.put_logs(self._machine.s3, f"{logs.rstrip('/')}/applications/{self.id}/jobs/{job.id}/SPARK_DRIVER")
