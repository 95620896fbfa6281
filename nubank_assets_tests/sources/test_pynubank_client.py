"""What the client makes of Nubank's failures, how often it asks, what it tells, and its TLS: all by real HTTP."""

import logging
import ssl
import threading
import traceback
import warnings
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from nubank_assets.domain.failures import (
    PermanentError,
    RetryableError,
    SourceAnswerError,
    SourceRefusedError,
    SourceUnavailableError,
)
from nubank_assets.sources import http
from nubank_assets.sources.pynubank.client import NubankClient
from nubank_assets_tests.fakes.certificates import authority_pem, pkcs12_of_a_person, server_pem
from nubank_assets_tests.fakes.nubank_api import FakeNubank
from nubank_assets_tests.fakes.nubank_logins import NOW, TODAY, allowed, demo_truth
from nubank_assets_tests.fakes.nubank_server import Failure, QuietServer

TOKEN, LOGGED_IN = "/api/token", "/api/proxy/bills_summary"


@pytest.fixture(autouse=True)
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """No test waits between attempts; how long it would have."""
    waits: list[float] = []
    monkeypatch.setattr("tenacity.nap.time", SimpleNamespace(sleep=waits.append))
    return waits


@pytest.fixture
def fake() -> Iterator[FakeNubank]:
    with FakeNubank(demo_truth(1), TODAY) as fake:
        yield fake


def _failure(fake: FakeNubank, folder: Path) -> Exception:
    with pytest.raises((PermanentError, RetryableError)) as caught:
        allowed(fake, folder).collect([], NOW)
    return caught.value


def _hurry(monkeypatch: pytest.MonkeyPatch, failure: Failure) -> None:
    """Where nothing comes, wait for little of it; elsewhere a busy machine may take its time."""
    if failure == "slow":
        monkeypatch.setattr(http, "TIMEOUT", (5, 1))
        monkeypatch.setattr(http, "ATTEMPTS", 2)


FAILURES: list[tuple[Failure, type[Exception], str]] = [
    (401, SourceRefusedError, "nubank login"),
    (403, SourceRefusedError, "NUBANK_SOURCES=pluggy"),
    (404, SourceAnswerError, "404"),
    (302, SourceAnswerError, "302"),
    (500, SourceUnavailableError, "500"),
    ("garbage", SourceAnswerError, "JSON"),
    ("drop", SourceUnavailableError, "ConnectionError"),
    ("slow", SourceUnavailableError, "Timeout"),
]


@pytest.mark.parametrize(("failure", "kind", "words"), [*FAILURES, (429, SourceRefusedError, "429")])
def test_a_login_that_fails_is_tried_once(
    fake: FakeNubank,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    failure: Failure,
    kind: type[Exception],
    words: str,
    waits: list[float],
) -> None:
    _hurry(monkeypatch, failure)
    fake.fail_with(TOKEN, failure)
    error = _failure(fake, tmp_path)
    assert isinstance(error, kind)
    assert words in str(error)
    assert len(fake.logins) == 1
    assert waits == []


@pytest.mark.parametrize(("failure", "kind", "words"), [*FAILURES, (429, SourceUnavailableError, "429")])
def test_a_question_that_fails_is_asked_as_often_as_it_may_help(
    fake: FakeNubank,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    failure: Failure,
    kind: type[Exception],
    words: str,
) -> None:
    _hurry(monkeypatch, failure)
    fake.fail_with(LOGGED_IN, failure)
    error = _failure(fake, tmp_path)
    assert isinstance(error, kind)
    assert words in str(error)
    assert len(fake.requests(LOGGED_IN)) == (http.ATTEMPTS if kind is SourceUnavailableError else 1)
    assert len(fake.logins) == 1


@pytest.mark.parametrize("failure", [500, 503, 429, "drop"])
def test_what_passes_later_is_asked_again(fake: FakeNubank, tmp_path: Path, failure: Failure) -> None:
    fake.fail_with(LOGGED_IN, failure, times=2)
    assert allowed(fake, tmp_path).collect([], NOW)
    assert len(fake.requests(LOGGED_IN)) == 3
    assert len(fake.logins) == 1


@pytest.mark.parametrize("failure", [500, "drop"])
def test_nobody_logs_in_while_the_directory_does_not_answer(fake: FakeNubank, tmp_path: Path, failure: Failure) -> None:
    fake.fail_with("discovery", failure)
    assert isinstance(_failure(fake, tmp_path), SourceUnavailableError)
    assert fake.logins == []


