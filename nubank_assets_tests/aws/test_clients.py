"""AWS's failures as the platform's two kinds, from a real endpoint."""

import pytest

from nubank_assets.aws.clients import AwsMissingError, aws_failures, client
from nubank_assets.domain.failures import InputError, PermanentError, RetryableError


def test_what_does_not_exist_is_named(aws: str) -> None:
    with (
        pytest.raises(AwsMissingError, match=r"database-x.*glue:GetDatabase"),
        aws_failures("glue:GetDatabase", "database-x"),
    ):
        client("glue").get_database(Name="x")


def test_a_bucket_is_made_and_versioned(bucket: str) -> None:
    assert client("s3").get_bucket_versioning(Bucket=bucket)["Status"] == "Enabled"


def test_an_endpoint_that_is_away_may_come_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    client.cache_clear()
    with pytest.raises(RetryableError, match="glue:GetDatabase"), aws_failures("glue:GetDatabase", "x"):
        client("glue").get_database(Name="x")


def test_without_credentials_it_says_how_to_get_them(aws: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.delenv(name)
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", "/nonexistent")
    client.cache_clear()
    with pytest.raises(PermanentError, match="aws configure"), aws_failures("s3:ListBuckets", "s3"):
        client("s3").list_buckets()


def test_secrets_go_nowhere_without_tls(aws: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://192.0.2.7:4566")
    client.cache_clear()
    with pytest.raises(InputError, match=r"192\.0\.2\.7"):
        client("secretsmanager")


def test_a_mistyped_profile_is_a_wrong_setting(aws: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_PROFILE", "nobody")
    client.cache_clear()
    with pytest.raises(InputError, match="nobody"):
        client("s3")
