"""Where this deployment keeps its secrets: the one place that decides between a machine's files and AWS."""

from pathlib import Path
from typing import TYPE_CHECKING

from nubank_assets.sources.credentials import Credentials, LocalCredentials

if TYPE_CHECKING:
    from nubank_assets.settings import Settings


def open_credentials(settings: "Settings") -> Credentials:
    """The secrets of these settings' deployment, for one run: what was read once is not asked for again."""
    return open_secrets(str(settings.secrets_folder), secrets_prefix(settings))


def secrets_prefix(settings: "Settings") -> str | None:
    """What the names of the secrets begin with in Secrets Manager; None where they are on this machine."""
    return settings.secrets_prefix if settings.deployment == "aws" else None


def open_secrets(folder: str, prefix: str | None) -> Credentials:
    """The same of plain words, as a Dagster resource has them; nothing is asked yet."""
    if prefix is None:
        return LocalCredentials(Path(folder))
    from nubank_assets.aws.secrets import SecretsManagerCredentials

    return SecretsManagerCredentials(prefix)
