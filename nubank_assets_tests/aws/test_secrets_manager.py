"""Secrets in a real Secrets Manager: kept, rotated, cached for one run, and shown nowhere."""

import json
import logging
import pickle
import traceback
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from botocore.exceptions import ClientError

from nubank_assets.aws.clients import AwsDeniedError, client
from nubank_assets.aws.secrets import SecretsManagerCredentials
from nubank_assets.credentials import open_credentials
from nubank_assets.domain.failures import InputError, PermanentError, RetryableError
from nubank_assets.settings import load_settings
from nubank_assets.sources.credentials import LocalCredentials, require
from nubank_assets_tests.fakes.certificates import pkcs12_of_a_person
from nubank_assets_tests.fakes.troubled_aws import BROKEN, Fault, TroubledAws, troubled_aws

SECRET = b"s3cr3t-value-\x00\xff"


@pytest.fixture
def prefix(aws: str) -> str:
    return f"nubank-{uuid.uuid4().hex[:8]}/"


@pytest.fixture
def troubled(aws: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[TroubledAws]:
    with troubled_aws(aws) as running:
        monkeypatch.setenv("AWS_ENDPOINT_URL_SECRETS_MANAGER", running.url)
        client.cache_clear()
        yield running


def test_a_certificate_is_kept_byte_for_byte(prefix: str) -> None:
    certificate = pkcs12_of_a_person()
    SecretsManagerCredentials(prefix).put("nubank_certificate", certificate)
    assert SecretsManagerCredentials(prefix).get("nubank_certificate") == certificate
    stored = client("secretsmanager").get_secret_value(SecretId=f"{prefix}nubank_certificate")
    assert stored["SecretBinary"] == certificate


def test_a_text_that_a_person_made_is_read_without_its_line_break(prefix: str) -> None:
    client("secretsmanager").create_secret(Name=f"{prefix}smtp_password", SecretString="senha çom acento\n")
    assert require(SecretsManagerCredentials(prefix), "smtp_password") == "senha çom acento"


def test_secrets_that_stand_together_are_one_call_and_one_secret(prefix: str, troubled: TroubledAws) -> None:
    secrets = client("secretsmanager")
    kept = {"pluggy_client_id": "one\n", "pluggy_client_secret": "two"}
    secrets.create_secret(Name=f"{prefix}all", SecretString=json.dumps(kept))
    credentials = SecretsManagerCredentials(prefix)
    troubled.calls.clear()
    assert (credentials.get("pluggy_client_id"), credentials.get("pluggy_client_secret")) == (b"one", b"two")
    assert credentials.get("smtp_password") is None
    assert [action for action, _ in troubled.calls] == ["GetSecretValue"] * 4
    certificate = pkcs12_of_a_person()
    credentials.put("google_service_account", b'{"a": "key"}')
    credentials.put("pluggy_client_secret", b"three")
    credentials.put("nubank_certificate", certificate)
    fresh = SecretsManagerCredentials(prefix)
    assert fresh.names() == [
        "google_service_account",
        "nubank_certificate",
        "pluggy_client_id",
        "pluggy_client_secret",
    ]
    assert (fresh.get("pluggy_client_secret"), fresh.get("google_service_account")) == (b"three", b'{"a": "key"}')
    assert fresh.get("nubank_certificate") == certificate
    pages = secrets.get_paginator("list_secrets").paginate(Filters=[{"Key": "name", "Values": [prefix]}])
    assert {secret["Name"] for page in pages for secret in page["SecretList"]} == {
        f"{prefix}all",
        f"{prefix}nubank_certificate",
    }


def test_a_secret_of_its_own_counts_before_those_that_stand_together(prefix: str) -> None:
    secrets = client("secretsmanager")
    secrets.create_secret(Name=f"{prefix}all", SecretString=json.dumps({"smtp_password": "together"}))
    secrets.create_secret(Name=f"{prefix}smtp_password", SecretString="alone")
    assert SecretsManagerCredentials(prefix).get("smtp_password") == b"alone"


@pytest.mark.parametrize("content", ["s3cr3t", '["s3cr3t"]', '{"smtp_password": {"s3cr3t": 1}}'])
def test_what_is_no_object_of_texts_is_refused_without_repeating_it(content: str, prefix: str) -> None:
    client("secretsmanager").create_secret(Name=f"{prefix}all", SecretString=content)
    with pytest.raises(PermanentError, match=f"{prefix}all") as caught:
        SecretsManagerCredentials(prefix).get("smtp_password")
    assert "s3cr3t" not in "".join(traceback.format_exception(caught.value))


def test_putting_again_makes_a_new_version_of_the_same_secret(prefix: str) -> None:
    credentials = SecretsManagerCredentials(prefix)
    for token in (b"first", b"second"):
        credentials.put("nubank_refresh_token", token)
        assert credentials.get("nubank_refresh_token") == token
    name = f"{prefix}nubank_refresh_token"
    secrets = client("secretsmanager")
    assert secrets.get_secret_value(SecretId=name)["SecretBinary"] == b"second"
    assert secrets.get_secret_value(SecretId=name, VersionStage="AWSPREVIOUS")["SecretBinary"] == b"first"


def test_a_run_asks_once_and_the_next_sees_the_rotation(prefix: str, troubled: TroubledAws) -> None:
    SecretsManagerCredentials(prefix).put("pluggy_client_id", b"before")
    this_run = SecretsManagerCredentials(prefix)
    assert this_run.get("pluggy_client_id") == b"before"
    client("secretsmanager").put_secret_value(SecretId=f"{prefix}pluggy_client_id", SecretString="after")
    troubled.calls.clear()
    assert this_run.get("pluggy_client_id") == b"before"
    assert troubled.calls == []
    assert SecretsManagerCredentials(prefix).get("pluggy_client_id") == b"after"


def test_names_are_of_this_prefix_alone_over_all_pages(prefix: str) -> None:
    credentials = SecretsManagerCredentials(prefix)
    names = sorted(f"nubank_certificate_{number:03}" for number in range(105))
    for name in names:
        credentials.put(name, b"x")
    SecretsManagerCredentials(f"other-{prefix}").put("nubank_certificate", b"x")
    assert credentials.names() == names


def test_a_missing_secret_is_named_with_the_command_that_makes_it(prefix: str) -> None:
    credentials = SecretsManagerCredentials(prefix)
    assert credentials.get("pluggy_client_secret") is None
    with pytest.raises(InputError) as caught:
        require(credentials, "pluggy_client_secret")
    assert f"aws secretsmanager create-secret --name {prefix}pluggy_client_secret" in str(caught.value)


def test_a_secret_marked_for_deletion_is_said_to_be(prefix: str) -> None:
    SecretsManagerCredentials(prefix).put("smtp_password", SECRET)
    client("secretsmanager").delete_secret(SecretId=f"{prefix}smtp_password")
    with pytest.raises(PermanentError, match=f"restore-secret --secret-id {prefix}smtp_password"):
        SecretsManagerCredentials(prefix).get("smtp_password")
    assert SecretsManagerCredentials(prefix).names() == []


@pytest.mark.parametrize(
    ("action", "use"),
    [
        ("GetSecretValue", lambda credentials: credentials.get("pluggy_client_id")),
        ("PutSecretValue", lambda credentials: credentials.put("pluggy_client_id", SECRET)),
    ],
)
def test_denied_is_one_sentence_with_the_permission(
    action: str, use: Callable[[SecretsManagerCredentials], None], prefix: str, troubled: TroubledAws
) -> None:
    troubled.faults = [(400, "AccessDeniedException")]
    with pytest.raises(AwsDeniedError) as caught:
        use(SecretsManagerCredentials(prefix))
    sentence = str(caught.value)
    assert f"secretsmanager:{action} em {prefix}pluggy_client_id" in sentence
    assert f"arn:aws:secretsmanager:sa-east-1:*:secret:{prefix}*" in sentence
    assert "\n" not in sentence
    assert troubled.calls == [(action, (400, "AccessDeniedException"))]


def test_in_english_too(prefix: str, troubled: TroubledAws, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NUBANK_LOCALE", "en")
    troubled.faults = [(400, "AccessDeniedException"), (400, "DecryptionFailure")]
    with pytest.raises(AwsDeniedError, match="AWS denied secretsmanager:GetSecretValue on "):
        SecretsManagerCredentials(prefix).get("smtp_password")
    with pytest.raises(PermanentError, match="kms:Decrypt"):
        SecretsManagerCredentials(prefix).get("smtp_password")


def test_listing_denied_is_no_empty_list(prefix: str, troubled: TroubledAws) -> None:
    troubled.faults = [(400, "AccessDeniedException")]
    with pytest.raises(AwsDeniedError, match="secretsmanager:ListSecrets"):
        SecretsManagerCredentials(prefix).names()


@pytest.mark.parametrize("fault", [BROKEN, "lost", (400, "ThrottlingException")])
def test_what_passes_is_tried_again_and_a_lost_answer_makes_no_second_version(
    fault: Fault, prefix: str, troubled: TroubledAws
) -> None:
    credentials = SecretsManagerCredentials(prefix)
    credentials.put("nubank_refresh_token", b"first")
    troubled.faults = [fault]
    credentials.put("nubank_refresh_token", b"second")
    troubled.faults = [fault]
    assert SecretsManagerCredentials(prefix).get("nubank_refresh_token") == b"second"
    versions = client("secretsmanager").list_secret_version_ids(
        SecretId=f"{prefix}nubank_refresh_token", IncludeDeprecated=True
    )["Versions"]
    assert len(versions) <= 2


@pytest.mark.parametrize("fault", [BROKEN, "lost"])
def test_a_first_version_whose_answer_is_lost(fault: Fault, prefix: str, troubled: TroubledAws) -> None:
    missing = (400, "ResourceNotFoundException")
    troubled.faults = [missing, missing, fault]
    SecretsManagerCredentials(prefix).put("nubank_certificate", SECRET)
    assert troubled.calls[2] == ("CreateSecret", fault)
    assert SecretsManagerCredentials(prefix).get("nubank_certificate") == SECRET


def test_a_secret_that_another_made_meanwhile_is_replaced(prefix: str, troubled: TroubledAws) -> None:
    SecretsManagerCredentials(prefix).put("nubank_refresh_token", b"theirs")
    troubled.faults = [(400, "ResourceNotFoundException")]
    SecretsManagerCredentials(prefix).put("nubank_refresh_token", b"ours")
    assert SecretsManagerCredentials(prefix).get("nubank_refresh_token") == b"ours"


def test_what_stays_broken_ends_after_four_attempts(prefix: str, troubled: TroubledAws) -> None:
    troubled.faults = [BROKEN] * 9
    with pytest.raises(RetryableError, match="secretsmanager:GetSecretValue"):
        SecretsManagerCredentials(prefix).get("smtp_password")
    assert len(troubled.calls) == 4


def test_neither_text_nor_pickle_nor_logs_nor_failures_hold_a_value(
    prefix: str, troubled: TroubledAws, caplog: pytest.LogCaptureFixture
) -> None:
    credentials = SecretsManagerCredentials(prefix)
    with caplog.at_level(logging.INFO):
        credentials.put("smtp_password", SECRET)
        assert credentials.get("smtp_password") == SECRET
        troubled.faults = [(400, "AccessDeniedException")]
        with pytest.raises(AwsDeniedError) as caught:
            credentials.put("smtp_password", SECRET)
    pickled = pickle.dumps(credentials)
    assert SECRET not in pickled
    assert b"s3cr3t" not in pickled
    shown = "".join(traceback.format_exception(caught.value)) + caplog.text + repr(credentials) + str(credentials)
    assert "s3cr3t" not in shown
    assert not isinstance(caught.value.__cause__, ClientError)
    assert pickle.loads(pickled).get("smtp_password") == SECRET


def test_the_deployment_decides(aws: str, prefix: str, tmp_path: Path) -> None:
    assert isinstance(open_credentials(load_settings()), LocalCredentials)
    settings = load_settings(deployment="aws", bucket="b", secrets_prefix=prefix)
    open_credentials(settings).put("smtp_password", SECRET)
    assert SecretsManagerCredentials(prefix).get("smtp_password") == SECRET
    assert not settings.secrets_folder.exists()
