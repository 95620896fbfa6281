"""The server's processes on Debian's PostgreSQL, one for the tests that ask the same of it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from nubank_assets_tests.server.composed import BIN, Services
from nubank_assets_tests.server.postgres import Cluster, cluster, free_port, programs


@pytest.fixture
def postgres() -> Iterator[Cluster]:
    """A fresh database."""
    if not programs():
        pytest.skip("needs PostgreSQL (Debian: postgresql)")
    with cluster() as made:
        yield made


@pytest.fixture
def services(postgres: Cluster, tmp_path: Path) -> Iterator[Services]:
    """The services of compose.yaml on this machine's addresses, not started yet; `NUBANK_HOME` is the volume."""
    if not BIN.exists():
        pytest.skip("needs the server's environment: make .server/installed")
    code, page = str(free_port()), str(free_port())
    here = "127.0.0.1"
    changes = {
        **postgres.environment,
        "CODE_HOST": here,
        "CODE_PORT": code,
        "DAGSTER_GRPC_HOST": here,
        "DAGSTER_GRPC_PORT": code,
        "DAGSTER_WEBSERVER_HOST": here,
        "DAGSTER_WEBSERVER_PORT": page,
        "NUBANK_HOME": str(tmp_path / "volume"),
        "NUBANK_LOCALE": "en",
    }
    made = Services(changes, tmp_path)
    try:
        yield made
    finally:
        made.kill(*made.running)
