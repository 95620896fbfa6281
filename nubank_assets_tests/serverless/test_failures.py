"""Executions that fail: one notice with the reason, nothing half published, the lock given back; the next mends it."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from nubank_assets.aws.clients import client
from nubank_assets.domain.catalog import CATEGORIZED_TRANSACTIONS
from nubank_assets.lake.publish import Lake
from nubank_assets.serverless.locking import acquire
from nubank_assets_tests.fakes.homes import months_in
from nubank_assets_tests.fakes.inboxes import attribute
from nubank_assets_tests.fakes.s3_homes import objects_in
from nubank_assets_tests.serverless.conftest import World

ROLE = "arn:aws:iam::123456789012:role/nubank-crawler"


@pytest.fixture
def asked(world: World, first: dict[str, Any]) -> dict[str, Any]:
    """What one month of a lake that is whole is asked for by; what was told before is read."""
    assert first["status"] == "SUCCEEDED", first
    world.reader.read()
    return {"month": months_in(world.laptop.settings)[0]}


def test_a_secret_that_is_missing(aws: str, world: World, asked: dict[str, Any]) -> None:
    name, before = f"{world.settings.secrets_prefix}google_service_account", world.versions()
    client("secretsmanager").delete_secret(SecretId=name, ForceDeleteWithoutRecovery=True)
    failed = world.stack.run(asked)
    client("secretsmanager").create_secret(Name=name, SecretString=world.google.service_account)
    assert_told_once(world, failed, "chave da conta de serviço")
    assert world.versions() == before
    assert "Raw" not in world.stack.states(failed["executionArn"])


def test_a_function_that_does_not_end_in_time(aws: str, world: World, asked: dict[str, Any]) -> None:
    before = world.versions()
    world.stack.configure("materialize", seconds=1)
    failed = world.stack.run(asked)
    world.stack.configure("materialize")
    assert_told_once(world, failed, "Raw: não terminou a tempo")
    assert world.versions() == before


def test_a_source_that_does_not_answer_is_told_of_when_all_else_is_made(
    aws: str, world: World, asked: dict[str, Any]
) -> None:
    before = world.versions()
    for name in ("pluggy_client_id", "pluggy_client_secret"):
        client("secretsmanager").create_secret(Name=world.settings.secrets_prefix + name, SecretString="0" * 8)
    nobody = "http://127.0.0.1:9"
    world.stack.configure("collect", NUBANK_SOURCES="pluggy", NUBANK_PLUGGY_ITEMS="1=maria", NUBANK_PLUGGY_URL=nobody)
    failed = world.stack.run(asked)
    world.stack.configure("collect")
    assert_told_once(world, failed, "Pluggy")
    assert failed["error"] == "Incomplete"
    assert "Export" in world.stack.states(failed["executionArn"])
    assert world.versions() == before


def test_a_month_that_the_transforms_cannot_read_and_the_next_run_mends_it(
    aws: str, world: World, asked: dict[str, Any]
) -> None:
    lake, other = Lake(world.settings.lake_root), months_in(world.laptop.settings)[1]
    name = f"nubank/lake/{lake.name(CATEGORIZED_TRANSACTIONS, other)}"
    before = objects_in(world.settings.bucket, "nubank/lake/")
    client("s3").put_object(Bucket=world.settings.bucket, Key=name, Body=b"PAR1 no Parquet PAR1")
    versions, requests = world.versions(), len(world.google.requests)
    failed = world.stack.run({**asked, "offline": True})
    assert_told_once(world, failed, "insights")
    assert world.versions() == versions
    assert len(world.google.requests) == requests
    assert world.stack.run({"month": other, "offline": True})["status"] == "SUCCEEDED"
    assert objects_in(world.settings.bucket, "nubank/lake/") == before


def test_a_crawler_that_is_stopped_and_the_next_one_is_awaited(aws: str, world: World, asked: dict[str, Any]) -> None:
    name = f"{world.stack.name}-crawler"
    world.stack.configure("catalog", NUBANK_GLUE_CRAWLER=name, NUBANK_GLUE_CRAWLER_ROLE=ROLE)
    execution = world.stack.start({**asked, "offline": True})
    world.wait_until(lambda: "Crawl" in world.stack.states(execution) and crawler_state(name) == "RUNNING")
    client("glue").stop_crawler(Name=name)
    failed = world.stack.wait(execution)
    assert_told_once(world, failed, name)
    assert "Insights" not in world.stack.states(execution)
    mended = world.stack.run({**asked, "offline": True})
    world.stack.configure("catalog")
    assert mended["status"] == "SUCCEEDED", mended
    states = world.stack.states(mended["executionArn"])
    assert states.index("LookAtCrawl") < states.index("Insights")
    assert crawler_state(name) == "READY"


def test_an_execution_that_ended_without_a_word_is_cleaned_up_after_once(
    aws: str, world: World, asked: dict[str, Any]
) -> None:
    gone = f"{world.stack.machine.replace(':stateMachine:', ':execution:')}:gone"
    acquire(world.settings.bucket_root, gone, datetime.now(UTC))
    for _ in range(2):
        told = json.dumps({"ended": {"execution": gone, "status": "TIMED_OUT"}})
        made = client("stepfunctions").start_execution(stateMachineArn=world.stack.machine, input=told)
        assert world.stack.wait(made["executionArn"])["status"] == "SUCCEEDED"
    (notice,) = world.reader.read()
    assert attribute(notice, "run_id") == "gone"
    assert attribute(notice, "status") == "failed"
    assert "A execução inteira não terminou a tempo." in notice["Message"]
    assert owner(world) == ""


def assert_told_once(world: World, failed: dict[str, Any], reason: str) -> None:
    """It failed, people know why by one notice, and nobody has the lock."""
    assert failed["status"] == "FAILED", failed
    started, ended = world.reader.read()
    assert [attribute(notice, "status") for notice in (started, ended)] == ["started", "failed"]
    assert reason in ended["Message"]
    assert owner(world) == ""


def owner(world: World) -> str:
    """Who has the lock."""
    (lock,) = objects_in(world.settings.bucket, "nubank/serverless/lock.json").values()
    return str(json.loads(lock)["owner"])


def crawler_state(name: str) -> str:
    return str(client("glue").get_crawler(Name=name)["Crawler"]["State"])
