"""Executions of the real state machine whose steps run on a cluster of their own, which is gone when they end."""

import json
import time
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

from nubank_assets.aws.clients import client
from nubank_assets.domain.catalog import TABLES
from nubank_assets.lake.publish import Lake
from nubank_assets.transforms.steps import CATEGORIZATION, CLEANING
from nubank_assets_tests.fakes.emr.clusters import Step
from nubank_assets_tests.fakes.emr.homes import copy_into, same_rows
from nubank_assets_tests.fakes.emr.machine import Machine, python_name, why_not
from nubank_assets_tests.fakes.emr.server import FakeEmr, fake_emr
from nubank_assets_tests.fakes.homes import DemoHome
from nubank_assets_tests.fakes.inboxes import Reader, make_reader
from nubank_assets_tests.fakes.lambdas import Serverless
from nubank_assets_tests.fakes.s3_homes import objects_in, s3_settings

MONTH = "2026-10"
ASKED = {"month": MONTH, "engine": "emr", "offline": True}
#: Seconds for two steps of Spark on a busy machine.
_LONG = 400


@pytest.fixture
def reader(aws: str) -> Reader:
    return make_reader()


@pytest.fixture
def machine(aws: str, tmp_path: Path) -> Machine:
    (tmp_path / "machine").mkdir()
    return Machine(tmp_path / "machine", aws)


@pytest.fixture
def emr(machine: Machine, tmp_path: Path) -> Iterator[FakeEmr]:
    with fake_emr(machine, tmp_path / "steps") as running:
        yield running


@pytest.fixture
def stack(emr: FakeEmr, reader: Reader, laptop: DemoHome, bucket: str, tmp_path: Path) -> Serverless:
    """A deployment with a laptop's documents; only its cluster's function knows EMR."""
    copy_into(bucket, laptop.settings.inbox_root, "nubank/inbox")
    own = {
        "glue_database": f"nubank_{uuid.uuid4().hex[:8]}",
        "notifications": ("sns",),
        "sns_topic": reader.topic,
        "locale": "en",
        "emr_service_role": "nubank-emr",
        "emr_instance_profile": "nubank-emr-nodes",
        "emr_python": python_name(),
    }
    made = Serverless(s3_settings(tmp_path / "tmp", bucket).model_copy(update=own))
    made.deploy()
    made.configure("cluster", AWS_ENDPOINT_URL_EMR=emr.url)
    return made


def test_a_step_that_fails_is_told_once_and_leaves_nothing(
    stack: Serverless, emr: FakeEmr, machine: Machine, reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(machine, "command", lambda _: ["bash", "-c", "echo no memory >&2; exit 137"])
    ended = stack.run(ASKED)
    assert (ended["status"], ended["error"]) == ("FAILED", "PermanentError")
    (cluster,) = emr.clusters.values()
    assert cluster.request["Name"] == f"nubank-{ended['name']}"
    assert (cluster.state, [step.state for step in cluster.steps]) == ("TERMINATED", ["FAILED"])
    after = [
        "LookAtStep",
        "WhatIsLeft",
        "ReleaseAfterFailure",
        "UnlockAfterFailure",
        "TellFailed",
        "WhatEnded",
        "Failed",
    ]
    assert stack.states(ended["executionArn"])[-7:] == after
    started, failed = reader.read()
    assert "exit code 137" in failed["Message"]
    assert f"{cluster.id}/{cluster.steps[0].id}" in failed["Message"]
    assert MONTH in started["Subject"]
    assert not Lake(stack.settings.lake_root).months(TABLES["transactions"])
    assert not objects_in(stack.settings.bucket, "nubank/emr/messages/")


@pytest.mark.long
@pytest.mark.skipif(bool(why_not()), reason=why_not())
def test_a_month_on_spark_equals_the_one_of_a_laptop(
    stack: Serverless, emr: FakeEmr, reader: Reader, laptop: DemoHome
) -> None:
    ended = stack.wait(stack.start(ASKED), _LONG)
    assert ended["status"] == "SUCCEEDED", ended
    (cluster,) = emr.clusters.values()
    assert (cluster.state, [step.state for step in cluster.steps]) == ("TERMINATED", ["COMPLETED", "COMPLETED"])
    lake = Lake(stack.settings.lake_root)
    for name in (*CLEANING.outputs, *CATEGORIZATION.outputs):
        assert same_rows(lake, laptop.lake, name, [MONTH]), name
    found = client("glue").get_partition(
        DatabaseName=stack.settings.glue_database, TableName="transactions", PartitionValues=[MONTH]
    )["Partition"]
    assert f"/runs/{CLEANING.name}/transactions/run=" in found["StorageDescriptor"]["Location"]
    assert found["Parameters"]["nubank_run"] == ended["name"]
    assert reader.statuses() == ["started", "succeeded"]


def test_an_execution_that_was_stopped_is_cleaned_up_by_its_name_alone(
    stack: Serverless, emr: FakeEmr, machine: Machine, reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(machine, "command", lambda _: ["sleep", "300"])
    stack.configure("cluster", AWS_ENDPOINT_URL_EMR=emr.url, NUBANK_ENGINE="emr")
    execution = stack.start(ASKED)
    (step,) = await_steps(emr)
    client("stepfunctions").stop_execution(executionArn=execution)
    assert stack.wait(execution)["status"] == "ABORTED"
    # As the rule of deploy/aws tells of it.
    told = json.dumps({"ended": {"execution": execution, "status": "ABORTED"}})
    after = client("stepfunctions").start_execution(stateMachineArn=stack.machine, input=told)["executionArn"]
    assert stack.wait(after)["status"] == "SUCCEEDED"
    (cluster,) = emr.clusters.values()
    assert cluster.state == "TERMINATED"
    assert not step.process.alive
    assert reader.statuses() == ["started", "canceled"]


def await_steps(emr: FakeEmr) -> list[Step]:
    """The steps of the cluster, once one runs."""
    until = time.monotonic() + 120
    while not (steps := [step for cluster in emr.clusters.values() for step in cluster.steps if step.process.alive]):
        assert time.monotonic() < until
        time.sleep(0.2)
    return steps
