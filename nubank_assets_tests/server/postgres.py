"""Debian's PostgreSQL, started for a test: its own cluster on 127.0.0.1, by a user that may not be root."""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

PASSWORD = "made-up-for-a-test"
_SECONDS = 60


def programs() -> Path | None:
    """Where the newest PostgreSQL's programs are, or None."""
    found = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    return max(found, key=lambda path: int(path.parent.name)) if found else None


def free_port() -> int:
    """A port of 127.0.0.1 that nobody has now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@dataclass(frozen=True)
class Cluster:
    """A database server with the user and the database that Compose would make."""

    folder: Path
    port: int

    @property
    def environment(self) -> dict[str, str]:
        """What leads to it, as compose.yaml has it."""
        return {
            "POSTGRES_HOST": "127.0.0.1",
            "POSTGRES_PORT": str(self.port),
            "POSTGRES_DB": "dagster",
            "POSTGRES_USER": "dagster",
            "POSTGRES_PASSWORD": PASSWORD,
        }

    def start(self) -> None:
        """Start it and wait until it answers."""
        options = f"-c listen_addresses=127.0.0.1 -c port={self.port} -c unix_socket_directories={self.folder}"
        data, log = str(self.folder / "data"), str(self.folder / "log")
        self.call("pg_ctl", "start", "-w", "-t", str(_SECONDS), "-D", data, "-l", log, "-o", options)

    def stop(self) -> None:
        """Stop it at once, as a machine that loses power."""
        self.call("pg_ctl", "stop", "-m", "immediate", "-D", str(self.folder / "data"))

    def rows(self, query: str, database: str = "dagster") -> list[list[str]]:
        """What the database answers, as text."""
        arguments = ["--no-psqlrc", "--tuples-only", "--no-align", "--field-separator", "\t", "--command", query]
        told = self.client("psql", *arguments, database=database)
        return [line.split("\t") for line in told.splitlines()]

    def client(self, program: str, *arguments: str, database: str = "dagster") -> str:
        """A client of PostgreSQL, asking as the server's Dagster does."""
        place = ["--host", "127.0.0.1", "--port", str(self.port), "--username", "dagster", "--dbname", database]
        return self.call(program, *place, *arguments)

    def call(self, program: str, *arguments: str) -> str:
        """A program of PostgreSQL as its user; what it printed."""
        folder = programs()
        assert folder is not None
        environment = {**os.environ, "PGPASSWORD": PASSWORD}
        done = subprocess.run(
            [str(folder / program), *arguments],
            env=environment,
            cwd=self.folder,
            user=_user(),
            group=_user(),
            extra_groups=[] if _user() else None,
            # Its server goes on with what it inherits, so nothing of it is read to its end.
            stdout=subprocess.DEVNULL if program == "pg_ctl" else subprocess.PIPE,
            text=True,
            timeout=_SECONDS,
            check=True,
        )
        return done.stdout or ""


@contextmanager
def cluster() -> Iterator[Cluster]:
    """A fresh one, gone afterwards. Its folder is short and open to its user, which pytest's is not."""
    folder = Path(tempfile.mkdtemp(prefix="nubank-postgres-"))
    made = Cluster(folder, free_port())
    try:
        if user := _user():
            shutil.chown(folder, user, user)
        _make(made)
        made.start()
        made.call("createdb", "--host", "127.0.0.1", "--port", str(made.port), "--username", "dagster", "dagster")
        yield made
    finally:
        if (folder / "data" / "postmaster.pid").exists():
            made.stop()
        shutil.rmtree(folder)


def _make(made: Cluster) -> None:
    secret = made.folder / "password"
    secret.write_text(PASSWORD)
    secret.chmod(0o644)
    options: Sequence[str] = ("--auth", "scram-sha-256", "--encoding", "UTF8", "--no-sync", "--username", "dagster")
    made.call("initdb", "--pgdata", str(made.folder / "data"), "--pwfile", str(secret), *options)


def _user() -> str | None:
    """PostgreSQL refuses to run as root; Debian's package makes this user."""
    return "postgres" if os.geteuid() == 0 else None
