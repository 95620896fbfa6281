"""`make deploy` from nothing to a told result, on an AWS that denies whatever a role does not allow; `make destroy`.

The stacks' names and roles are the templates' own. Nothing here has been tried on real AWS: docs/deploying.md lists
what that leaves open.
"""

import json
import os
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from botocore.exceptions import WaiterError

from nubank_assets.aws.clients import client
from nubank_assets.domain.catalog import TABLES
from nubank_assets.lake.publish import Lake
from nubank_assets.sources.demo.cast import HOLDER_NAME
from nubank_assets_tests.aws.glue_lake import GlueLake
from nubank_assets_tests.deploy.deployment import PYTHON, Deployment, run_make
from nubank_assets_tests.deploy.templates import FUNCTIONS
from nubank_assets_tests.export.sheets.home import assert_shows
from nubank_assets_tests.fakes.homes import demo_home
from nubank_assets_tests.fakes.inboxes import Reader, attribute, make_reader
from nubank_assets_tests.fakes.ministack import ACCOUNT, COMMAND, REGION, environment, ministack
from nubank_assets_tests.fakes.s3_homes import objects_in
from nubank_assets_tests.fakes.sheets import FakeSheets, sheets_server


@dataclass(frozen=True)
class Shown:
    """A deployment, and what a person's files became in it."""

    deployment: Deployment
    google: FakeSheets
    spreadsheet: str
    reader: Reader
    executions: list[dict[str, Any]]


@pytest.fixture(scope="module")
def strict_aws() -> Iterator[str]:
    """An AWS of its own that checks every call against the caller's policies, and whose waiting is short."""
    if not COMMAND.exists() or not PYTHON.exists():
        pytest.skip("needs the local AWS and the functions' Python: make .aws-local/installed .lambda/installed")
    from nubank_assets.aws import clients

    with ministack(AUTH="true", SFN_WAIT_SCALE="0.05") as url, pytest.MonkeyPatch.context() as patch:
        for name, value in environment(url).items():
            patch.setenv(name, value)
        clients.client.cache_clear()
        yield url
    clients.client.cache_clear()


