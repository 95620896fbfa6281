"""Which secrets the daily run needs that only this terminal's environment holds: a timer has no such environment."""

import os
from collections.abc import Iterator
from typing import Final

from nubank_assets.credentials import open_credentials, secrets_prefix
from nubank_assets.settings import Settings
from nubank_assets.sources.credentials import LocalCredentials, variable_of

#: Keys that were made for programs. The password of a bank is none of them.
_PLUGGY: Final = ("pluggy_client_id", "pluggy_client_secret")
_SMTP: Final = ("smtp_password",)
_GOOGLE: Final = ("google_service_account",)
_LOGIN: Final = "nubank_refresh_token"


def secrets_to_keep(settings: Settings) -> Iterator[str]:
    """The names of needed secrets whose value in the environment no file of the home has; none where AWS keeps them."""
    if secrets_prefix(settings) is not None:
        return
    needed = (
        *(_PLUGGY if "pluggy" in settings.sources else ()),
        *(_SMTP if "smtp" in settings.notifications else ()),
        *(_GOOGLE if "sheets" in settings.destinations else ()),
    )
    for name in needed:
        value = os.environ.get(variable_of(name), "").strip()
        path = settings.secrets_folder / name
        if value and not (path.is_file() and path.read_bytes() == value.encode()):
            yield name


def keep_secret(settings: Settings, name: str) -> None:
    """Store a secret of the environment where its owner alone can read it."""
    LocalCredentials(settings.secrets_folder).put(name, os.environ[variable_of(name)].strip().encode())


def lacks_login(settings: Settings) -> bool:
    """Whether pynubank is chosen and no login is kept: a password of the bank is never stored for the daily run."""
    return "pynubank" in settings.sources and not any(
        name.startswith(_LOGIN) for name in open_credentials(settings).names()
    )
