"""The sources that a person chose, ready to be asked. A new source is a function here and a name in the settings."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from nubank_assets.domain.failures import InputError
from nubank_assets.messages import message
from nubank_assets.sources.base import Source
from nubank_assets.sources.credentials import Credentials, require

#: The secret that a login leaves; a named login's has the name after it.
CERTIFICATE: Final = "nubank_certificate"


@dataclass(frozen=True)
class SourceSettings:
    """What sources need to find their place; no secrets."""

    pynubank_url: str
    pluggy_url: str
    pluggy_items: tuple[str, ...]
    spreadsheet: str = ""
    sheets_url: str = ""
    inbox_root: str = ""
    lake_root: str = ""


def open_sources(names: Iterable[str], settings: SourceSettings, credentials: Credentials) -> list[Source]:
    """The chosen sources, one for each login or set of keys; nothing is asked yet.

    Raises InputError when a source lacks its login, keys or items.
    """
    return [source for name in names for source in _SOURCES[name](settings, credentials)]


def _open_pynubank(settings: SourceSettings, credentials: Credentials) -> Sequence[Source]:
    from nubank_assets.sources.pynubank.collection import PynubankSource

    kept = [name for name in credentials.names() if name.startswith(CERTIFICATE)]
    logins = {name.removeprefix(CERTIFICATE).removeprefix("_") for name in kept}
    if credentials.get(CERTIFICATE):
        logins.add("")
    if not logins:
        raise InputError(message("login_missing"))
    return [PynubankSource(credentials, settings.pynubank_url, login or None) for login in sorted(logins)]


def _open_pluggy(settings: SourceSettings, credentials: Credentials) -> Sequence[Source]:
    from nubank_assets.sources.pluggy.collection import PluggySource

    for name in ("pluggy_client_id", "pluggy_client_secret"):
        require(credentials, name)
    if not settings.pluggy_items:
        raise InputError(message("secret_missing", variable="NUBANK_PLUGGY_ITEMS"))
    return [PluggySource(credentials, settings.pluggy_url, settings.pluggy_items)]


#: Seconds that a run waits for Google before it goes on with what is stored: more than a minute's quota.
_PATIENCE: Final = 90.0


def _open_sheets(settings: SourceSettings, credentials: Credentials) -> Sequence[Source]:
    from nubank_assets.google.spreadsheet import open_spreadsheet
    from nubank_assets.lake.inbox import Inbox
    from nubank_assets.lake.publish import Lake
    from nubank_assets.sources.sheets.collection import SheetsSource

    spreadsheet = open_spreadsheet(settings.spreadsheet, settings.sheets_url, credentials, patience=_PATIENCE)
    return [SheetsSource(spreadsheet, Inbox(settings.inbox_root), Lake(settings.lake_root))]


_SOURCES: Final[dict[str, Callable[[SourceSettings, Credentials], Sequence[Source]]]] = {
    "pynubank": _open_pynubank,
    "pluggy": _open_pluggy,
    "sheets": _open_sheets,
}
