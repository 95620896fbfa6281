"""`nubank run` with sources, as a process: what it says, what it asks, and that no secret is left anywhere."""

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from nubank_assets.domain.months import SAO_PAULO
from nubank_assets_tests.fakes.certificates import pkcs12_of_a_person
from nubank_assets_tests.fakes.collecting import CollectedHome, collected_home
from nubank_assets_tests.fakes.pluggy_api import CLIENT_SECRET

NUBANK = str(Path(sys.executable).parent / "nubank")


@pytest.fixture
def home(tmp_path: Path) -> Iterator[CollectedHome]:
    with collected_home(tmp_path, months=2, today=datetime.now(SAO_PAULO).date()) as home:
        yield home


def nubank(home: CollectedHome, *arguments: str, **more: str) -> "subprocess.CompletedProcess[str]":
    environment = {**os.environ, **home.settings.environment(), **more}
    return subprocess.run(
        [NUBANK, *arguments], env=environment, capture_output=True, text=True, timeout=300, check=False
    )


def test_a_run_collects_and_says_what_came(home: CollectedHome) -> None:
    done = nubank(home, "run")
    assert done.returncode == 0, done.stderr
    assert "Coleta: " in done.stdout
    assert "0 iguais aos de antes" in done.stdout
    again = nubank(home, "run")
    assert "Coleta: 0 documentos novos" in again.stdout
    assert len(home.nubank.logins) == 2


def test_an_outage_is_one_sentence_and_what_is_stored_can_still_be_run(home: CollectedHome) -> None:
    assert nubank(home, "run").returncode == 0
    home.nubank.fail_with("/api/token", 403)
    done = nubank(home, "run")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "nubank import" in done.stderr
    # What the other source said is processed all the same.
    assert "Coleta: " in done.stdout
    assert "em aberto" in done.stdout
    assert len(home.nubank.logins) == 2
    asked = len(home.pluggy.requests)
    offline = nubank(home, "run", "--offline")
    assert offline.returncode == 0, offline.stderr
    assert len(home.pluggy.requests) == asked
    assert len(home.nubank.logins) == 2


def test_a_source_without_its_login_names_the_command(home: CollectedHome, tmp_path: Path) -> None:
    done = nubank(home, "run", NUBANK_HOME=str(tmp_path / "new"))
    assert done.returncode == 2
    assert "nubank login" in done.stderr
    done = nubank(home, "run", NUBANK_HOME=str(tmp_path / "new"), NUBANK_SOURCES="pluggy")
    assert done.returncode == 2
    assert "NUBANK_PLUGGY_CLIENT_ID" in done.stderr


@pytest.mark.parametrize(
    "failure",
    [
        None,
        ("/api/token", 401),
        pytest.param(("/v2/transactions", 500), marks=pytest.mark.long),
        pytest.param(("/api/bills/", "garbage"), marks=pytest.mark.long),
    ],
)
def test_no_secret_is_left_in_home_logs_or_dagsters_storage(
    home: CollectedHome, failure: tuple[str, str | int] | None
) -> None:
    if failure:
        for server in (home.nubank, home.pluggy):
            server.fail_with(*failure)  # type: ignore[arg-type]
    done = nubank(home, "run", PYTHONDEVMODE="1", NUBANK_PASSWORD=home.nubank.password, NUBANK_CPF=home.nubank.cpf)
    assert done.returncode == (1 if failure else 0), done.stderr
    secrets = [*home.nubank.secrets, CLIENT_SECRET, *home.pluggy.keys]
    assert len(secrets) > 5
    seen = {"output": done.stdout.encode() + done.stderr.encode()}
    seen |= {
        str(path.relative_to(home.settings.home)): path.read_bytes()
        for path in home.settings.home.rglob("*")
        if path.is_file() and home.settings.secrets_folder not in path.parents
    }
    assert any("dagster" in name for name in seen) or failure
    private_key = pkcs12_of_a_person()[100:160]
    leaks = [(name, s) for name, data in seen.items() for s in secrets if s and s.encode() in data]
    leaks += [(name, "certificate") for name, data in seen.items() if private_key in data]
    assert not leaks
    folder = home.settings.secrets_folder
    assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o600}
