"""`nubank login` against the fake of Nubank's API: what it keeps, what it says, and what it never says."""

import os
import pty
import re
import signal
import stat
import sys
import termios
import time
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import click
import pytest
from click.testing import CliRunner, Result
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.utils import CryptographyDeprecationWarning
from filelock import FileLock
from hypothesis import given
from hypothesis import strategies as st
from requests_pkcs12 import Pkcs12Adapter

from nubank_assets.cli.login import login
from nubank_assets.domain.failures import InputError, LockedError, PermanentError, RetryableError
from nubank_assets.sources import http
from nubank_assets.sources.credentials import LocalCredentials
from nubank_assets.sources.pynubank.collection import PynubankSource
from nubank_assets.sources.pynubank.login import log_in, parse_cpf
from nubank_assets.sources.pynubank.names import LoginNames
from nubank_assets_tests.fakes.nubank_api import FakeNubank
from nubank_assets_tests.fakes.nubank_logins import NOW, TODAY, demo_truth
from nubank_assets_tests.fakes.nubank_server import Failure

GEN, TOKEN = "gen_certificate", "/api/token"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeNubank]:
    monkeypatch.setattr("tenacity.nap.time", SimpleNamespace(sleep=lambda _: None))
    with FakeNubank(demo_truth(1), TODAY) as fake:
        monkeypatch.setenv("NUBANK_PYNUBANK_URL", fake.url)
        yield fake


def _log_in(fake: FakeNubank, *arguments: str, **answers: str) -> Result:
    person = {"cpf": fake.cpf, "password": fake.password, "code": fake.code, **answers}
    return CliRunner().invoke(login, list(arguments), input="".join(f"{one}\n" for one in person.values()))


def _files(home: Path) -> list[str]:
    folder = home / "secrets"
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


def _sees_no_secret(fake: FakeNubank, text: str) -> bool:
    return not [secret for secret in fake.secrets if secret in text]


def test_a_login_is_kept_for_its_owner_alone(fake: FakeNubank, home: Path) -> None:
    result = _log_in(fake)
    assert result.exit_code == 0
    assert _files(home) == ["nubank_certificate", "nubank_refresh_token"]
    assert stat.S_IMODE((home / "secrets").stat().st_mode) == 0o700
    for name in _files(home):
        assert stat.S_IMODE((home / "secrets" / name).stat().st_mode) == 0o600
    assert "NUBANK_SOURCES=pynubank" in result.output
    assert "nubank run" in result.output
    assert "m****@example.com" in result.output
    assert _sees_no_secret(fake, result.output)
    assert len(fake.requests(GEN)) == 2
    assert len(fake.logins) == 1


def test_neither_cpf_nor_password_nor_code_is_in_any_file(fake: FakeNubank, home: Path) -> None:
    _log_in(fake)
    for path in home.rglob("*"):
        content = path.read_bytes() if path.is_file() else b""
        assert not [one for one in (fake.cpf, fake.password, fake.code) if one.encode() in content]


def test_the_certificate_is_of_the_key_that_was_made_here(fake: FakeNubank, home: Path) -> None:
    _log_in(fake)
    data = (home / "secrets" / "nubank_certificate").read_bytes()
    key, certificate, _ = pkcs12.load_key_and_certificates(data, b"")
    assert key
    assert certificate
    assert key.public_key() == certificate.public_key()
    with pytest.warns(CryptographyDeprecationWarning):
        Pkcs12Adapter(pkcs12_data=data, pkcs12_password="")
    sent = fake.requests(GEN)[0].body
    assert sent["public_key"] != sent["public_key_crypto"]
    assert fake.requests(GEN)[1].body["public_key"] == sent["public_key"]


def test_what_was_kept_collects(fake: FakeNubank, home: Path) -> None:
    _log_in(fake)
    source = PynubankSource(LocalCredentials(home / "secrets"), fake.url)
    assert source.collect([], NOW)
    assert source.collect([], NOW)


def test_a_named_login_stands_beside_the_other(fake: FakeNubank, home: Path) -> None:
    _log_in(fake)
    assert _log_in(fake, "--name", "maria").exit_code == 0
    assert _files(home) == [
        f"nubank_{secret}{who}" for secret in ("certificate", "refresh_token") for who in ("", "_maria")
    ]


