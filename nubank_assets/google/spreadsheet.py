"""One spreadsheet of Google: reading what it is made of, and writing all or nothing. What to write is not here."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from nubank_assets.domain.failures import InputError
from nubank_assets.google.accounts import load_account
from nubank_assets.google.encoding import check_encodable
from nubank_assets.google.pacing import SYSTEM_CLOCK, Clock, Kind, pace_of
from nubank_assets.google.repeating import LONGEST, Repeating
from nubank_assets.messages import message
from nubank_assets.sources.credentials import Credentials

if TYPE_CHECKING:
    from nubank_assets.google.client import SheetsClient

#: Google's name of each of the platform's languages, and where the person's days begin.
LOCALES: Final = {"pt-BR": "pt_BR", "en": "en_US"}
TIME_ZONE: Final = "America/Sao_Paulo"
#: What `structure` asks for.
FIELDS: Final = (
    "properties(title,locale,timeZone),developerMetadata,"
    "sheets(properties,charts(chartId,position),basicFilter,protectedRanges,developerMetadata,conditionalFormats)"
)


def open_spreadsheet(
    key: str, url: str, credentials: Credentials, clock: Clock = SYSTEM_CLOCK, *, patience: float = LONGEST
) -> "Spreadsheet":
    """The spreadsheet of this key, as its service account may see it; nothing is asked yet.

    `url` is Google's address, or that of a stand-in on this machine; `patience` the seconds after which a call is
    not repeated any more. Raises InputError that names NUBANK_SPREADSHEET or the service account's secret, when
    either is missing or malformed.
    """
    check_key(key)
    account = load_account(credentials)
    from nubank_assets.google.client import SheetsClient

    return Spreadsheet(account.client_email, SheetsClient(account, url, key), Repeating(clock, patience))


def check_key(key: str) -> None:
    """Raise InputError if this cannot be the key of a spreadsheet."""
    if not key:
        raise InputError(message("google_spreadsheet_missing"))
    if not re.fullmatch(r"[\w-]+", key, re.ASCII):
        raise InputError(message("google_spreadsheet_wrong", key=key))


class Spreadsheet:
    """A spreadsheet by its key. Every call may raise:

    InputError (not shared, only readable, the key refused, the API not enabled; the sentence says what to do),
    PermanentError (Google refuses what was asked), RetryableError (no answer, as often as it may be asked).
    TypeError: something that is no JSON was to be sent.
    """

    def __init__(self, client_email: str, client: "SheetsClient", repeating: Repeating) -> None:
        self.key, self.client_email = client.key, client_email
        self._client, self._repeating, self._pace = client, repeating, pace_of(client_email, repeating.clock)

    @property
    def address(self) -> str:
        """Where a person opens it."""
        return f"https://docs.google.com/spreadsheets/d/{self.key}/edit"

    def structure(self) -> dict[str, Any]:
        """Everything but the cells (`FIELDS`), in Google's own words: one read."""
        return self._ask("read", lambda: self._client.spreadsheets_get(self.key, {"fields": FIELDS}))

    def values(self, ranges: Sequence[str]) -> list[list[list[Any]]]:
        """The values of each range, in the order asked, dates as serial numbers: one read.

        Rows are ragged, as Google gives them: without their empty ends, and without the empty rows at the end.
        """
        if not ranges:
            return []
        asked = {"valueRenderOption": "UNFORMATTED_VALUE", "dateTimeRenderOption": "SERIAL_NUMBER"}
        answer = self._ask("read", lambda: self._client.values_batch_get(self.key, list(ranges), dict(asked)))
        return [found.get("values", []) for found in answer["valueRanges"]]

    def write_values(self, data: Mapping[str, Sequence[Sequence[Any]]]) -> None:
        """Values to each range exactly as they are (RAW: `=1` is text): one write, which may be repeated.

        None leaves a cell as it is, an empty text empties it; formats stay.
        """
        if not data:
            return
        body = {"valueInputOption": "RAW", "data": [{"range": at, "values": rows} for at, rows in data.items()]}
        check_encodable(body, "values")
        self._ask("write", lambda: self._client.values_batch_update(self.key, body))

    def update(self, requests: Sequence[dict[str, Any]], *, repeatable: bool) -> dict[str, Any]:
        """One batchUpdate, all of its requests or none; Google's answer, with a reply to each.

        `repeatable`: done twice, they leave the spreadsheet as done once. Others are repeated only if Google surely
        did nothing; else RetryableError says that nobody knows, and the caller has to look again.
        """
        if not requests:
            return {"spreadsheetId": self.key, "replies": []}
        body = {"requests": list(requests)}
        check_encodable(body["requests"], "requests")
        return self._ask("write", lambda: self._client.batch_update(self.key, body), repeatable=repeatable)

    def wait(self, seconds: float) -> None:
        """Let time pass, by the clock of the calls."""
        self._repeating.clock.sleep(seconds)

    def _ask(self, kind: Kind, send: Callable[[], dict[str, Any]], *, repeatable: bool = True) -> dict[str, Any]:
        def attempt() -> dict[str, Any]:
            self._pace.keep(kind)
            return send()

        return self._repeating.carry_out(attempt, repeatable=repeatable)
