"""Access tokens of a service account: a signed question for a token that lives an hour, and what may go wrong there."""

import json
from collections.abc import Mapping
from typing import Any, Final

import requests
from google.auth.exceptions import GoogleAuthError, RefreshError
from google.auth.transport import Request, Response
from google.oauth2.service_account import Credentials

from nubank_assets.domain.failures import InputError
from nubank_assets.google.accounts import ServiceAccount
from nubank_assets.google.answers import UnansweredError, seconds_asked, unreachable
from nubank_assets.messages import message

#: All that the account may do: spreadsheets that were shared with it; no other files of anybody.
SCOPE: Final = "https://www.googleapis.com/auth/spreadsheets"
#: Seconds to connect and to wait for a token.
TIMEOUT: Final = (10, 30)


class Tokens:
    """The tokens of an account. Nothing is asked before the first is needed."""

    def __init__(self, account: ServiceAccount) -> None:
        self._account = account
        self._credentials: Any = Credentials.from_service_account_info(  # type: ignore[no-untyped-call]
            account.info, scopes=[SCOPE]
        )

    def header(self, *, renew: bool = False) -> dict[str, str]:
        """The header that proves who asks, with a token that is valid; `renew` asks for another one in any case.

        Raises InputError where the key is refused, UnansweredError where no answer came.
        """
        headers: dict[str, str] = {}
        # Not by google-auth's own session: it asks Google more than is wanted here, and repeats without an end of ours.
        if renew or not self._credentials.valid:
            self._renew()
        self._credentials.apply(headers)
        return headers

    def _renew(self) -> None:
        try:
            self._credentials.refresh(_TokenRequest())
        except RefreshError as error:
            raise _refused(error, self._account.client_email) from None
        except GoogleAuthError as error:
            raise InputError(_refusal(type(error).__name__, self._account.client_email)) from None


def keep_headers(prepared: requests.PreparedRequest) -> requests.PreparedRequest:
    """For `auth=`: without one, requests would replace what proves who asks by what a ``.netrc`` says of the host."""
    return prepared


class _TokenRequest(Request):
    """A question without google-auth's own logging, which holds it whole, and repeating: that is ``repeating.py``'s."""

    def __call__(
        self,
        url: str,
        method: str = "GET",
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: Any = None,  # noqa: ARG002
        **_: Any,
    ) -> Response:
        asked: dict[str, Any] = {"data": body, "headers": headers, "auth": keep_headers, "allow_redirects": False}
        try:
            response = requests.request(method, url, timeout=TIMEOUT, **asked)
        except requests.RequestException as error:
            raise unreachable(error, is_undone=True) from None
        status = response.status_code
        if status == requests.codes.too_many_requests:
            raise UnansweredError(message("google_busy"), is_undone=True, retry_after=seconds_asked(response))
        if status >= 500 or not _is_json_object(response.content):
            raise UnansweredError(message("google_broken", status=status), is_undone=True)
        return _TokenResponse(response)


class _TokenResponse(Response):
    """An answer as google-auth looks at it."""

    def __init__(self, response: requests.Response) -> None:
        self._response = response

    @property
    def status(self) -> int:
        return self._response.status_code

    @property
    def headers(self) -> Mapping[str, str]:
        return self._response.headers

    @property
    def data(self) -> bytes:
        return self._response.content


def _is_json_object(body: bytes) -> bool:
    """A page instead of an answer, or half of one, is none; google-auth would not notice."""
    try:
        return isinstance(json.loads(body), dict)
    except ValueError:
        return False


def _refused(error: RefreshError, client_email: str) -> InputError:
    """What the endpoint says of the key, by its own code alone."""
    said: Any = error.args[1] if len(error.args) > 1 else {}
    details = said if isinstance(said, dict) else {}
    if "timeframe" in str(details.get("error_description")):
        return InputError(message("google_clock_wrong"))
    reason = details.get("error")
    return InputError(_refusal(reason if isinstance(reason, str) else "?", client_email))


def _refusal(reason: str, client_email: str) -> str:
    return message("google_key_refused", reason=reason, email=client_email)