@pytest.mark.parametrize("name", ["", "../maria", "Maria", "a/b", "x" * 40])
def test_a_name_that_no_account_can_have_is_refused(fake: FakeNubank, home: Path, name: str) -> None:
    result = _log_in(fake, "--name", name)
    assert isinstance(result.exception, InputError)
    assert not fake.asked
    assert not home.exists()


@pytest.mark.parametrize("cpf", ["52998224724", "11111111111", "123", "", "529.982.247-2x", "５２９９８２２４７２５"])
def test_a_cpf_that_is_none_is_sent_nowhere(fake: FakeNubank, home: Path, cpf: str) -> None:
    result = _log_in(fake, cpf=cpf)
    assert isinstance(result.exception, InputError)
    assert not fake.asked
    assert not cpf or cpf not in f"{result.output}{result.exception}"


def test_a_cpf_may_have_its_punctuation(fake: FakeNubank) -> None:
    assert _log_in(fake, cpf=" 529.982.247-25 ").exit_code == 0


@given(st.from_regex(r"[0-9]{9}", fullmatch=True).filter(lambda digits: len(set(digits)) > 1))
def test_of_all_check_digits_one_pair_fits(digits: str) -> None:
    fitting = []
    for number in range(100):
        try:
            fitting.append(parse_cpf(f"{digits}{number:02d}"))
        except InputError:
            continue
    assert len(fitting) == 1


@pytest.mark.parametrize("wrong", ["password", "code"])
def test_what_nubank_does_not_accept_is_said_and_nothing_kept(fake: FakeNubank, home: Path, wrong: str) -> None:
    result = _log_in(fake, **{wrong: "wr0ng answer"})
    assert isinstance(result.exception, InputError)
    assert {"password": "senha", "code": "código"}[wrong] in str(result.exception)
    assert "wr0ng" not in f"{result.output}{result.exception}"
    assert _files(home) == []
    assert len(fake.requests(GEN)) == {"password": 1, "code": 2}[wrong]
    assert fake.logins == []


FAILURES: list[tuple[Failure, str]] = [
    (403, "NUBANK_SOURCES=pluggy"),
    (429, "horas"),
    (500, "500"),
    (400, "400"),
    ("drop", "ConnectionError"),
    ("slow", "Timeout"),
    ("garbage", "nada foi alterado"),
]


@pytest.mark.parametrize(("part", "after"), [(GEN, 0), (GEN, 1), (TOKEN, 0)])
@pytest.mark.parametrize(("failure", "words"), FAILURES)
def test_each_failure_is_one_sentence_and_nothing_is_kept(
    fake: FakeNubank,
    home: Path,
    monkeypatch: pytest.MonkeyPatch,
    failure: Failure,
    words: str,
    part: str,
    after: int,
) -> None:
    if failure == "slow":
        monkeypatch.setattr(http, "TIMEOUT", (5, 1))
    fake.fail_with(part, failure, after=after)
    result = _log_in(fake)
    assert isinstance(result.exception, PermanentError | RetryableError)
    assert not isinstance(result.exception, InputError)
    assert words in str(result.exception)
    assert "\n" not in str(result.exception)
    assert _sees_no_secret(fake, f"{result.output}{result.exception}")
    assert _files(home) == []
    assert len(fake.requests(part)) == after + 1


def test_a_token_that_is_refused_right_away_is_no_wrong_input(fake: FakeNubank, home: Path) -> None:
    fake.fail_with(TOKEN, 401)
    result = _log_in(fake)
    assert isinstance(result.exception, PermanentError)
    assert not isinstance(result.exception, InputError)
    assert _files(home) == []


