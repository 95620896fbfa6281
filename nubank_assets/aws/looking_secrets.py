"""What `nubank doctor` says of Secrets Manager: which secrets there are, by name alone, and which are missing."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from nubank_assets.aws.secrets import SecretsManagerCredentials
from nubank_assets.domain.failures import PermanentError, RetryableError
from nubank_assets.messages import message

if TYPE_CHECKING:
    from nubank_assets.settings import Settings


def look_at_secrets(settings: "Settings") -> Iterator[tuple[bool | None, str]]:
    """A sentence about each thing, and whether it is all right; nothing where secrets are on this machine.

    Values of needed secrets are read, because only that proves the permission, and are thrown away.
    """
    if settings.deployment != "aws":
        return
    credentials = SecretsManagerCredentials(settings.secrets_prefix)
    try:
        names = credentials.names()
    except (PermanentError, RetryableError) as error:
        yield False, str(error)
    else:
        key = "secrets_there" if names else "secrets_none"
        yield True if names else None, message(key, names=", ".join(names), prefix=settings.secrets_prefix)
    for name in _needed(settings):
        try:
            if not credentials.get(name):
                yield False, credentials.explain_missing(name)
        except (PermanentError, RetryableError) as error:
            yield False, str(error)


def _needed(settings: "Settings") -> Iterator[str]:
    """The secrets without which a part that was chosen cannot work; of a login the sources themselves speak."""
    if "pluggy" in settings.sources:
        yield from ("pluggy_client_id", "pluggy_client_secret")
    if "smtp" in settings.notifications and settings.smtp_user:
        yield "smtp_password"