@pytest.fixture(autouse=True)
def _its_aws(_own_world: None, strict_aws: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in environment(strict_aws).items():
        monkeypatch.setenv(name, value)


@pytest.fixture(scope="module")
def shown(strict_aws: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shown]:
    """The whole way: deploy after a failure, a secret, three files dropped, and the executions that they started."""
    folder = tmp_path_factory.mktemp("deploy")
    deployment = Deployment(f"n{uuid.uuid4().hex[:8]}", folder / "code.zip", strict_aws)
    deployment.write_package()
    _fail_first(f"{deployment.stack}-watch")
    with sheets_server() as google:
        spreadsheet = google.new_spreadsheet()
        done = deployment.make(
            "deploy",
            EMAIL="ana@example.com",
            NUBANK_HOLDER_NAMES=HOLDER_NAME,
            NUBANK_DESTINATIONS="workbook,sheets",
            NUBANK_SPREADSHEET=spreadsheet,
            NUBANK_SHEETS_URL=google.url,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        _put_secret(deployment, google)
        reader = make_reader(f"arn:aws:sns:{REGION}:{ACCOUNT}:{deployment.stack}")
        _let_in(reader)
        # Ministack speaks no TLS, which the bucket's policy asks for.
        client("s3").delete_bucket_policy(Bucket=deployment.bucket)
        deployment.may_read_database("catalog", "materialize")
        exports = demo_home(folder / "demo", months=1).settings.home / "files" / "exports"
        for file in sorted(exports.iterdir()):
            deployment.drop(file)
        executions = deployment.wait_for_executions()
        yield Shown(deployment, google, spreadsheet, reader, executions)


def _fail_first(stack: str) -> None:
    """A stack that failed at its first deploy, which CloudFormation keeps and will not update."""
    nobody = {"PolicyName": "x", "Roles": ["nobody"], "PolicyDocument": {"Version": "2012-10-17", "Statement": []}}
    body = json.dumps({"Resources": {"X": {"Type": "AWS::IAM::Policy", "Properties": nobody}}})
    client("cloudformation").create_stack(StackName=stack, TemplateBody=body, Capabilities=["CAPABILITY_IAM"])
    waiter = client("cloudformation").get_waiter("stack_create_complete")
    with pytest.raises(WaiterError, match="ROLLBACK_COMPLETE"):
        waiter.wait(StackName=stack, WaiterConfig={"Delay": 2, "MaxAttempts": 15})


def _put_secret(deployment: Deployment, google: FakeSheets) -> None:
    value = json.dumps({"google_service_account": google.service_account})
    client("secretsmanager").put_secret_value(SecretId=f"{deployment.stack}/all", SecretString=value)


def _let_in(reader: Reader) -> None:
    """A queue takes nothing from a topic unless its policy says so."""
    statement = {"Effect": "Allow", "Principal": {"Service": "sns.amazonaws.com"}, "Action": "sqs:SendMessage"}
    policy = json.dumps({"Version": "2012-10-17", "Statement": [{**statement, "Resource": "*"}]})
    client("sqs").set_queue_attributes(QueueUrl=reader.queue, Attributes={"Policy": policy})


def test_dropped_files_end_as_tables_catalog_workbook_and_spreadsheet(shown: Shown) -> None:
    deployment = shown.deployment
    assert {execution["status"] for execution in shown.executions} == {"SUCCEEDED"}, shown.executions
    lake = Lake(deployment.settings.lake_root)
    assert lake.read(TABLES["transactions"]).num_rows > 20
    catalog = GlueLake(deployment.stack, deployment.settings.bucket_root)
    for table in TABLES.values():
        assert not table.partitioned or sorted(catalog.partitions(table.name)) == lake.months(table), table.name
    assert objects_in(deployment.bucket, "nubank/results/").keys() == {"nubank.xlsx", "nubank.html"}
    assert_shows(shown.google.book(shown.spreadsheet), lake)


def test_each_execution_is_told_of_twice_to_who_is_subscribed(shown: Shown) -> None:
    notices = shown.reader.read()
    told = {(attribute(notice, "run_id"), attribute(notice, "status")) for notice in notices}
    names = {execution["name"] for execution in shown.executions}
    assert told == {(name, status) for name in names for status in ("started", "succeeded")}
    assert len(notices) == len(told)


def test_the_second_deploy_changes_nothing_and_says_what_a_person_has_to_do(shown: Shown) -> None:
    deployment = shown.deployment
    before = _state(deployment)
    done = deployment.make("deploy")
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("is up to date") == done.stdout.count("== stack") == 4, done.stdout
    assert _state(deployment) == before
    # Ministack gives a secret without a value an empty one.
    assert "Secrets without a value: none\n" in done.stdout
    assert f"s3://{deployment.bucket}/nubank/inbox/new/" in done.stdout


def _state(deployment: Deployment) -> list[Any]:
    """Everything that a deploy could touch: objects with their versions, and functions with their settings."""
    versions = client("s3").list_object_versions(Bucket=deployment.bucket)["Versions"]
    functions = [
        client("lambda").get_function_configuration(FunctionName=f"{deployment.stack}-{name}") for name in FUNCTIONS
    ]
    return [
        sorted((one["Key"], one["VersionId"]) for one in versions),
        [(one["LastModified"], one["RevisionId"], one["Environment"]) for one in functions],
    ]


def test_destroy_keeps_the_data_and_delete_takes_it_after_a_confirmation(shown: Shown) -> None:
    deployment = shown.deployment
    objects = objects_in(deployment.bucket)
    done = deployment.make("destroy")
    assert done.returncode == 0, done.stderr
    assert objects_in(deployment.bucket) == objects
    stacks = client("cloudformation").describe_stacks()["Stacks"]
    assert [stack["StackName"] for stack in stacks] == [f"{deployment.stack}-data"]
    assert client("lambda").list_functions()["Functions"] == []

    done = deployment.make("destroy", DATA="delete")
    assert done.returncode != 0
    assert f"CONFIRM={deployment.bucket}" in done.stderr
    assert objects_in(deployment.bucket) == objects

    done = deployment.make("destroy", DATA="delete", CONFIRM=deployment.bucket)
    assert done.returncode == 0, done.stderr
    assert client("s3").list_buckets()["Buckets"] == []
    assert client("secretsmanager").list_secrets()["SecretList"] == []


def _without(program: str, folder: Path) -> str:
    """A PATH that has everything but one program."""
    for place in (COMMAND.parent, *(Path(part) for part in os.environ["PATH"].split(os.pathsep))):
        for file in place.iterdir() if place.is_dir() else ():
            link = folder / file.name
            if file.name != program and not link.exists():
                link.symlink_to(file)
    return str(folder)


@pytest.mark.parametrize(
    ("variables", "missing", "said"),
    [
        ({}, "aws", "The AWS CLI is missing"),
        ({"AWS_ACCESS_KEY_ID": "AKIANOBODY", "EMAIL": "none"}, "", "AWS does not know you"),
        ({"STACK": "Meu Banco", "EMAIL": "none"}, "", "STACK=Meu Banco: 2 to 20 lower-case letters"),
        ({}, "", "make deploy EMAIL=you@example.com"),
        ({"EMAIL": "none"}, "docker", "Docker is missing"),
        ({"EMAIL": "none", "PACKAGE": "nowhere.zip"}, "docker", "PACKAGE=nowhere.zip: there is no such file"),
    ],
)
def test_what_is_missing_is_said_in_a_sentence_before_anything_is_made(
    variables: dict[str, str], missing: str, said: str, tmp_path: Path
) -> None:
    path = _without(missing, tmp_path) if missing else ""
    done = run_make("deploy", {"STACK": "nothing", **variables}, path)
    assert done.returncode != 0
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    names = [stack["StackName"] for stack in client("cloudformation").describe_stacks()["Stacks"]]
    assert "nothing-data" not in names
