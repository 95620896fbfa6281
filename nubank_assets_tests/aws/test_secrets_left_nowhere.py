"""`nubank run` and `nubank login` whose secrets are in Secrets Manager: nothing of them is left on this machine."""

import os
import subprocess
import sys
import uuid
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from nubank_assets.aws.clients import client
from nubank_assets.aws.secrets import SecretsManagerCredentials
from nubank_assets.cli.login import login
from nubank_assets.domain.months import SAO_PAULO
from nubank_assets.settings import load_settings
from nubank_assets.sources.credentials import LocalCredentials
from nubank_assets_tests.fakes.certificates import pkcs12_of_a_person
from nubank_assets_tests.fakes.collecting import CollectedHome, collected_home
from nubank_assets_tests.fakes.nubank_api import FakeNubank
from nubank_assets_tests.fakes.nubank_logins import TODAY, demo_truth
from nubank_assets_tests.fakes.pluggy_api import CLIENT_SECRET

NUBANK = str(Path(sys.executable).parent / "nubank")


@pytest.fixture
def home(tmp_path: Path, bucket: str) -> Iterator[CollectedHome]:
    """A home of the aws deployment: its secrets are moved to Secrets Manager."""
    with collected_home(tmp_path, months=2, today=datetime.now(SAO_PAULO).date()) as home:
        changes = {"deployment": "aws", "bucket": bucket, "secrets_prefix": f"nubank-{uuid.uuid4().hex[:8]}/"}
        home.settings = home.settings.model_copy(update=changes)
        files, kept = LocalCredentials(home.settings.secrets_folder), credentials_of(home)
        for name in files.names():
            kept.put(name, files.get(name) or b"")
            (home.settings.secrets_folder / name).unlink()
        home.settings.secrets_folder.rmdir()
        yield home


def credentials_of(home: CollectedHome) -> SecretsManagerCredentials:
    """As a new process sees them."""
    return SecretsManagerCredentials(home.settings.secrets_prefix)


def nubank(home: CollectedHome, *arguments: str) -> "subprocess.CompletedProcess[str]":
    environment = {**os.environ, **home.settings.environment(), "PYTHONDEVMODE": "1"}
    return subprocess.run(
        [NUBANK, *arguments], env=environment, capture_output=True, text=True, timeout=300, check=False
    )


def leaks(home: CollectedHome, done: "subprocess.CompletedProcess[str]") -> list[tuple[str, str]]:
    """Where on this machine a secret is to be seen."""
    files = [path for path in home.settings.home.rglob("*") if path.is_file()]
    assert any("dagster" in path.parts for path in files)
    seen = {"output": done.stdout.encode() + done.stderr.encode(), **{str(p): p.read_bytes() for p in files}}
    secrets = {secret.encode() for secret in (*home.nubank.secrets, CLIENT_SECRET, *home.pluggy.keys) if secret}
    secrets |= {pkcs12_of_a_person()[100:160]}
    assert len(secrets) > 5
    return [(name, repr(secret)) for name, data in seen.items() for secret in secrets if secret in data]


def test_a_run_collects_and_leaves_no_secret(home: CollectedHome) -> None:
    token = credentials_of(home).get("nubank_refresh_token")
    done = nubank(home, "run")
    assert done.returncode == 0, done.stderr
    assert home.nubank.logins
    assert home.pluggy.requests
    assert not leaks(home, done)
    assert not home.settings.secrets_folder.exists()
    assert credentials_of(home).get("nubank_refresh_token") == home.nubank.refresh_token.encode()
    assert credentials_of(home).get("nubank_refresh_token") != token


@pytest.mark.parametrize(
    ("failure", "code"), [(("/v2/transactions", 500), 1), pytest.param(("/api/token", 401), 1, marks=pytest.mark.long)]
)
def test_a_run_that_fails_leaves_no_secret(failure: tuple[str, int], code: int, home: CollectedHome) -> None:
    for server in (home.nubank, home.pluggy):
        server.fail_with(*failure)
    done = nubank(home, "run")
    assert done.returncode == code
    assert "Traceback" not in done.stderr
    assert not leaks(home, done)


def test_a_missing_secret_is_one_sentence_and_the_wrong_setting_exit(home: CollectedHome) -> None:
    name = f"{home.settings.secrets_prefix}pluggy_client_secret"
    client("secretsmanager").delete_secret(SecretId=name, ForceDeleteWithoutRecovery=True)
    done = nubank(home, "run")
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert f"aws secretsmanager create-secret --name {name} " in done.stderr.splitlines()[-1]
    assert not home.nubank.logins


def test_a_login_is_kept_in_secrets_manager_alone(bucket: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    prefix = f"nubank-{uuid.uuid4().hex[:8]}/"
    with FakeNubank(demo_truth(1), TODAY) as fake:
        settings = load_settings(deployment="aws", bucket=bucket, secrets_prefix=prefix, pynubank_url=fake.url)
        for name, value in settings.environment().items():
            monkeypatch.setenv(name, value)
        done = CliRunner().invoke(login, [], input=f"{fake.cpf}\n{fake.password}\n{fake.code}\n")
        assert done.exit_code == 0, done.output
        assert f"AWS Secrets Manager ({prefix}*)" in done.output
        kept = SecretsManagerCredentials(prefix)
        assert kept.names() == ["nubank_certificate", "nubank_refresh_token"]
        assert kept.get("nubank_refresh_token") == fake.refresh_token.encode()
    assert not settings.secrets_folder.exists()
    assert fake.refresh_token not in done.output
