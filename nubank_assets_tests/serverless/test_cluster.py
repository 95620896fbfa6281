"""A step that nobody waits for: started once, looked at, and let go of on every path, whatever was lost.

The steps are real processes of other commands; Spark's are in ``test_cluster_spark.py``.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from nubank_assets.aws.clients import client
from nubank_assets.domain.failures import InputError, PermanentError, RetryableError
from nubank_assets.serverless.cluster import run
from nubank_assets.settings import Settings
from nubank_assets_tests.fakes.emr.clusters import Cluster, await_state
from nubank_assets_tests.fakes.emr.machine import Machine
from nubank_assets_tests.fakes.emr.server import FakeEmr, fake_emr
from nubank_assets_tests.fakes.s3_homes import objects_in, s3_settings
from nubank_assets_tests.fakes.troubled_aws import EXPIRED, THROTTLED, TroubledAws, troubled_aws

EXECUTION = "arn:aws:states:sa-east-1:123456789012:execution:nubank:one"
ENGINES = ("emr", "emr-serverless")
ROLES = {"emr_service_role": "nubank-emr", "emr_instance_profile": "nubank-emr-nodes"}
JOBS_ROLE = "arn:aws:iam::123456789012:role/nubank-emr-jobs"


class OtherMachine(Machine):
    """One on which another command runs in the place of Spark's."""

    asked: Sequence[str] = ("sleep", "60")

    def command(self, arguments: Sequence[str]) -> list[str]:
        return list(self.asked)


@pytest.fixture(scope="module")
def machine(aws_endpoint: str, tmp_path_factory: pytest.TempPathFactory) -> OtherMachine:
    with pytest.MonkeyPatch.context() as patch:
        for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_DEFAULT_REGION"):
            patch.setenv(name, "us-east-1")
        return OtherMachine(tmp_path_factory.mktemp("machine"), aws_endpoint)


@pytest.fixture
def emr(bucket: str, machine: OtherMachine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeEmr]:
    """An EMR that this test's clients talk to, with a cluster named `nubank`, whose steps take long."""
    monkeypatch.setenv("NUBANK_LOCALE", "en")
    machine.asked = OtherMachine.asked
    with fake_emr(machine, tmp_path / "steps") as running:
        monkeypatch.setenv("AWS_ENDPOINT_URL_EMR", running.url)
        monkeypatch.setenv("AWS_ENDPOINT_URL_EMR_SERVERLESS", running.url)
        client.cache_clear()
        running.new_cluster(Name="nubank", LogUri=f"s3://{bucket}/logs/")
        yield running


@pytest.fixture
def troubled(emr: FakeEmr, monkeypatch: pytest.MonkeyPatch) -> Iterator[TroubledAws]:
    """A way to that EMR on which calls can be spoilt."""
    with troubled_aws(emr.url) as running:
        monkeypatch.setenv("AWS_ENDPOINT_URL_EMR", running.url)
        client.cache_clear()
        yield running


@pytest.fixture
def settings(emr: FakeEmr, tmp_path: Path, bucket: str) -> Settings:
    """Of a function that may use either service."""
    own = {"emr_cluster": "nubank", "emr_serverless_application": emr.application.id, "emr_serverless_role": JOBS_ROLE}
    return s3_settings(tmp_path / "home", bucket).model_copy(update={**own, "locale": "en"})


def tell(action: str, engine: str = "emr", **more: Any) -> dict[str, Any]:
    """As the state machine says it."""
    task = {"layer": "cleaned_parquet", "months": ["2026-10"]} if action != "release" else {}
    return {"action": action, "execution": EXECUTION, "engine": engine, **task, **more}


def the_step(emr: FakeEmr, engine: str) -> Any:
    """The only one."""
    steps: list[Any] = [step for cluster in emr.clusters.values() for step in cluster.steps]
    (found,) = steps if engine == "emr" else emr.application.jobs.values()
    return found


@pytest.mark.parametrize("engine", ENGINES)
def test_a_step_is_started_once_looked_at_and_released(
    emr: FakeEmr, settings: Settings, bucket: str, engine: str
) -> None:
    job = run(tell("start", engine), settings)["job"]
    step = the_step(emr, engine)
    await_state(step, "RUNNING")
    assert run(tell("start", engine), settings)["job"]["step"] == job["step"] == step.id
    assert the_step(emr, engine) is step
    assert run(tell("look", engine, job=job), settings) == {"state": "running", "job": job}
    (context,) = objects_in(bucket, "nubank/emr/messages/")
    assert context == "one/cleaned_parquet/context.json"
    for _ in range(2):
        assert run(tell("release", engine), settings) == {}
    await_state(step, "CANCELLED")
    assert not objects_in(bucket, "nubank/emr/messages/")
    with pytest.raises(PermanentError, match="CANCELLED"):
        run(tell("look", engine, job=job), settings)


