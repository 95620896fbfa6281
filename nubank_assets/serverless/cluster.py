"""A layer on EMR or EMR Serverless, for the state machine: its step is started, looked at, and let go.

Nothing here waits: the state machine does, and asks again. The step is the one of ``compute/cluster_step.py``; the
report that comes back goes through the very same assets as everywhere else.
"""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import dagster as dg

from nubank_assets.compute.launch import conclude, read_messages, step_extras
from nubank_assets.compute.report import StepReport
from nubank_assets.compute.shipping import ship
from nubank_assets.domain.failures import PermanentError, RetryableError
from nubank_assets.emr_pipes import MESSAGES
from nubank_assets.lake.files import open_store
from nubank_assets.messages import message
from nubank_assets.resources import EngineResource
from nubank_assets.serverless.cluster_exchange import Exchange
from nubank_assets.serverless.cluster_services import SERVICES, Service
from nubank_assets.serverless.materializing import materialize
from nubank_assets.settings import Settings
from nubank_assets.transforms.steps import STEPS, Step


class ReportedEngine(EngineResource):
    """Answers with the report of a step that has run already, month by month as it is asked."""

    report: dict[str, Any]

    def run(self, context: dg.AssetExecutionContext, step: Step, months: Sequence[str]) -> StepReport:  # noqa: ARG002
        """Its part of these months; of an unpartitioned step, all."""
        whole = StepReport.from_dict(self.report)
        if not step.partitioned:
            return whole
        return StepReport(
            whole.step,
            tuple(published for published in whole.published if published.month in months),
            tuple(finding for finding in whole.findings if finding.month in months),
            tuple(month for month in whole.withheld if month in months),
            whole.seconds,
        )


@dataclass(frozen=True)
class _Task:
    """One layer of one execution."""

    settings: Settings
    service: Service
    execution: str
    step: Step
    months: tuple[str, ...]

    @property
    def name(self) -> str:
        return _name(self.step.name, self.execution)

    @property
    def exchange(self) -> Exchange:
        return Exchange(f"{_place(self.settings, self.execution)}/{self.step.name}")


def run(told: Mapping[str, Any], settings: Settings) -> dict[str, Any]:
    """Do what `action` says: `start`, `look` or `release`. What may be asked twice has the same end.

    Raises RetryableError only for an AWS that is busy, else PermanentError.
    """
    execution = str(told["execution"]).rpartition(":")[2]
    engine = told.get("engine") or settings.engine
    if told["action"] == "release":
        _release(engine, execution, settings)
        return {}
    task = _Task(settings, SERVICES[engine](settings), execution, STEPS[told["layer"]], tuple(told["months"]))
    return _start(task) if told["action"] == "start" else _look(task, told["job"])


def _start(task: _Task) -> dict[str, Any]:
    """What the step is known by from now on, and what it may cost; one that was started is not started again."""
    estimate = task.service.estimate()
    place = task.service.open(task.execution)
    step = task.service.find(place, task.name)
    if not step:
        code = ship(task.settings.emr_root)
        extras = step_extras(task.step, task.months, task.name, task.settings)
        step = task.service.add(place, task.name, code, task.exchange.ask(task.execution, extras))
    job = {"place": place, "step": step, "started": int(time.time())}
    return {"job": job, **({"estimate": estimate.sentence} if estimate else {})}


def _look(task: _Task, job: Mapping[str, Any]) -> dict[str, Any]:
    end = task.service.look(job["place"], job["step"])
    if end is None:
        return _go_on(task, job)
    told = read_messages(task.exchange.messages())
    is_well = end.is_completed and isinstance(told, StepReport)
    log = [] if is_well else task.service.log(job["place"], job["step"])
    try:
        report = conclude(task.step, end, told, log)
    except RetryableError as error:
        # Another look would see the same.
        raise PermanentError(str(error)) from None
    engine = ReportedEngine(report=report.to_dict())
    made = materialize(task.settings, [task.step.name], task.months, task.execution, engine)
    return {"state": "done", "job": job, **made}


def _go_on(task: _Task, job: Mapping[str, Any]) -> dict[str, Any]:
    """It runs. Raises PermanentError when it takes too long; to release it is the caller's."""
    minutes = task.settings.emr_timeout_minutes
    if time.time() - job["started"] > 60 * minutes:
        raise PermanentError(message("emr_too_long", step=task.name, cluster=job["place"], minutes=minutes))
    return {"state": "running", "job": job}


def _release(engine: str, execution: str, settings: Settings) -> None:
    """End what the execution left running, by the names of its steps, and delete what both sides said."""
    if engine not in SERVICES:
        return
    try:
        SERVICES[engine](settings).release(execution, {_name(layer, execution) for layer in STEPS})
    finally:
        store = open_store(_place(settings, execution))
        for name in store.names("", recursive=True):
            store.remove(name)


def _name(layer: str, execution: str) -> str:
    return f"{layer}-{execution}"


def _place(settings: Settings, execution: str) -> str:
    return f"{settings.emr_root}/{MESSAGES}/{execution}"
