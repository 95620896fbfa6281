"""The lock of executions: one has it, the next waits, and who is gone holds nobody up."""

import json
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from nubank_assets.aws.clients import client
from nubank_assets.domain.failures import LockedError
from nubank_assets.serverless.locking import EXPIRY, acquire, release
from nubank_assets_tests.fakes.lambdas import DEFINITION
from nubank_assets_tests.fakes.ministack import ACCOUNT, REGION
from nubank_assets_tests.fakes.s3_homes import objects_in

NOW = datetime(2026, 11, 23, 7, tzinfo=UTC)


@pytest.fixture
def root(bucket: str) -> str:
    return f"s3://{bucket}/nubank"


@pytest.fixture
def machine(aws: str) -> str:
    """A state machine whose executions run until somebody stops them."""
    waits = {"StartAt": "Wait", "States": {"Wait": {"Type": "Wait", "Seconds": 3600, "End": True}}}
    name = f"waits-{datetime.now(UTC).timestamp():.6f}".replace(".", "-")
    role = f"arn:aws:iam::{ACCOUNT}:role/nubank"
    made = client("stepfunctions").create_state_machine(name=name, definition=json.dumps(waits), roleArn=role)
    return str(made["stateMachineArn"])


@pytest.fixture
def running(machine: str) -> str:
    """An execution that runs."""
    return start(machine)


def start(machine: str) -> str:
    return str(client("stepfunctions").start_execution(stateMachineArn=machine)["executionArn"])


def execution(name: str) -> str:
    return f"arn:aws:states:{REGION}:{ACCOUNT}:execution:nubank:{name}"


def tries(root: str, owner: str, now: datetime = NOW) -> bool:
    try:
        acquire(root, owner, now)
    except LockedError:
        return False
    return True


def owner(bucket: str) -> str:
    (lock,) = objects_in(bucket, "nubank/serverless/").values()
    return str(json.loads(lock)["owner"])


def test_of_many_at_once_one_has_it(root: str, machine: str) -> None:
    # They run: who comes late may take the lock of one that does not.
    racing = [start(machine) for _ in range(8)]
    together = threading.Barrier(len(racing))

    def race(execution: str) -> bool:
        together.wait()
        return tries(root, execution)

    for _ in range(3):
        with ThreadPoolExecutor(len(racing)) as racers:
            won = [name for name, has_it in zip(racing, racers.map(race, racing), strict=True) if has_it]
        assert len(won) == 1
        release(root, won[0])


def test_who_has_it_has_it_however_often_it_asks_and_gives_back(root: str, running: str) -> None:
    acquire(root, running, NOW)
    acquire(root, running, NOW)
    with pytest.raises(LockedError, match=running.rpartition(":")[2]):
        acquire(root, execution("b"), NOW)
    release(root, execution("b"))
    assert not tries(root, execution("b"))
    release(root, running)
    release(root, running)
    assert tries(root, execution("b"))


def test_an_execution_that_was_stopped_holds_nobody_up(root: str, running: str, bucket: str) -> None:
    acquire(root, running, NOW)
    client("stepfunctions").stop_execution(executionArn=running)
    assert tries(root, execution("b"))
    # What it would give back is not its own any more.
    release(root, running)
    assert owner(bucket) == execution("b")


def test_an_execution_that_nobody_knows_of_any_more_holds_nobody_up(root: str, aws: str) -> None:
    acquire(root, execution("forgotten"), NOW)
    assert tries(root, execution("b"))


def test_it_expires_and_no_execution_can_run_as_long(root: str, running: str) -> None:
    acquire(root, running, NOW)
    assert not tries(root, execution("b"), NOW + EXPIRY - timedelta(seconds=1))
    assert tries(root, execution("b"), NOW + EXPIRY)
    longest = json.loads(Path(DEFINITION).read_text())["TimeoutSeconds"]
    assert timedelta(seconds=longest) < EXPIRY
