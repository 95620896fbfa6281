"""What `nubank doctor` is told of SNS and Secrets Manager."""

import uuid
from collections.abc import Iterator
from typing import Any

import pytest

from nubank_assets.aws.clients import client
from nubank_assets.aws.looking_secrets import look_at_secrets
from nubank_assets.aws.looking_sns import look_at_sns
from nubank_assets.aws.secrets import SecretsManagerCredentials
from nubank_assets.settings import Settings, load_settings
from nubank_assets_tests.fakes.inboxes import make_reader
from nubank_assets_tests.fakes.troubled_aws import TroubledAws, troubled_aws


@pytest.fixture
def troubled(aws: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[TroubledAws]:
    with troubled_aws(aws) as running:
        monkeypatch.setenv("AWS_ENDPOINT_URL_SNS", running.url)
        monkeypatch.setenv("AWS_ENDPOINT_URL_SECRETS_MANAGER", running.url)
        client.cache_clear()
        yield running


def of_topic(topic: str) -> Settings:
    return load_settings(notifications=("sns",), sns_topic=topic)


def of_secrets(**changes: Any) -> Settings:
    prefix = f"nubank-{uuid.uuid4().hex[:8]}/"
    return load_settings(deployment="aws", bucket="b", secrets_prefix=prefix, **changes)


def test_a_topic_that_somebody_reads(aws: str) -> None:
    topic = make_reader().topic
    (is_right, sentence), (_, permissions) = look_at_sns(of_topic(topic))
    assert is_right
    assert f"{topic} existe e tem 1 assinaturas confirmadas" in sentence
    assert f"sns:Publish em {topic}" in permissions


def test_a_topic_that_nobody_reads(aws: str) -> None:
    topic = client("sns").create_topic(Name=f"nubank-{uuid.uuid4().hex[:8]}")["TopicArn"]
    (is_right, sentence), _ = look_at_sns(of_topic(topic))
    assert is_right is False
    assert f"aws sns subscribe --topic-arn {topic} --protocol email" in sentence


def test_a_topic_that_is_not_there(aws: str) -> None:
    topic = "arn:aws:sns:sa-east-1:123456789012:nowhere"
    ((is_right, sentence),) = look_at_sns(of_topic(topic))
    assert is_right is False
    assert f"NUBANK_SNS_TOPIC={topic} não existe" in sentence


def test_looking_may_be_denied_where_telling_is_not(troubled: TroubledAws) -> None:
    troubled.faults = [(403, "AuthorizationError")]
    looks = list(look_at_sns(of_topic("arn:aws:sns:sa-east-1:123456789012:nubank")))
    assert [is_right for is_right, _ in looks] == [None, None]
    assert "sns:GetTopicAttributes" in looks[0][1]


@pytest.mark.parametrize("topic", ["", "nubank"])
def test_what_is_no_topic(topic: str) -> None:
    ((is_right, sentence),) = look_at_sns(of_topic(topic))
    assert is_right is False
    assert "NUBANK_SNS_TOPIC" in sentence


def test_nothing_is_said_of_what_is_not_used() -> None:
    assert list(look_at_sns(load_settings())) == []
    assert list(look_at_secrets(load_settings())) == []


def test_secrets_by_name_alone(aws: str) -> None:
    settings = of_secrets(sources=("pluggy",), notifications=("smtp",), smtp_user="ana")
    assert [is_right for is_right, _ in look_at_secrets(settings)] == [None, False, False, False]
    credentials = SecretsManagerCredentials(settings.secrets_prefix)
    for name in ("pluggy_client_id", "smtp_password"):
        credentials.put(name, b"s3cr3t")
    (is_right, there), (missing_is_right, missing) = look_at_secrets(settings)
    assert is_right
    assert there == "Segredos no Secrets Manager: pluggy_client_id, smtp_password."
    assert missing_is_right is False
    assert f"--name {settings.secrets_prefix}pluggy_client_secret " in missing
    assert "s3cr3t" not in there + missing


def test_each_missing_permission_is_named(troubled: TroubledAws) -> None:
    troubled.faults = [(400, "AccessDeniedException")] * 3
    looks = list(look_at_secrets(of_secrets(sources=("pluggy",))))
    assert [is_right for is_right, _ in looks] == [False] * 3
    assert ["ListSecrets" in looks[0][1], "GetSecretValue" in looks[1][1], "GetSecretValue" in looks[2][1]] == [
        True
    ] * 3
