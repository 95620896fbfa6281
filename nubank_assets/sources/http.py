"""Calls of a source's API: every wait has an end, every retry a cap, and every failure is one of three kinds.

What is asked and what the answers mean is for each source. Nothing here logs or keeps an address, a header or a
body: they hold secrets.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

import requests
from tenacity import RetryCallState, Retrying, retry_if_exception_type, stop_after_attempt, wait_exponential_jitter

from nubank_assets.domain.failures import SourceAnswerError, SourceRefusedError, SourceUnavailableError
from nubank_assets.messages import message

#: Seconds to connect, and to wait for more of an answer.
TIMEOUT: Final = (10, 30)
#: Seconds a whole answer may take, and the most it may weigh.
LONGEST_ANSWER: Final = 120
LARGEST_ANSWER: Final = 64 * 1024 * 1024
ATTEMPTS: Final = 4
#: No wait between attempts is longer, whatever a server asks for.
LONGEST_WAIT: Final = 20.0
_BUSY: Final = 429

Send = Callable[[], requests.Response]


class _BusyError(SourceUnavailableError):
    """The server says when to come back."""

    def __init__(self, text: str, retry_after: float) -> None:
        super().__init__(text)
        self.retry_after = retry_after


def call(source: str, send: Send) -> bytes:
    """The body of a successful answer. `send` must pass `stream=True` and `timeout=TIMEOUT`.

    Raises SourceRefusedError on 401 and 403, SourceUnavailableError when the source stays unreachable, busy or
    broken over all attempts, and SourceAnswerError on any other refusal or an answer too large.
    """
    retrying = Retrying(
        retry=retry_if_exception_type(SourceUnavailableError),
        stop=stop_after_attempt(ATTEMPTS),
        wait=_wait,
        reraise=True,
    )
    body: bytes = retrying(_attempt, source, send)
    return body


def _wait(state: RetryCallState) -> float:
    error = state.outcome.exception() if state.outcome else None
    asked = error.retry_after if isinstance(error, _BusyError) else 0.0
    return min(max(asked, wait_exponential_jitter(initial=0.5, max=LONGEST_WAIT, jitter=0.5)(state)), LONGEST_WAIT)


def _attempt(source: str, send: Send) -> bytes:
    with _connection_failures(source):
        response = send()
        with response:
            _check_status(source, response)
            return _read_body(source, response)


@contextmanager
def _connection_failures(source: str) -> Iterator[None]:
    try:
        yield
    except requests.RequestException as error:
        # Without the cause's text: it holds the address, and that may hold a key.
        raise SourceUnavailableError(message("source_unreachable", source=source, error=type(error).__name__)) from None


def _check_status(source: str, response: requests.Response) -> None:
    status = response.status_code
    if status in {401, 403}:
        raise SourceRefusedError(message("source_refused", source=source, status=status))
    if status == _BUSY:
        raise _BusyError(message("source_busy", source=source), _seconds(response.headers.get("Retry-After")))
    if status >= 500:
        raise SourceUnavailableError(message("source_broken", source=source, status=status))
    if not response.ok:
        raise SourceAnswerError(message("source_status", source=source, status=status))


def _seconds(header: str | None) -> float:
    """Of `Retry-After` the form in seconds; a date is waited for as long as any failure."""
    return float(header) if header and header.isdigit() else 0.0


def _read_body(source: str, response: requests.Response) -> bytes:
    started, parts, size = time.monotonic(), [], 0
    for part in response.iter_content(64 * 1024):
        parts.append(part)
        size += len(part)
        if size > LARGEST_ANSWER:
            raise SourceAnswerError(message("source_too_large", source=source))
        if time.monotonic() - started > LONGEST_ANSWER:
            raise SourceUnavailableError(message("source_unreachable", source=source, error="timeout"))
    return b"".join(parts)
