"""Steps of an EMR that is busy, forgets to answer, refuses or ends: added once, seen to their end, canceled for good.

The commands are real processes; Spark's are in ``test_launcher.py``.
"""

import gzip
import time
from types import SimpleNamespace
from typing import Any

import pytest

from nubank_assets.aws.clients import client
from nubank_assets.aws.emr_calls import pages
from nubank_assets.aws.emr_logs import tail_of_step
from nubank_assets.aws.emr_steps import Patience, StepEnd, add_step, await_step, cancel_step, look_at_step
from nubank_assets.domain.failures import PermanentError, RetryableError
from nubank_assets.emr_resource import EmrPySparkStepLauncher
from nubank_assets_tests.fakes.emr.clusters import Cluster
from nubank_assets_tests.fakes.emr.server import FakeEmr
from nubank_assets_tests.fakes.troubled_aws import EXPIRED, THROTTLED, TroubledAws

QUICK = Patience(first=0.1, longest=0.2, timeout=20, cancel=3)
#: Says that it is there, and does not let itself be interrupted.
STUBBORN = ["bash", "-c", "trap '' TERM; touch here; while true; do sleep 0.1; done"]


def await_file(cluster: Cluster, name: str) -> None:
    """Until a step's process has made a file, so that it surely runs."""
    until = time.monotonic() + 10
    while not list(cluster.folder.glob(f"*/{name}")):
        assert time.monotonic() < until
        time.sleep(0.05)


def test_a_step_runs_to_its_end(cluster: Cluster) -> None:
    step = add_step(cluster.id, "one", ["true"])
    end = await_step(cluster.id, step, QUICK)
    assert (end, end.is_completed) == (StepEnd("COMPLETED"), True)


def test_a_step_that_failed_says_why_and_what_it_printed(cluster: Cluster) -> None:
    step = add_step(cluster.id, "one", ["bash", "-c", "seq 100; printf 'broken %0500d' 0 >&2; exit 3"])
    end = await_step(cluster.id, step, QUICK)
    assert not end.is_completed
    assert "exit code 3" in end.reason
    assert tail_of_step(cluster.id, step, 5) == [f"broken {0:0393d}", *map(str, range(76, 101))]


def test_a_log_that_is_not_there_is_said_to_be_late(cluster: Cluster) -> None:
    assert "s-1/stderr.gz" in tail_of_step(cluster.id, "s-1", 0)[0]


def test_a_cluster_that_keeps_no_logs_says_so(emr: FakeEmr) -> None:
    (said,) = tail_of_step(emr.new_cluster(Name="other").id, "s-1", 0)
    assert "keeps no logs" in said


def test_a_step_whose_answer_was_lost_is_not_added_again(cluster: Cluster, troubled: TroubledAws) -> None:
    for name in ("before", "one"):
        troubled.faults = [] if name == "before" else ["lost"]
        step = add_step(cluster.id, name, ["true"])
    assert [made.config["Name"] for made in cluster.steps] == ["before", "one"]
    assert step == cluster.steps[-1].id
    assert [action for action, _ in troubled.calls] == ["AddJobFlowSteps"] * 2 + ["ListSteps"]


def test_a_step_that_was_refused_for_now_is_added_when_emr_takes_it(cluster: Cluster, troubled: TroubledAws) -> None:
    troubled.faults = [THROTTLED, None, (503, "ServiceUnavailable")]
    step = add_step(cluster.id, "one", ["true"])
    assert [made.id for made in cluster.steps] == [step]


def test_looking_bears_an_emr_that_is_busy(cluster: Cluster, troubled: TroubledAws) -> None:
    step = add_step(cluster.id, "one", ["true"])
    troubled.faults = [THROTTLED] * 3
    assert await_step(cluster.id, step, QUICK).is_completed


def test_credentials_that_expire_meanwhile_are_named(cluster: Cluster, troubled: TroubledAws) -> None:
    step = add_step(cluster.id, "one", ["sleep", "60"])
    troubled.faults = [None, None, EXPIRED]
    with pytest.raises(PermanentError, match=r"have expired .*elasticmapreduce:DescribeStep.*aws sso login"):
        await_step(cluster.id, step, QUICK)


