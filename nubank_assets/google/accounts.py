"""The JSON key of a service account: what it must hold, and what of it may be shown. Calls are in ``client.py``."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, NoReturn
from urllib.parse import urlsplit

from nubank_assets.domain.failures import InputError
from nubank_assets.messages import message
from nubank_assets.sources.credentials import Credentials

#: The secret's name: `NUBANK_GOOGLE_SERVICE_ACCOUNT`, a file of the home, or a secret in AWS.
SECRET: Final = "google_service_account"  # noqa: S105
_NEEDED: Final = ("client_email", "private_key", "token_uri")
_HERE: Final = frozenset({"127.0.0.1", "localhost"})


@dataclass(frozen=True)
class ServiceAccount:
    """A key that was read: the e-mail to share spreadsheets with, and the whole, which is never shown."""

    client_email: str
    info: Mapping[str, Any] = field(repr=False)

    def __reduce__(self) -> NoReturn:
        """Another process reads the key for itself."""
        raise TypeError("a service account holds a secret and is not pickled")


def load_account(credentials: Credentials) -> ServiceAccount:
    """The service account that is kept; raises InputError if there is none, or it is no key."""
    secret = credentials.get(SECRET)
    if not secret:
        raise InputError(message("google_key_missing", secret=SECRET))
    return read_account(secret.decode(errors="replace"), SECRET)


def read_account(text: str, name: str) -> ServiceAccount:
    """A downloaded key; `name` says in the error where it is. Raises InputError; nothing of the key is in it."""
    try:
        info = json.loads(text)
    except ValueError:
        raise InputError(message("google_key_no_json", name=name)) from None
    if not isinstance(info, dict) or info.get("type") != "service_account":
        raise InputError(message("google_key_other", name=name))
    missing = [part for part in _NEEDED if not isinstance(info.get(part), str) or not info[part].strip()]
    if missing:
        raise InputError(message("google_key_incomplete", name=name, missing=", ".join(missing)))
    _check_token_address(info["token_uri"], name)
    _check_private_key(info, name)
    return ServiceAccount(info["client_email"], info)


def _check_token_address(address: str, name: str) -> None:
    """What is signed with the key goes there: nothing but TLS, or this very machine."""
    place = urlsplit(address)
    if place.scheme == "https" and place.hostname:
        return
    if place.scheme != "http" or place.hostname not in _HERE:
        raise InputError(message("google_key_not_encrypted", name=name))


def _check_private_key(info: Mapping[str, Any], name: str) -> None:
    from google.auth.crypt import RSASigner

    try:
        RSASigner.from_service_account_info(info)  # type: ignore[no-untyped-call]
    except (ValueError, TypeError):
        # Without the cause's text: it may quote the key.
        raise InputError(message("google_key_damaged", name=name)) from None
