"""gspread's client, told where Google is and how long to wait: one call, one answer or one failure of ours.

Imports gspread: to be imported where it is used. Which calls are repeated is in ``repeating.py``.
"""

from collections.abc import Mapping
from typing import Any, Final

import gspread
import requests

from nubank_assets.google.accounts import ServiceAccount
from nubank_assets.google.answers import UnansweredError, check_status, unreachable
from nubank_assets.google.pacing import Kind
from nubank_assets.google.tokens import Tokens, keep_headers
from nubank_assets.messages import message

#: Seconds to connect, and to wait for an answer: Google gives up a call after 180 seconds by itself.
READ_TIMEOUT: Final = (10, 60)
WRITE_TIMEOUT: Final = (10, 190)
_GOOGLE: Final = "https://sheets.googleapis.com"


class SheetsClient(gspread.HTTPClient):
    """The calls of one spreadsheet; `url` is Google's address, or that of a stand-in on this machine."""

    def __init__(self, account: ServiceAccount, url: str, key: str) -> None:
        self._account, self._url, self.key = account, url, key
        self._tokens = Tokens(account)
        super().__init__(auth=None, session=requests.Session())  # type: ignore[arg-type]

    def request(  # type: ignore[override]
        self,
        method: str,
        endpoint: str,
        params: Mapping[str, Any] | None = None,
        json: Mapping[str, Any] | None = None,
        **others: Any,
    ) -> requests.Response:
        """Ask once, and once more with a new token where Google does not take this one.

        Raises UnansweredError where the answer is no answer, else InputError or PermanentError.
        """
        if others:
            raise TypeError(f"not for this client: {', '.join(others)}")
        kind: Kind = "read" if method.lower() == "get" else "write"
        asked = {"method": method, "url": endpoint.replace(_GOOGLE, self._url, 1), "params": params, "json": json}
        response = self._send(kind, asked, renew=False)
        if response.status_code == requests.codes.unauthorized:
            response = self._send(kind, asked, renew=True)
        check_status(response, kind, self.key, self._account.client_email)
        self._check_json(response)
        return response

    def _send(self, kind: Kind, asked: dict[str, Any], *, renew: bool) -> requests.Response:
        headers = self._tokens.header(renew=renew)
        timeout = READ_TIMEOUT if kind == "read" else WRITE_TIMEOUT
        try:
            return self.session.request(
                **asked, headers=headers, auth=keep_headers, timeout=timeout, allow_redirects=False
            )
        except requests.RequestException as error:
            raise unreachable(error) from None

    @staticmethod
    def _check_json(response: requests.Response) -> None:
        """A page instead of an answer, or half of one, says nothing of what was done."""
        try:
            is_answer = isinstance(response.json(), dict)
        except ValueError:
            is_answer = False
        if not is_answer:
            raise UnansweredError(message("google_garbage", status=response.status_code), is_undone=False)
