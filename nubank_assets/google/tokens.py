"""Access tokens of a service account: a signed question for a token that lives an hour, and what may go wrong there."""

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

import requests
from google.auth.exceptions import GoogleAuthError, RefreshError, TransportError
from google.auth.transport.requests import Request
from google.oauth2.service_account import Credentials

from nubank_assets.domain.failures import InputError
from nubank_assets.google.accounts import ServiceAccount
from nubank_assets.google.answers import UnansweredError, seconds_asked, unreachable
from nubank_assets.messages import message

if TYPE_CHECKING:
    from google.auth.transport import Response

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
        except TransportError as error:
            cause = error.args[0] if error.args else None
            known = cause if isinstance(cause, requests.RequestException) else requests.ConnectionError()
            raise unreachable(known, is_undone=True) from None
        except GoogleAuthError as error:
            raise InputError(_refusal(type(error).__name__, self._account.client_email)) from None


class _TokenRequest(Request):
    """google-auth's way to ask, without its own repeating: what may pass is repeated in ``repeating.py`` alone."""

    def __call__(
        self,
        url: str,
        method: str = "GET",
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: Any = None,  # noqa: ARG002
        **options: Any,
    ) -> "Response":
        options["allow_redirects"] = False
        ask: Any = super().__call__
        answer: Response = ask(url, method, body, headers, timeout=TIMEOUT, **options)
        response = requests.Response()
        response.headers.update(answer.headers)
        if answer.status == 429:
            raise UnansweredError(message("google_busy"), is_undone=True, retry_after=seconds_asked(response))
        if answer.status >= 500 or not _is_json_object(answer.data):
            raise UnansweredError(message("google_broken", status=answer.status), is_undone=True)
        return answer


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
    return InputError(_refusal(str(details.get("error", "?"))[:40], client_email))


def _refusal(reason: str, client_email: str) -> str:
    return message("google_key_refused", reason=reason, email=client_email)
