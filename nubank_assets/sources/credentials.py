"""Secrets of the sources, and on one machine: an environment variable, else a file that only its owner can read.

Those in AWS are in ``aws/secrets.py``; which of them a deployment uses is decided in ``nubank_assets.credentials``.
Values are read where they are used, and are never logged, stored elsewhere or shown.
"""

import os
from pathlib import Path
from typing import Protocol

from nubank_assets.domain.failures import InputError
from nubank_assets.messages import message


class Credentials(Protocol):
    """Where secrets come from, by name in lower case, such as ``pluggy_client_id``."""

    def get(self, name: str) -> bytes | None:
        """The secret, or None if there is none."""

    def put(self, name: str, secret: bytes) -> None:
        """Keep a secret, replacing it whole."""

    def names(self) -> list[str]:
        """The names of the secrets that are kept (not those of the environment), in order."""

    def explain_missing(self, name: str) -> str:
        """The sentence for a secret that is needed and not there: its name and what to do."""


class LocalCredentials:
    """The environment (`NUBANK_PLUGGY_CLIENT_ID`) first, then ``<folder>/pluggy_client_id``, mode 0600."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def get(self, name: str) -> bytes | None:
        """The secret without white space at its ends of text, or None if there is none."""
        from_environment = os.environ.get(variable_of(name))
        if from_environment:
            return from_environment.strip().encode()
        path = self._folder / name
        return path.read_bytes() if path.is_file() else None

    def put(self, name: str, secret: bytes) -> None:
        """Keep a secret in a file that is never readable by others, not even while it is written."""
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        staged = self._folder / f".{name}.new"
        staged.unlink(missing_ok=True)
        with os.fdopen(os.open(staged, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(secret)
            file.flush()
            os.fsync(file.fileno())
        staged.replace(self._folder / name)

    def names(self) -> list[str]:
        """The names of the secrets that have a file, in order."""
        if not self._folder.is_dir():
            return []
        return sorted(path.name for path in self._folder.iterdir() if not path.name.startswith("."))

    def explain_missing(self, name: str) -> str:
        """The sentence that names the secret's environment variable."""
        return message("secret_missing", variable=variable_of(name))


def variable_of(name: str) -> str:
    """The environment variable that holds a secret."""
    return f"NUBANK_{name.upper()}"


def require(credentials: Credentials, name: str) -> str:
    """The secret as text; raises InputError that names it."""
    secret = credentials.get(name)
    if not secret:
        raise InputError(credentials.explain_missing(name))
    return secret.decode()
