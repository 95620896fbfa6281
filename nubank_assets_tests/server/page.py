"""Dagster's GraphQL, asked as its page asks it."""

import json
import time
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from nubank_assets.jobs import MONTHLY_JOB, range_tags

_LAUNCH = """mutation ($asked: ExecutionParams!) { launchRun(executionParams: $asked) {
  __typename ... on LaunchRunSuccess { run { runId } } ... on PythonError { message } } }"""
_BACKFILL = """mutation ($asked: LaunchBackfillParams!) { launchPartitionBackfill(backfillParams: $asked) {
  __typename ... on LaunchBackfillSuccess { backfillId } ... on PythonError { message } } }"""
_RUNS = "{ runsOrError { ... on Runs { results { runId status rootRunId parentRunId startTime endTime } } } }"
_BACKFILLS = "{ partitionBackfillsOrError { ... on PartitionBackfills { results { id status } } } }"
_ASSETS = "{ assetNodes { groupName isMaterializable assetKey { path } } }"
_EVENTS = """query ($run: ID!) { logsForRun(runId: $run) { ... on EventConnection {
  events { __typename ... on MessageEvent { message } } } } }"""


@dataclass(frozen=True)
class Page:
    """The webserver's GraphQL at an address."""

    address: str

    def ask(self, query: str, **variables: Any) -> Any:
        """The answer's data."""
        body = json.dumps({"query": query, "variables": variables}).encode()
        request = urllib.request.Request(f"{self.address}/graphql", body, {"Content-Type": "application/json"})
        answer = json.loads(urllib.request.urlopen(request, timeout=60).read())
        assert "errors" not in answer, answer
        return answer["data"]

    def launch(self, first: str, last: str) -> str:
        """Ask for a run of everything over these months; its id."""
        selector = {
            "repositoryLocationName": "nubank_assets",
            "repositoryName": "__repository__",
            "jobName": MONTHLY_JOB.name,
        }
        tags = [{"key": key, "value": value} for key, value in range_tags(first, last).items()]
        asked = {"selector": selector, "runConfigData": {}, "mode": "default", "executionMetadata": {"tags": tags}}
        answer = self.ask(_LAUNCH, asked=asked)["launchRun"]
        assert answer["__typename"] == "LaunchRunSuccess", answer
        return str(answer["run"]["runId"])

    def backfill(self, group: str, months: list[str]) -> str:
        """Ask for a backfill of a group of assets; its id."""
        nodes = self.ask(_ASSETS)["assetNodes"]
        keys = [node["assetKey"] for node in nodes if node["groupName"] == group and node["isMaterializable"]]
        answer = self.ask(_BACKFILL, asked={"assetSelection": keys, "partitionNames": months})
        assert answer["launchPartitionBackfill"]["__typename"] == "LaunchBackfillSuccess", answer
        return str(answer["launchPartitionBackfill"]["backfillId"])

    def runs(self) -> dict[str, dict[str, Any]]:
        """Every run by its id."""
        return {run["runId"]: run for run in self.ask(_RUNS)["runsOrError"]["results"]}

    def backfills(self) -> dict[str, str]:
        """The status of every backfill."""
        results = self.ask(_BACKFILLS)["partitionBackfillsOrError"]["results"]
        return {backfill["id"]: backfill["status"] for backfill in results}

    def messages(self, run: str) -> str:
        """What a run's events say."""
        events = self.ask(_EVENTS, run=run)["logsForRun"]["events"]
        return "\n".join(event.get("message") or "" for event in events)


def wait_for(what: Callable[[], object], told: Callable[[], object], seconds: float = 240) -> None:
    """Wait until something is true; what is `told` explains why it never was."""
    until = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < until, told()
        time.sleep(0.5)