def test_a_refused_token_is_not_followed_by_the_password(
    fake: FakeNubank, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = allowed(fake, tmp_path)
    monkeypatch.setenv("NUBANK_NUBANK_CPF", fake.cpf)
    monkeypatch.setenv("NUBANK_NUBANK_PASSWORD", fake.password)
    fake.refresh_token = "another"
    with pytest.raises(SourceRefusedError, match="nubank login"):
        source.collect([], NOW)
    assert len(fake.logins) == 1


@pytest.mark.parametrize("part", [TOKEN, LOGGED_IN, "account_feed_paginated", "discovery"])
@pytest.mark.parametrize("failure", [400, 401, 403, 429, 500, "garbage", "drop", "slow"])
def test_no_failure_tells_a_secret(
    fake: FakeNubank,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
    part: str,
    failure: Failure,
) -> None:
    _hurry(monkeypatch, failure)
    caplog.set_level(logging.INFO)
    fake.fail_with(part, failure)
    error = _failure(fake, tmp_path)
    trace = "".join(traceback.format_exception(error))
    out, err = capfd.readouterr()
    for text in (str(error), trace, out, err, caplog.text):
        assert not [secret for secret in fake.secrets if secret in text]
        assert "127.0.0.1" not in text
    assert "\n" not in str(error)


@pytest.mark.parametrize(
    ("answer", "missing"),
    [
        ({"_links": {}}, "access_token"),
        ({"access_token": "a"}, "_links"),
        ({"access_token": "a", "_links": {}}, "ghostflame"),
        ({"access_token": "a", "_links": []}, "_links"),
        ({"access_token": "a", "_links": {"ghostflame": {"href": "x"}}}, "revoke_token"),
    ],
)
def test_an_unknown_login_answer_is_named_and_its_token_kept(
    fake: FakeNubank, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answer: dict[str, object], missing: str
) -> None:
    monkeypatch.setattr(FakeNubank, "_token", lambda *_: (200, {**answer, "refresh_token": "kept"}, {}))
    error = _failure(fake, tmp_path)
    assert isinstance(error, SourceAnswerError)
    assert f"{missing} " in str(error) or f"{missing})" in str(error)
    assert (tmp_path / "secrets" / "nubank_refresh_token").read_bytes() == b"kept"


def test_a_directory_without_the_login_is_named(
    fake: FakeNubank, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(FakeNubank, "_discovery", lambda _: {"gen_certificate": "https://x.invalid"})
    assert "token" in str(_failure(fake, tmp_path))


@pytest.mark.parametrize("address", ["http://192.0.2.1/api/token", "ftp://192.0.2.1/x", "file:///etc/passwd"])
def test_secrets_do_not_go_where_there_is_no_encryption(
    fake: FakeNubank, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    monkeypatch.setattr(FakeNubank, "_discovery", lambda _: {"token": address})
    error = _failure(fake, tmp_path)
    assert isinstance(error, SourceAnswerError)
    assert "https://" in str(error)
    assert "192.0.2.1" not in str(error)


@pytest.mark.parametrize("data", [b"", b"not a certificate", pkcs12_of_a_person()[:200], pkcs12_of_a_person(days=-1)])
def test_a_certificate_of_no_use_is_named(fake: FakeNubank, data: bytes) -> None:
    with pytest.raises(SourceRefusedError, match="nubank login"):
        NubankClient(fake.url).set_cert_data(data)


def test_a_good_certificate_is_taken_without_a_warning(fake: FakeNubank) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        NubankClient(fake.url).set_cert_data(pkcs12_of_a_person())


class _OverTls(BaseHTTPRequestHandler):
    """Answers with the name in the certificate of who asks."""

    wbufsize = -1

    def do_GET(self) -> None:
        assert isinstance(self.connection, ssl.SSLSocket)
        certificate = dict(self.connection.getpeercert() or {})
        subject: Any = certificate["subject"]
        name = dict(pair for part in subject for pair in part)["commonName"]
        body = f'{{"who": "{name}"}}'.encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """No access log."""


@pytest.fixture
def tls(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of a server on this machine whose certificate is for `request.param`, and that asks for one."""
    files = {"server": server_pem(request.param), "authority": authority_pem()}
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "server")
    context.load_verify_locations(tmp_path / "authority")
    context.verify_mode = ssl.CERT_REQUIRED
    server = QuietServer(("127.0.0.1", 0), _OverTls)
    server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    yield f"https://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


def _trusting(url: str, folder: Path, monkeypatch: pytest.MonkeyPatch, *, certified: bool = True) -> NubankClient:
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(folder / "authority"))
    client = NubankClient(url)
    if certified:
        client.set_cert_data(pkcs12_of_a_person())
    return client


@pytest.mark.parametrize("tls", ["127.0.0.1"], indirect=True)
def test_the_certificate_is_shown_to_the_server(tls: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    client = _trusting(tls, tmp_path, monkeypatch)
    # Twice: a current pyOpenSSL does not let a context be used again.
    assert [client.get(f"{tls}/x") for _ in range(2)] == [{"who": "person"}] * 2


@pytest.mark.parametrize("tls", ["127.0.0.1"], indirect=True)
def test_the_server_does_ask_for_it(tls: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(SourceUnavailableError):
        _trusting(tls, tmp_path, monkeypatch, certified=False).get(f"{tls}/x")


@pytest.mark.parametrize("tls", ["127.0.0.1"], indirect=True)
def test_a_server_that_nobody_vouches_for_is_not_told_anything(tls: str) -> None:
    client = NubankClient(tls)
    client.set_cert_data(pkcs12_of_a_person())
    with pytest.raises(SourceUnavailableError, match="SSLError"):
        client.get(f"{tls}/x")


@pytest.mark.parametrize("tls", ["prod-s0-webapp-proxy.nubank.com.br"], indirect=True)
def test_a_server_of_another_name_is_not_told_anything(
    tls: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(SourceUnavailableError, match="SSLError"):
        _trusting(tls, tmp_path, monkeypatch).get(f"{tls}/x")


def test_the_way_around_is_closed(fake: FakeNubank) -> None:
    client = NubankClient(fake.url)
    with pytest.raises(NotImplementedError):
        client.raw_get(fake.url)
    with pytest.raises(NotImplementedError):
        client.raw_post(fake.url, {})
