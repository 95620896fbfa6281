"""The HTTP client that pynubank is given: TLS with the certificate, exact numbers, ends to every wait, plain failures.

What the answers mean is for the other modules. No address, header or body is kept, logged or put into an error.
"""

import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final
from urllib.parse import urlsplit

import requests
import requests_pkcs12
from cryptography.utils import CryptographyDeprecationWarning
from pynubank import HttpClient

from nubank_assets.domain.failures import SourceAnswerError, SourceRefusedError, SourceUnavailableError
from nubank_assets.messages import message
from nubank_assets.sources import http
from nubank_assets.sources.json_documents import read_json
from nubank_assets.sources.pynubank.shapes import NUBANK, Row, missing

#: Where pynubank begins, whatever it is told.
_DISCOVERY: Final = "https://prod-s0-webapp-proxy.nubank.com.br"
_BUSY: Final = 429

Keep = Callable[[str], None]


class NubankClient(HttpClient):  # type: ignore[misc]
    """What `pynubank.Nubank` calls. Raises only the errors of a source (``domain/failures.py``).

    `keep_refresh_token` is called with the refresh token of an answer as soon as there is one: Nubank takes back
    the one before, so nothing may come between. A POST that logs in is sent once, whatever happens.
    """

    def __init__(self, url: str, keep_refresh_token: Keep | None = None, command: str = "nubank login") -> None:
        """`url` replaces the address of Nubank that pynubank knows; `command` renews the login."""
        super().__init__()
        self._base = url.rstrip("/")
        self._keep = keep_refresh_token
        self._command = command
        self._status = 0

    def set_cert_data(self, cert_data: bytes) -> None:
        """Use this PKCS12 (empty password) from now on; raises SourceRefusedError if it is broken or expired."""
        super().set_cert_data(cert_data)
        try:
            with _quiet():
                requests_pkcs12.Pkcs12Adapter(pkcs12_data=cert_data, pkcs12_password="")
        except (ValueError, AttributeError) as error:
            raise SourceRefusedError(message("pynubank_certificate_broken")) from error

    def get(self, url: str) -> Row:
        """The JSON object at an address."""
        return _parsed(self._call(self._sender("GET", url, None)))

    def post(self, url: str, json: Row) -> Row:
        """The JSON object that answers another."""
        if "grant_type" not in json:
            return _parsed(self._call(self._sender("POST", url, json)))
        answer = _parsed(self._call(self._once(self._sender("POST", url, json))))
        token = answer.get("refresh_token")
        if self._keep and isinstance(token, str) and token:
            self._keep(token)
        return answer

    def challenge(self, url: str, json: Row) -> tuple[bytes, str]:
        """One POST, sent once: the body of its answer, or nothing and the `WWW-Authenticate` of a refusal by 401."""
        asked: list[str] = []

        def note(response: requests.Response) -> None:
            asked.append(response.headers.get("WWW-Authenticate", ""))

        try:
            return self._call(self._once(self._sender("POST", url, json), note)), ""
        except SourceRefusedError:
            if self._status != 401:
                raise
            return b"", asked[-1]

    def raw_get(self, url: str) -> requests.Response:
        """pynubank's own way around `get`; nothing here needs it."""
        raise NotImplementedError

    def raw_post(self, url: str, json: Row) -> requests.Response:
        """pynubank's own way around `post`; nothing here needs it."""
        raise NotImplementedError

    def _sender(self, method: str, url: str, json: Row | None) -> http.Send:
        address = self._address(url)

        def send() -> requests.Response:
            # A redirect would take secrets along to wherever it points.
            options = {"timeout": http.TIMEOUT, "stream": True, "allow_redirects": False, **self._cert_args}
            with _quiet():
                # A connection of its own each time: a current pyOpenSSL takes a context with a certificate only once.
                response: requests.Response = requests_pkcs12.request(
                    method, address, json=json, headers=self._headers, **options
                )
            self._status = response.status_code
            if 300 <= self._status < 400:
                response.close()
                raise SourceAnswerError(message("source_status", source=NUBANK, status=self._status))
            return response

        return send

    def _address(self, url: str) -> str:
        """An address of pynubank or of an answer; only TLS, or the very place that was set."""
        if not isinstance(url, str):
            raise missing("href")
        address = self._base + url.removeprefix(_DISCOVERY) if url.startswith(_DISCOVERY) else url
        if not address.startswith(f"{self._base}/") and urlsplit(address).scheme != "https":
            raise missing("https://")
        return address

    def _once(self, send: http.Send, note: Callable[[requests.Response], None] | None = None) -> http.Send:
        """A `send` that `http.call` does not repeat: every login attempt counts against the person."""
        attempts: list[http.Send] = []

        def send_once() -> requests.Response:
            if attempts:
                raise _FinalError(SourceUnavailableError(_unreachable("no answer")))
            attempts.append(send)
            try:
                response = send()
            except requests.RequestException as error:
                raise _FinalError(SourceUnavailableError(_unreachable(type(error).__name__))) from None
            if note:
                note(response)
            _check_final(response)
            return response

        return send_once

    def _call(self, send: http.Send) -> bytes:
        self._status = 0
        try:
            return http.call(NUBANK, send)
        except _FinalError as final:
            raise final.error from None
        except SourceRefusedError as error:
            raise SourceRefusedError(message(f"pynubank_refused_{self._status}", command=self._command)) from error
        except SourceUnavailableError as error:
            if self._status != _BUSY:
                raise
            raise SourceUnavailableError(message("pynubank_busy")) from error


@contextmanager
def _quiet() -> Iterator[None]:
    """requests_pkcs12 asks for a certificate's dates in a way of which cryptography warns."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", CryptographyDeprecationWarning)
        warnings.simplefilter("ignore", DeprecationWarning)
        yield


class _FinalError(Exception):
    """Brings a failure past the retries of `http.call`."""

    def __init__(self, error: Exception) -> None:
        super().__init__()
        self.error = error


def _check_final(response: requests.Response) -> None:
    status = response.status_code
    if status == _BUSY:
        # No retry may follow, not even one of Dagster: only hours help.
        response.close()
        raise _FinalError(SourceRefusedError(message("pynubank_busy")))
    if status >= 500:
        response.close()
        raise _FinalError(SourceUnavailableError(message("source_broken", source=NUBANK, status=status)))


def _unreachable(error: str) -> str:
    return message("source_unreachable", source=NUBANK, error=error)


def _parsed(body: bytes) -> Row:
    answer = read_json(body, NUBANK)
    if not isinstance(answer, dict):
        raise SourceAnswerError(message("source_garbage", source=NUBANK))
    return answer