def test_an_execution_has_one_cluster_of_its_own_for_all_its_steps(emr: FakeEmr, settings: Settings) -> None:
    own = settings.model_copy(update={**ROLES, "emr_cluster": ""})
    told = run(tell("start"), own)
    first = told["job"]
    assert "US$ 0.71" in told["estimate"]
    second = run(tell("start", layer="categorized_tables"), own)["job"]
    assert first["place"] == second["place"]
    made = emr.clusters[first["place"]]
    assert (made.request["Name"], made.request["AutoTerminationPolicy"]) == ("nubank-one", {"IdleTimeout": 900})
    assert [step.config["Name"] for step in made.steps] == ["cleaned_parquet-one", "categorized_tables-one"]
    for _ in range(2):
        run(tell("release"), own)
    assert made.state == "TERMINATED"
    assert [cluster.state for cluster in emr.clusters.values() if cluster is not made] == ["WAITING"]


def test_a_cluster_whose_answer_was_lost_is_released_all_the_same(
    emr: FakeEmr, troubled: TroubledAws, settings: Settings
) -> None:
    own = settings.model_copy(update={**ROLES, "emr_cluster": ""})
    # A list; the making, whose answer is lost; then the function may ask no more.
    troubled.faults = [None, "lost", EXPIRED]
    with pytest.raises(PermanentError, match="expired"):
        run(tell("start"), own)
    troubled.faults = []
    (made,) = [cluster for cluster in emr.clusters.values() if cluster.request["Name"] == "nubank-one"]
    run(tell("release"), own)
    assert made.state == "TERMINATED"


def test_other_executions_steps_on_a_shared_cluster_go_on(emr: FakeEmr, settings: Settings) -> None:
    other = {"execution": f"{EXECUTION}-more"}
    (cluster,) = emr.clusters.values()
    for told in (tell("start", **other), tell("start")):
        run(told, settings)
    await_state(cluster.steps[0], "RUNNING")
    run(tell("release"), settings)
    assert [step.state for step in cluster.steps] == ["RUNNING", "CANCELLED"]
    assert cluster.state == "RUNNING"


def lose_cluster(emr: FakeEmr, cluster: Cluster) -> None:
    await_state(cluster.steps[0], "RUNNING")
    cluster.end("TERMINATED_WITH_ERRORS", "INSTANCE_FAILURE", "the primary node is gone")


def break_down(emr: FakeEmr, cluster: Cluster) -> None:
    await_state(cluster.steps[0], "FAILED")


def say_nothing(emr: FakeEmr, cluster: Cluster) -> None:
    await_state(cluster.steps[0], "COMPLETED")


@pytest.mark.parametrize(
    ("command", "happens", "said"),
    [
        (["sleep", "60"], lose_cluster, "INSTANCE_FAILURE: the primary node is gone"),
        (["bash", "-c", "echo no memory >&2; exit 137"], break_down, "as FAILED .*exit code 137.*no memory"),
        (["true"], say_nothing, "report did not arrive"),
    ],
)
def test_a_step_that_ended_otherwise_is_told_with_its_reason(
    emr: FakeEmr,
    machine: OtherMachine,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    command: Sequence[str],
    happens: Callable[[FakeEmr, Cluster], None],
    said: str,
) -> None:
    from nubank_assets.serverless import cluster_services

    monkeypatch.setattr(cluster_services, "_LOG_SECONDS", 3)
    machine.asked = command
    job = run(tell("start"), settings)["job"]
    (cluster,) = emr.clusters.values()
    happens(emr, cluster)
    with pytest.raises(PermanentError) as failed:
        run(tell("look", job=job), settings)
    assert re.search(said, str(failed.value), re.DOTALL)
    run(tell("release"), settings)


def test_a_busy_emr_is_looked_at_later(
    emr: FakeEmr, troubled: TroubledAws, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    from nubank_assets.aws import emr_calls

    monkeypatch.setattr(emr_calls, "_ATTEMPTS", 1)
    job = run(tell("start"), settings)["job"]
    troubled.faults = [THROTTLED] * 100
    with pytest.raises(RetryableError, match="ThrottlingException"):
        run(tell("look", job=job), settings)
    troubled.faults = []
    assert run(tell("look", job=job), settings)["state"] == "running"


def test_a_step_that_takes_too_long_is_given_up(emr: FakeEmr, settings: Settings) -> None:
    job = run(tell("start"), settings)["job"]
    long_ago = {**job, "started": job["started"] - 60 * settings.emr_timeout_minutes - 1}
    with pytest.raises(PermanentError, match=r"cleaned_parquet-one.*NUBANK_EMR_TIMEOUT_MINUTES"):
        run(tell("look", job=long_ago), settings)


def test_of_an_execution_without_a_cluster_nothing_is_asked(emr: FakeEmr, settings: Settings) -> None:
    asked = len(emr.calls)
    assert run(tell("release", "lambda"), settings) == {}
    assert run(tell("release", ""), settings) == {}
    assert len(emr.calls) == asked


def test_what_a_cluster_needs_and_lacks_is_named(emr: FakeEmr, settings: Settings) -> None:
    with pytest.raises(InputError, match="NUBANK_EMR_SERVICE_ROLE"):
        run(tell("start"), settings.model_copy(update={"emr_cluster": ""}))
    with pytest.raises(InputError, match="NUBANK_EMR_SERVERLESS_APPLICATION"):
        run(tell("start", "emr-serverless"), settings.model_copy(update={"emr_serverless_application": ""}))
