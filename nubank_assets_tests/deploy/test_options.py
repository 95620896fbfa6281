"""What is off by default fits together too: EMR's roles, a key, a crawler, every source."""

import json
import uuid
from typing import Any

import pytest

from nubank_assets.aws.clients import client
from nubank_assets_tests.deploy.templates import FOLDER, template
from nubank_assets_tests.fakes.ministack import ACCOUNT, REGION

KEY = f"arn:aws:kms:{REGION}:{ACCOUNT}:key/0f1e2d3c-0000-0000-0000-000000000000"


def _deploy(name: str, given: dict[str, str]) -> dict[str, Any]:
    """One stack with those of the parameters that it has, as `make deploy` gives them; its outputs."""
    own = [key for key in template(name)["Parameters"] if key in given]
    cloud, stack = client("cloudformation"), f"{given['Name']}-{name}"
    cloud.create_stack(
        StackName=stack,
        TemplateBody=(FOLDER / f"{name}.yaml").read_text(),
        Parameters=[{"ParameterKey": key, "ParameterValue": given[key]} for key in own],
        Capabilities=["CAPABILITY_IAM", "CAPABILITY_AUTO_EXPAND"],
    )
    cloud.get_waiter("stack_create_complete").wait(StackName=stack, WaiterConfig={"Delay": 1, "MaxAttempts": 60})
    (found,) = cloud.describe_stacks(StackName=stack)["Stacks"]
    return {one["OutputKey"]: one["OutputValue"] for one in found.get("Outputs", [])}


@pytest.fixture
def given(aws: str) -> dict[str, str]:
    """Everything on, but EMR Serverless and the budget, which ministack does not know."""
    switches = dict.fromkeys(("Pluggy", "Pynubank", "Sheets", "Crawler"), "yes")
    name = f"n{uuid.uuid4().hex[:8]}"
    codes = {"Package": "code.zip", "Definition": "machine.json", "BudgetUsd": "0", "Email": "ana@example.com"}
    return {**switches, **codes, "Name": name, "Database": name, "Engine": "emr", "KmsKey": KEY}


def test_with_everything_on_the_stacks_fit_together(given: dict[str, str]) -> None:
    name, bucket = given["Name"], f"{given['Name']}-{ACCOUNT}-{REGION}"
    assert _deploy("data", given)["Bucket"] == bucket
    client("s3").put_object(Bucket=bucket, Key="machine.json", Body=(FOLDER / "state_machine.asl.json").read_bytes())
    client("s3").put_object(Bucket=bucket, Key="code.zip", Body=b"PK\5\6" + bytes(18))
    clusters = _deploy("cluster", given)
    for stack in ("image", "roles", "run", "watch"):
        _deploy(stack, given)
    variables = {one: _variables(f"{name}-{one}") for one in ("cluster", "materialize")}
    assert variables["cluster"]["NUBANK_ENGINE"] == "emr"
    assert variables["materialize"]["NUBANK_ENGINE"] == "sail"
    assert variables["cluster"]["NUBANK_EMR_SERVICE_ROLE"] == clusters["ServiceRole"]
    assert variables["cluster"]["NUBANK_EMR_INSTANCE_PROFILE"] == clusters["Nodes"]
    assert variables["materialize"]["NUBANK_SOURCES"] == "pluggy,pynubank"
    assert variables["materialize"]["NUBANK_DESTINATIONS"] == "workbook,sheets"
    assert variables["materialize"]["NUBANK_GLUE_CRAWLER"] == name
    assert client("glue").get_crawler(Name=name)["Crawler"]["DatabaseName"] == given["Database"]
    assert _passed_roles(f"{name}-cluster") == {clusters["ServiceRole"], clusters["NodesRole"]}
    assert _schedule(f"{name}-weekly")["engine"] == "emr"


def _variables(function: str) -> dict[str, str]:
    found = client("lambda").get_function_configuration(FunctionName=function)
    return dict(found["Environment"]["Variables"])


def _passed_roles(function: str) -> set[str]:
    role = client("lambda").get_function_configuration(FunctionName=function)["Role"].rpartition("/")[2]
    policy = client("iam").get_role_policy(RoleName=role, PolicyName="cluster")["PolicyDocument"]
    (passing,) = [one for one in policy["Statement"] if one["Action"] == "iam:PassRole"]
    assert client("iam").list_attached_role_policies(RoleName=role)["AttachedPolicies"], "may use the key"
    return set(passing["Resource"])


def _schedule(name: str) -> dict[str, str]:
    return dict(json.loads(client("scheduler").get_schedule(Name=name)["Target"]["Input"]))