def test_a_certificate_of_another_key_is_not_kept(
    fake: FakeNubank, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    swapped = {"certificate": "public_key_crypto", "certificate_crypto": "public_key"}
    from nubank_assets_tests.fakes.certificates import signed

    gen = FakeNubank._gen_certificate

    def swap(self: FakeNubank, body: dict[str, str]) -> tuple[int, dict[str, str], dict[str, str]]:
        if "code" not in body:
            return gen(self, body)
        return 200, {name: signed(body[key]) for name, key in swapped.items()}, {}

    monkeypatch.setattr(FakeNubank, "_gen_certificate", swap)
    assert "certificate" in str(_log_in(fake).exception)
    assert _files(home) == []


def test_an_earlier_login_survives_a_failed_one(fake: FakeNubank, home: Path) -> None:
    _log_in(fake)
    before = {name: (home / "secrets" / name).read_bytes() for name in _files(home)}
    _log_in(fake, code="wrong")
    assert {name: (home / "secrets" / name).read_bytes() for name in _files(home)} == before


def test_input_that_ends_leaves_nothing(fake: FakeNubank, home: Path) -> None:
    result = CliRunner().invoke(login, [], input=f"{fake.cpf}\n{fake.password}\n")
    assert isinstance(result.exception, click.Abort | SystemExit)
    assert result.exit_code == 1
    assert _files(home) == []


def test_it_waits_for_nobody_who_holds_the_home(fake: FakeNubank, home: Path) -> None:
    home.mkdir()
    with FileLock(home / "nubank.lock"):
        assert isinstance(_log_in(fake).exception, LockedError)
    assert not fake.asked


def test_an_interrupt_does_not_part_the_two_files(fake: FakeNubank, tmp_path: Path) -> None:
    class Interrupted(LocalCredentials):
        def put(self, name: str, secret: bytes) -> None:
            os.kill(os.getpid(), signal.SIGINT)
            super().put(name, secret)

    handler = signal.getsignal(signal.SIGINT)
    log_in(Interrupted(tmp_path), LoginNames(), fake.url, (fake.cpf, fake.password), lambda _: fake.code)
    assert LocalCredentials(tmp_path).names() == ["nubank_certificate", "nubank_refresh_token"]
    assert signal.getsignal(signal.SIGINT) is handler


class _Terminal:
    """`nubank` on a terminal, as a person sees it."""

    def __init__(self, *arguments: str) -> None:
        self.pid, self._terminal = pty.fork()
        if self.pid == 0:
            # Whoever runs the tests in the background has it ignored, and so would this.
            signal.signal(signal.SIGINT, signal.SIG_DFL)
            program = str(Path(sys.executable).parent / "nubank")
            os.execv(program, [program, *arguments])
        self.seen = ""

    def wait_for(self, words: str) -> None:
        deadline = time.monotonic() + 60
        while words not in self.seen and time.monotonic() < deadline and self._read():
            continue
        assert words in self.seen

    def type(self, text: str) -> None:
        # What is typed before the terminal is told to be silent is shown, and thrown away.
        deadline = time.monotonic() + 60
        while termios.tcgetattr(self._terminal)[3] & termios.ECHO and time.monotonic() < deadline:
            time.sleep(0.01)
        os.write(self._terminal, text.encode())

    def end(self) -> int:
        while self._read():
            continue
        return os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])

    def _read(self) -> bool:
        try:
            part = os.read(self._terminal, 4096)
        except OSError:
            return False
        self.seen += re.sub(r"\s+", " ", part.decode(errors="replace"))
        return bool(part)


def test_a_terminal_shows_no_secret(fake: FakeNubank, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NUBANK_LOCALE", "en")
    terminal = _Terminal("login")
    for words, answer in (("CPF", fake.cpf), ("Password", fake.password), ("Code received", fake.code)):
        terminal.wait_for(words)
        terminal.type(f"{answer}\n")
    assert terminal.end() == 0
    assert _sees_no_secret(fake, terminal.seen)
    assert "NUBANK_SOURCES=pynubank" in terminal.seen
    assert _files(home) == ["nubank_certificate", "nubank_refresh_token"]


@pytest.mark.parametrize(("cpf", "status"), [("52998224724", 2), ("\x03", 1)])
def test_a_terminal_says_one_sentence_where_it_ends(fake: FakeNubank, home: Path, cpf: str, status: int) -> None:
    terminal = _Terminal("login")
    terminal.wait_for("CPF")
    terminal.type(cpf if cpf == "\x03" else f"{cpf}\n")
    assert terminal.end() == status
    assert "Traceback" not in terminal.seen
    assert cpf not in terminal.seen
    assert _files(home) == []


def test_interrupted_at_the_code_it_leaves_nothing(fake: FakeNubank, home: Path) -> None:
    terminal = _Terminal("login")
    for words, answer in (("CPF", f"{fake.cpf}\n"), ("Senha", f"{fake.password}\n"), ("Código recebido", "\x03")):
        terminal.wait_for(words)
        terminal.type(answer)
    assert terminal.end() == 1
    assert "Traceback" not in terminal.seen
    assert _sees_no_secret(fake, terminal.seen)
    assert _files(home) == []
