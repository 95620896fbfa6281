"""What Google answers instead of what was asked, as the platform's own two kinds of failure.

No sentence holds a token, a key, an address that was called, or a value of a cell.
"""

import re
from collections.abc import Mapping
from typing import Any, Final

import requests
from requests.exceptions import ConnectTimeout, SSLError
from urllib3.exceptions import NewConnectionError

from nubank_assets.domain.failures import InputError, PermanentError, RetryableError
from nubank_assets.google.pacing import Kind
from nubank_assets.messages import message

_BUSY: Final = 429
_LONGEST_QUOTE: Final = 200


class UnansweredError(RetryableError):
    """Google gave no answer that tells whether it did what was asked, unless `is_undone`: then it surely did not.

    `retry_after`: the seconds that Google asks to wait, 0 if it asks for none.
    """

    def __init__(self, text: str, *, is_undone: bool, retry_after: float = 0.0) -> None:
        super().__init__(text)
        self.is_undone, self.retry_after = is_undone, retry_after


def unreachable(error: requests.RequestException, *, is_undone: bool = False) -> UnansweredError:
    """No answer came. Only a connection that never was cannot have carried anything out."""
    # Without the cause's text: it holds the address.
    text = message("google_unreachable", error=type(error).__name__)
    return UnansweredError(text, is_undone=is_undone or _never_connected(error))


def check_status(response: requests.Response, kind: Kind, key: str, client_email: str) -> None:
    """Raise what an answer says that is no success; `key` and `client_email` are what the person must check."""
    status = response.status_code
    if response.ok and not response.is_redirect:
        return
    if status == _BUSY:
        raise UnansweredError(message("google_busy"), is_undone=True, retry_after=seconds_asked(response))
    if status >= 500 or status == requests.codes.request_timeout:
        text = message("google_broken", status=status)
        raise UnansweredError(text, is_undone=False, retry_after=seconds_asked(response))
    error = _error_of(response)
    raise _refusal(status, error, kind, {"key": key, "email": client_email})


def seconds_asked(response: requests.Response) -> float:
    """Of `Retry-After` the form in seconds; a date is waited for as long as any failure."""
    header = response.headers.get("Retry-After", "")
    return float(header) if header.isdigit() else 0.0


def _refusal(status: int, error: Mapping[str, Any], kind: Kind, values: dict[str, str]) -> PermanentError:
    said = str(error.get("message", ""))
    if status == 401:
        return InputError(message("google_key_refused", reason=status, **values))
    if status == 403 and ("SERVICE_DISABLED" in str(error.get("details")) or "disabled" in said):
        return InputError(message("google_api_disabled", project=_project(said)))
    if status == 403 and kind == "write":
        return InputError(message("google_read_only", **values))
    if status in {403, 404}:
        return InputError(message("google_not_shared", **values))
    if error.get("status") == "FAILED_PRECONDITION" and "not supported for this document" in said:
        return InputError(message("google_no_spreadsheet", **values))
    return PermanentError(message("google_refused", status=status, reason=_without_values(said)))


def _never_connected(error: requests.RequestException) -> bool:
    cause = error.args[0] if error.args else None
    return isinstance(error, (ConnectTimeout, SSLError)) or isinstance(
        getattr(cause, "reason", None), NewConnectionError
    )


def _error_of(response: requests.Response) -> Mapping[str, Any]:
    """The error as Google words it; empty where a page came instead."""
    try:
        answer = response.json()
    except ValueError:
        return {}
    error = answer.get("error") if isinstance(answer, dict) else None
    return error if isinstance(error, dict) else {}


def _project(said: str) -> str:
    found = re.search(r"project[ =](\d+)", said)
    return found[1] if found else "…"


def _without_values(said: str) -> str:
    """Google's words without what they quote: that may be the content of a cell."""
    return re.sub(r'"[^"]*"?', '"…"', said)[:_LONGEST_QUOTE].rstrip(". ") or "?"
