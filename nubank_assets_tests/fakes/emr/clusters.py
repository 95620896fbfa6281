"""Clusters and their steps: EMR's states, and its words when it refuses.

Steps run one after the other, as on a cluster with a concurrency of one. How they are asked for over HTTP is in
``server.py``.
"""

import itertools
import queue
import signal
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from nubank_assets_tests.fakes.emr.machine import Machine
from nubank_assets_tests.fakes.emr.processes import StepProcess

_ENDED: Final = frozenset({"COMPLETED", "FAILED", "CANCELLED", "INTERRUPTED"})
_GONE: Final = frozenset({"TERMINATING", "TERMINATED", "TERMINATED_WITH_ERRORS"})
_LONGEST_ARGUMENTS: Final = 10_280
_numbers = itertools.count(1)


class RefusedError(Exception):
    """What EMR answers instead: an error's code and its text."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(text)
        self.code = code


@dataclass
class Step:
    """A step, its state, and its process."""

    config: dict[str, Any]
    process: StepProcess
    id: str = field(default_factory=lambda: f"s-{next(_numbers):013d}")
    state: str = "PENDING"
    reason: str = ""

    def described(self) -> dict[str, Any]:
        jar = self.config["HadoopJarStep"]
        status: dict[str, Any] = {"State": self.state, "StateChangeReason": {}, "Timeline": {}}
        if self.state == "FAILED":
            status["FailureDetails"] = {"Reason": "Unknown Error.", "Message": self.reason}
        return {
            "Id": self.id,
            "Name": self.config["Name"],
            "Config": {"Jar": jar["Jar"], "Args": jar.get("Args", [])},
            "ActionOnFailure": self.config.get("ActionOnFailure", "TERMINATE_CLUSTER"),
            "Status": status,
        }


class Cluster:
    """A cluster that is up as soon as it is asked for."""

    def __init__(self, request: dict[str, Any], machine: Machine, folder: Path) -> None:
        self.id = f"j-{next(_numbers):013d}"
        self.request = request
        self.state = "STARTING"
        self.reason: dict[str, str] = {}
        self.steps: list[Step] = []
        self._machine, self.folder = machine, folder / self.id
        self._queue: queue.Queue[Step | None] = queue.Queue()
        self._thread = threading.Thread(target=self._work, daemon=True)
        self._thread.start()

    def add(self, config: dict[str, Any]) -> Step:
        if self.state in _GONE:
            text = "A job flow that is shutting down, terminated, or finished may not be modified."
            raise RefusedError("ValidationException", text)
        jar = config["HadoopJarStep"]
        if sum(map(len, jar.get("Args", []))) > _LONGEST_ARGUMENTS:
            raise RefusedError("ValidationException", "The total length of the step arguments is too long.")
        command, environment = self._machine.command(jar["Args"]), self._machine.environment()
        step = Step(config, StepProcess(command, environment, self.folder / str(len(self.steps))))
        self.steps.append(step)
        self._queue.put(step)
        return step

    def step(self, step_id: str) -> Step:
        for step in self.steps:
            if step.id == step_id:
                return step
        raise RefusedError("InvalidRequestException", f"Step id '{step_id}' is not valid.")

    def cancel(self, step: Step, option: str) -> str:
        if step.state in _ENDED:
            return "FAILED"
        step.state = "CANCELLED" if step.state == "PENDING" else "CANCEL_PENDING"
        step.process.end(signal.SIGKILL if option == "TERMINATE_PROCESS" else signal.SIGTERM)
        return "SUBMITTED"

    def end(self, state: str, code: str, text: str) -> None:
        """End it with all that runs. What runs then is said to run still, as EMR does for a while."""
        self.reason = {"Code": code, "Message": text}
        self.state = state
        for step in self.steps:
            step.process.end(signal.SIGKILL)
        self._queue.put(None)
        self._thread.join(30)

    def described(self) -> dict[str, Any]:
        status = {"State": self.state, "StateChangeReason": self.reason}
        return {
            "Id": self.id,
            "Name": self.request["Name"],
            "Status": status,
            "LogUri": self.request.get("LogUri", "").replace("s3://", "s3n://"),
            "ReleaseLabel": self.request["ReleaseLabel"],
            "Tags": self.request.get("Tags", []),
        }

    def _work(self) -> None:
        time.sleep(0.1)
        if self.state == "STARTING":
            self.state = "WAITING"
        while step := self._queue.get():
            if self.state in _GONE:
                return
            if step.state == "PENDING":
                self._run(step)

    def _run(self, step: Step) -> None:
        step.state = self.state = "RUNNING"
        code = step.process.run()
        if self.state in _GONE:
            return
        self.state = "WAITING"
        if step.state == "CANCEL_PENDING":
            step.state = "CANCELLED"
        else:
            step.reason = f"Exception in command: exit code {code}"
            step.state = "COMPLETED" if code == 0 else "FAILED"
        if uri := self.request.get("LogUri"):
            step.process.put_logs(self._machine.s3, f"{uri.rstrip('/')}/{self.id}/steps/{step.id}")


def await_state(of: Any, *states: str) -> None:
    """Until a cluster's step or a job is in one of these states."""
    until = time.monotonic() + 20
    while of.state not in states:
        assert time.monotonic() < until, of.state
        time.sleep(0.05)
