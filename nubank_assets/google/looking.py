"""What `nubank doctor` says of the spreadsheet: each step that is still to be done. Nothing is changed by looking."""

import uuid
from collections.abc import Iterator
from typing import Any, Final

from nubank_assets.domain.failures import InputError, PermanentError, RetryableError
from nubank_assets.google.accounts import load_account
from nubank_assets.google.pacing import SYSTEM_CLOCK, Clock
from nubank_assets.google.spreadsheet import LOCALES, TIME_ZONE, Spreadsheet, check_key, open_spreadsheet
from nubank_assets.messages import message
from nubank_assets.sources.credentials import Credentials

#: A sentence about one thing, and whether it is all right (None: worth knowing).
Diagnosis = tuple[bool | None, str]
#: Seconds that a person who waits is kept waiting for each of two answers, repeats included.
PATIENCE: Final = 15.0


def look_at_spreadsheet(
    key: str, url: str, credentials: Credentials, locale: str, clock: Clock = SYSTEM_CLOCK
) -> Iterator[Diagnosis]:
    """A sentence about each step to a spreadsheet that can be published to; those after a missing one are not asked."""
    missing = list(_missing(key, credentials))
    yield from missing
    if missing:
        return
    spreadsheet = open_spreadsheet(key, url, credentials, clock, patience=PATIENCE)
    try:
        properties = spreadsheet.structure().get("properties", {})
        yield True, message("google_shared", title=properties.get("title", ""), email=spreadsheet.client_email)
        _check_writable(spreadsheet)
        yield True, message("google_writable", email=spreadsheet.client_email)
    except (PermanentError, RetryableError) as error:
        yield False, str(error)
    else:
        yield _look_at_locale(properties, LOCALES[locale])


def _missing(key: str, credentials: Credentials) -> Iterator[Diagnosis]:
    """What can be said without asking Google."""
    try:
        load_account(credentials)
    except (PermanentError, RetryableError) as error:
        yield False, str(error)
    try:
        check_key(key)
    except InputError as error:
        yield False, str(error)


def _check_writable(spreadsheet: Spreadsheet) -> None:
    """Raise InputError where the account may only read.

    Only a write tells, so this asks to delete a note of a program that nobody ever made: by a name that is new each
    time. Nothing can match it, so nothing changes, whether Google answers that it deleted none, or that there is none.
    """
    of_nobody = {"developerMetadataLookup": {"metadataKey": f"nubank-doctor-{uuid.uuid4().hex}"}}
    try:
        spreadsheet.update([{"deleteDeveloperMetadata": {"dataFilter": of_nobody}}], repeatable=True)
    except InputError:
        raise
    except PermanentError:
        # It was refused for what it asks, not for who asks.
        return


def _look_at_locale(properties: dict[str, Any], wanted: str) -> Diagnosis:
    found = {"locale": properties.get("locale", ""), "zone": properties.get("timeZone", "")}
    if (found["locale"], found["zone"]) == (wanted, TIME_ZONE):
        return True, message("google_locale", **found)
    return None, message("google_locale_other", **found, wanted=wanted, wanted_zone=TIME_ZONE)