def test_a_cluster_that_ends_meanwhile_ends_the_waiting(cluster: Cluster) -> None:
    step = add_step(cluster.id, "one", [*STUBBORN])
    await_file(cluster, "here")
    cluster.end("TERMINATED_WITH_ERRORS", "INSTANCE_FAILURE", "the primary node is gone")
    assert cluster.steps[0].state == "RUNNING"
    end = await_step(cluster.id, step, QUICK)
    assert not end.is_completed
    assert "INSTANCE_FAILURE: the primary node is gone" in end.reason


def test_a_step_that_takes_too_long_is_named_with_the_setting(cluster: Cluster) -> None:
    step = add_step(cluster.id, "one", ["sleep", "60"])
    with pytest.raises(PermanentError, match="NUBANK_EMR_TIMEOUT_MINUTES"):
        await_step(cluster.id, step, Patience(first=0.1, longest=0.1, timeout=0.5))


def test_a_step_that_does_not_heed_is_made_to_end(cluster: Cluster) -> None:
    step = add_step(cluster.id, "one", [*STUBBORN])
    await_file(cluster, "here")
    assert cancel_step(cluster.id, step, QUICK) == StepEnd("CANCELLED")
    assert not cluster.steps[0].process.alive


def test_a_step_that_waits_for_another_is_canceled_before_it_starts(cluster: Cluster) -> None:
    first, second = (add_step(cluster.id, name, ["sleep", "5"]) for name in ("one", "two"))
    assert cancel_step(cluster.id, second, QUICK) == StepEnd("CANCELLED")
    assert cluster.step(first).state == "RUNNING"
    assert not cluster.step(second).process.alive


def test_a_step_on_a_cluster_that_ended_is_refused_with_emrs_reason(cluster: Cluster) -> None:
    cluster.end("TERMINATED", "USER_REQUEST", "Terminated by user request")
    with pytest.raises(PermanentError, match=r"elasticmapreduce:AddJobFlowSteps.*may not be modified"):
        add_step(cluster.id, "one", ["true"])


def test_an_emr_that_stays_busy_may_answer_later(
    cluster: Cluster, troubled: TroubledAws, monkeypatch: pytest.MonkeyPatch
) -> None:
    from nubank_assets.aws import emr_calls

    monkeypatch.setattr(emr_calls, "_ATTEMPTS", 1)
    troubled.faults = [THROTTLED] * 4
    with pytest.raises(RetryableError, match="ThrottlingException"):
        list(pages("ListSteps", cluster.id, "Steps", ClusterId=cluster.id))


def test_a_step_that_ended_well_just_before_its_cluster_is_done(
    emr: FakeEmr, cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    step = add_step(cluster.id, "one", ["sleep", "60"])
    cluster.end("TERMINATED", "ALL_STEPS_COMPLETED", "Steps completed")
    cluster.steps[0].state = "RUNNING"

    def end_meanwhile(ClusterId: str) -> dict[str, Any]:  # noqa: N803
        cluster.step(step).state = "COMPLETED"
        return {"Cluster": emr.clusters[ClusterId].described()}

    monkeypatch.setattr(emr, "_DescribeCluster", end_meanwhile)
    assert look_at_step(cluster.id, step) == StepEnd("COMPLETED")


def test_an_interruption_right_after_a_step_was_added_cancels_it(cluster: Cluster) -> None:
    told: list[str] = []

    def tell(sentence: str) -> None:
        told.append(sentence)
        if len(told) == 1:
            raise KeyboardInterrupt

    context: Any = SimpleNamespace(log=SimpleNamespace(info=tell, warning=tell))
    launcher = EmrPySparkStepLauncher(settings={}, first_look_seconds=0.1, cancel_seconds=5)
    with pytest.raises(KeyboardInterrupt):
        launcher._run(context, cluster.id, "one", ["sleep", "60"])
    assert cluster.steps[0].state == "CANCELLED"
    assert "one" in told[-1]


def test_a_log_that_breaks_off_does_not_hide_why_its_step_failed(cluster: Cluster, bucket: str) -> None:
    place = f"logs/{cluster.id}/steps/s-1/stderr.gz"
    client("s3").put_object(Bucket=bucket, Key=place, Body=gzip.compress(b"a line\n" * 99)[:-12])
    assert "end-of-stream" in tail_of_step(cluster.id, "s-1", 0)[0]
