"""EMR's two APIs over HTTP, as far as the platform asks them: of clusters, and of EMR Serverless.

What is asked must be what botocore's models of them allow.
"""

import json
import re
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import MappingProxyType
from typing import Any, ClassVar, Final
from urllib.parse import parse_qs

import botocore.session
from botocore.validate import ParamValidator

from nubank_assets_tests.fakes.emr.clusters import Cluster, RefusedError
from nubank_assets_tests.fakes.emr.jobs import Application
from nubank_assets_tests.fakes.emr.machine import Machine

_SERVICES: Final = ("emr", "emr-serverless")
_PATH: Final = re.compile(r"/applications/(?P<application>\w+)(?P<jobs>/jobruns(/(?P<job>\w+))?)?")
#: By the method and what it is of.
_ACTIONS: Final = {
    ("GET", "application"): "GetApplication",
    ("POST", "jobs"): "StartJobRun",
    ("GET", "jobs"): "ListJobRuns",
    ("GET", "job"): "GetJobRun",
    ("DELETE", "job"): "CancelJobRun",
}


class FakeEmr:
    """Its address, its clusters, and the actions that were asked for."""

    def __init__(self, machine: Machine, folder: Path) -> None:
        self.url = ""
        self.clusters: dict[str, Cluster] = {}
        self.calls: list[str] = []
        self.application = Application("00application01", machine, folder)
        self._machine, self._folder = machine, folder
        self._models = {name: botocore.session.get_session().get_service_model(name) for name in _SERVICES}

    def new_cluster(self, **request: Any) -> Cluster:
        """One that is up."""
        cluster = Cluster({"ReleaseLabel": "emr-spark-8.2.0", **request}, self._machine, self._folder)
        self.clusters[cluster.id] = cluster
        return cluster

    def answer(self, action: str, values: dict[str, Any]) -> dict[str, Any]:
        """What EMR says; raises RefusedError."""
        self._check("emr", action, values)
        do: Callable[..., dict[str, Any]] = getattr(self, f"_{action}")
        return do(**values)

    def answer_rest(self, method: str, path: str, body: dict[str, Any]) -> dict[str, Any]:
        """What EMR Serverless says; raises RefusedError."""
        found = _PATH.fullmatch(path)
        if not found or found["application"] != self.application.id:
            raise RefusedError("ResourceNotFoundException", f"{path} does not exist.")
        application, job = self.application, found["job"]
        about = "job" if job else "jobs" if found["jobs"] else "application"
        action = _ACTIONS[method, about]
        where = {"applicationId": application.id, **({"jobRunId": job} if job else {})}
        self._check("emr-serverless", action, {**body, **where})
        if action == "StartJobRun":
            started = application.start(body)
            return {**where, "jobRunId": started.id, "arn": application.described(started)["arn"]}
        if action == "ListJobRuns":
            alive = [each for each in application.jobs.values() if each.state in body.get("states", each.state)]
            page = _page("jobRuns", [application.listed(each) for each in alive], int(body.get("nextToken", 0)))
            return {{"Marker": "nextToken"}.get(name, name): value for name, value in page.items()}
        if action == "GetApplication":
            return {"application": {**where, "state": "STARTED", "type": "Spark", "releaseLabel": "emr-spark-8.2.0"}}
        if action == "CancelJobRun":
            application.cancel(application.job(job))
            return where
        return {"jobRun": application.described(application.job(job))}

    def _check(self, service: str, action: str, values: dict[str, Any]) -> None:
        self.calls.append(action)
        wrong = ParamValidator().validate(values, self._models[service].operation_model(action).input_shape)
        if wrong.has_errors():
            raise RefusedError("ValidationException", wrong.generate_report())

    def close(self) -> None:
        """End whatever still runs."""
        for cluster in self.clusters.values():
            cluster.end("TERMINATED", "USER_REQUEST", "Terminated by user request")
        self.application.close()

    def _cluster(self, cluster_id: str) -> Cluster:
        if cluster_id not in self.clusters:
            raise RefusedError("InvalidRequestException", f"Cluster id '{cluster_id}' is not valid.")
        return self.clusters[cluster_id]

    def _RunJobFlow(self, **request: Any) -> dict[str, Any]:  # noqa: N802
        cluster = self.new_cluster(**request)
        return {"JobFlowId": cluster.id, "ClusterArn": f"arn:aws:elasticmapreduce:::cluster/{cluster.id}"}

    def _ListClusters(self, ClusterStates: list[str], Marker: str = "0") -> dict[str, Any]:  # noqa: N802, N803
        found = [cluster.described() for cluster in self.clusters.values() if cluster.state in ClusterStates]
        return _page("Clusters", found, int(Marker))

    def _DescribeCluster(self, ClusterId: str) -> dict[str, Any]:  # noqa: N802, N803
        return {"Cluster": self._cluster(ClusterId).described()}

    def _TerminateJobFlows(self, JobFlowIds: list[str]) -> dict[str, Any]:  # noqa: N802, N803
        for cluster_id in JobFlowIds:
            cluster = self._cluster(cluster_id)
            cluster.end("TERMINATED", "USER_REQUEST", "Terminated by user request")
        return {}

    def _AddJobFlowSteps(self, JobFlowId: str, Steps: list[dict[str, Any]]) -> dict[str, Any]:  # noqa: N802, N803
        return {"StepIds": [self._cluster(JobFlowId).add(config).id for config in Steps]}

    def _DescribeStep(self, ClusterId: str, StepId: str) -> dict[str, Any]:  # noqa: N802, N803
        return {"Step": self._cluster(ClusterId).step(StepId).described()}

    def _ListSteps(self, ClusterId: str, Marker: str = "0", **which: Sequence[str]) -> dict[str, Any]:  # noqa: N802, N803
        steps = [
            step
            for step in reversed(self._cluster(ClusterId).steps)
            if step.state in which.get("StepStates", step.state)
        ]
        return _page("Steps", [step.described() for step in steps], int(Marker))

    def _CancelSteps(self, ClusterId: str, StepIds: list[str], **how: str) -> dict[str, Any]:  # noqa: N802, N803
        cluster = self._cluster(ClusterId)
        option = how.get("StepCancellationOption", "SEND_INTERRUPT")
        told = [(name, cluster.cancel(cluster.step(name), option)) for name in StepIds]
        return {"CancelStepsInfoList": [{"StepId": name, "Status": status, "Reason": ""} for name, status in told]}


