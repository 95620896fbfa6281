"""The templates say what docs/aws.md asks for, and name only what there is."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from nubank_assets.settings import Settings
from nubank_assets_tests.deploy.templates import (
    FOLDER,
    FUNCTIONS,
    NAMES,
    placeholders,
    resources,
    template,
    text_of,
)

#: A schedule outside quotes: in a flow mapping YAML may read it as something else, and cfn-lint lets it pass.
_UNQUOTED = re.compile(r"(?<![\"'])\b(?:cron|rate|at)\(")


def test_cfn_lint_finds_nothing() -> None:
    command = [str(Path(sys.executable).parent / "cfn-lint"), *(str(FOLDER / f"{name}.yaml") for name in NAMES)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("name", NAMES)
def test_schedules_are_quoted(name: str) -> None:
    assert not _UNQUOTED.search((FOLDER / f"{name}.yaml").read_text())
    assert _UNQUOTED.search("  Weekly: {Type: String, Default: cron(0 7 ? * MON *)}")


def test_the_schedules_are_monthly_and_weekly_in_the_time_of_sao_paulo() -> None:
    found = resources("run", "AWS::Scheduler::Schedule")
    assert len(found) == 2
    defaults = {name: value["Default"] for name, value in template("run")["Parameters"].items() if "Default" in value}
    times = {defaults[schedule["Properties"]["ScheduleExpression"]["Ref"]] for schedule in found.values()}
    assert times == {"cron(0 7 2 * ? *)", "cron(0 7 ? * MON *)"}
    for schedule in found.values():
        assert schedule["Properties"]["ScheduleExpressionTimezone"] == "America/Sao_Paulo"
        payload = json.loads(text_of(schedule["Properties"]["Target"]["Input"]).replace("${Engine}", "lambda"))
        assert payload["name"].endswith("-<aws.scheduler.scheduled-time>")


def test_every_bucket_is_private_encrypted_and_versioned() -> None:
    buckets = [one for name in NAMES for one in resources(name, "AWS::S3::Bucket").values()]
    assert len(buckets) == 1
    for bucket in buckets:
        says = bucket["Properties"]
        assert set(says["PublicAccessBlockConfiguration"].values()) == {True}
        assert len(says["PublicAccessBlockConfiguration"]) == 4
        assert says["VersioningConfiguration"] == {"Status": "Enabled"}
        (rule,) = says["BucketEncryption"]["ServerSideEncryptionConfiguration"]
        assert rule["ServerSideEncryptionByDefault"]["SSEAlgorithm"]["Fn::If"][1:] == ["aws:kms", "AES256"]
        assert bucket["DeletionPolicy"] == "RetainExceptOnCreate"
    policies = resources("data", "AWS::S3::BucketPolicy")
    (statement,) = policies["OnlyEncrypted"]["Properties"]["PolicyDocument"]["Statement"]
    assert statement["Effect"] == "Deny"
    assert statement["Condition"] == {"Bool": {"aws:SecureTransport": "false"}}


def test_what_is_for_some_days_goes_and_documents_stay() -> None:
    rules = resources("data")["Bucket"]["Properties"]["LifecycleConfiguration"]["Rules"]
    days = {text_of(rule["Prefix"]): rule["ExpirationInDays"] for rule in rules if "ExpirationInDays" in rule}
    assert days == {
        "${Prefix}/athena/": 7,
        "${Prefix}/inbox/refused/": 90,
        "${Prefix}/serverless/": 90,
        "${Prefix}/emr/messages/": 1,
        "${Prefix}/emr/logs/": 30,
    }
    versions = {text_of(rule["Prefix"]) for rule in rules if "NoncurrentVersionExpiration" in rule}
    assert not [prefix for prefix in versions if prefix.startswith("${Prefix}/inbox/d")]
    assert {
        rule["AbortIncompleteMultipartUpload"]["DaysAfterInitiation"] for rule in rules if "Prefix" not in rule
    } == {1}


def test_no_secret_has_a_value_in_a_template() -> None:
    secrets = [one["Properties"] for name in NAMES for one in resources(name, "AWS::SecretsManager::Secret").values()]
    assert secrets
    for secret in secrets:
        assert not {"SecretString", "GenerateSecretString"} & secret.keys()


def test_each_function_is_a_handler_with_a_log_that_ends() -> None:
    from nubank_assets.serverless import handlers

    for name in ("roles", "run"):
        loop = template(name)["Resources"]["Fn::ForEach::Functions"]
        assert tuple(loop[1]) == FUNCTIONS
    assert all(callable(getattr(handlers, name)) for name in FUNCTIONS)
    assert template("run")["Mappings"]["Functions"].keys() == set(FUNCTIONS)
    for name in NAMES:
        for group in resources(name, "AWS::Logs::LogGroup").values():
            assert group["Properties"]["RetentionInDays"] == {"Ref": "LogDays"}
    groups = resources("roles", "AWS::Logs::LogGroup")
    (function,) = resources("run", "AWS::Lambda::Function").values()
    (group,) = groups.values()
    assert function["Properties"]["LoggingConfig"]["LogGroup"] == group["Properties"]["LogGroupName"]


def test_every_variable_of_a_function_is_a_setting_and_none_is_a_secret() -> None:
    (function,) = resources("run", "AWS::Lambda::Function").values()
    variables = function["Properties"]["Environment"]["Variables"].keys()
    assert variables <= {f"NUBANK_{name.upper()}" for name in Settings.model_fields}
    assert not [
        name for name in variables if "PASSWORD" in name or ("SECRET" in name and name != "NUBANK_SECRETS_PREFIX")
    ]


def test_the_state_machine_is_given_every_function_that_it_names() -> None:
    machine = resources("run", "AWS::StepFunctions::StateMachine")["Machine"]["Properties"]
    named = placeholders((FOLDER / "state_machine.asl.json").read_text())
    assert machine["DefinitionSubstitutions"].keys() == named
    invoked = resources("roles")["RoleOfMachine"]["Properties"]["Policies"][0]["PolicyDocument"]["Statement"][0]
    allowed = {text_of(resource).rpartition("-")[2] for resource in invoked["Resource"]}
    assert allowed == {
        text_of(arn)[len("${Function") : -len(".Arn}")] for arn in machine["DefinitionSubstitutions"].values()
    }


def test_parameters_of_one_name_have_one_default() -> None:
    """The deploy script gives a setting to every stack that has it, and leaves the others' defaults alone."""
    defaults: dict[str, set[str]] = {}
    for name in NAMES:
        for parameter, says in template(name).get("Parameters", {}).items():
            defaults.setdefault(parameter, set()).add(str(says.get("Default")))
    assert {name: found for name, found in defaults.items() if len(found) > 1 and name != "Engine"} == {}


def test_queries_and_spending_have_limits() -> None:
    (workgroup,) = resources("data", "AWS::Athena::WorkGroup").values()
    says = workgroup["Properties"]["WorkGroupConfiguration"]
    assert says["EnforceWorkGroupConfiguration"] is True
    assert says["BytesScannedCutoffPerQuery"] == {"Ref": "ScanLimit"}
    assert template("data")["Parameters"]["ScanLimit"]["Default"] == 1_000_000_000
    (budget,) = resources("watch", "AWS::Budgets::Budget").values()
    assert len(budget["Properties"]["NotificationsWithSubscribers"]) == 2
    for alarm in resources("watch", "AWS::CloudWatch::Alarm").values():
        assert alarm["Properties"]["AlarmActions"]