@contextmanager
def fake_emr(machine: Machine, folder: Path) -> Iterator[FakeEmr]:
    """An EMR that lives as long as the block."""
    emr = FakeEmr(machine, folder)

    class Handler(_Handler):
        service = emr

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    emr.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield emr
    finally:
        emr.close()
        server.shutdown()
        server.server_close()
        thread.join(10)


def _page(part: str, items: list[dict[str, Any]], start: int) -> dict[str, Any]:
    """Small pages, so that whoever reads only the first one is found out."""
    size = 2
    rest = {"Marker": str(start + size)} if start + size < len(items) else {}
    return {part: items[start : start + size], **rest}


class _Handler(BaseHTTPRequestHandler):
    service: ClassVar[FakeEmr]

    def do_POST(self) -> None:
        values = json.loads(self.rfile.read(int(self.headers.get("Content-Length", 0))) or b"{}")
        target = self.headers.get("X-Amz-Target")
        try:
            if target:
                self._answer(200, self.service.answer(target.split(".")[-1], values))
            else:
                path, _, query = self.path.partition("?")
                asked = {name: found if name == "states" else found[0] for name, found in parse_qs(query).items()}
                self._answer(200, self.service.answer_rest(self.command, path, {**values, **asked}))
        except RefusedError as error:
            self._answer(400, {"__type": error.code, "message": str(error)}, {"x-amzn-errortype": error.code})

    do_GET = do_POST  # noqa: N815
    do_DELETE = do_POST  # noqa: N815

    def _answer(self, status: int, answer: dict[str, Any], headers: Mapping[str, str] = MappingProxyType({})) -> None:
        body = json.dumps(answer).encode()
        self.send_response(status)
        for name, value in {**headers, "Content-Type": "application/json", "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Nothing is printed."""
