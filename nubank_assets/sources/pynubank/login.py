"""`nubank login` without its questions: from CPF, password and code to a certificate and a token that are kept."""

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

from pynubank import Nubank

from nubank_assets.domain.failures import InputError
from nubank_assets.messages import message
from nubank_assets.sources.credentials import Credentials
from nubank_assets.sources.pynubank.certificates import CertificateExchange
from nubank_assets.sources.pynubank.client import NubankClient
from nubank_assets.sources.pynubank.collection import shapes_of_pynubank
from nubank_assets.sources.pynubank.names import LoginNames
from nubank_assets.sources.pynubank.shapes import missing

_CPF_DIGITS: Final = 11
_PUNCTUATION: Final = str.maketrans("", "", ".- ")


def parse_cpf(text: str) -> str:
    """The 11 digits of a CPF, with or without punctuation; raises InputError unless its check digits fit."""
    digits = text.strip().translate(_PUNCTUATION)
    plausible = len(digits) == _CPF_DIGITS and digits.isascii() and digits.isdigit() and len(set(digits)) > 1
    if not plausible or digits[9:] != _check_digit(digits[:9]) + _check_digit(digits[:10]):
        raise InputError(message("login_wrong_cpf"))
    return digits


def _check_digit(digits: str) -> str:
    weighted = sum(int(digit) * weight for digit, weight in zip(reversed(digits), range(2, 12), strict=False))
    return str(weighted * 10 % 11 % 10)


def log_in(
    credentials: Credentials, names: LoginNames, url: str, person: tuple[str, str], ask_code: Callable[[str], str]
) -> None:
    """Make this computer known to Nubank and keep certificate and refresh token, both or none.

    `person` is CPF and password, which are not kept; `ask_code` is given where the code was sent ("" if Nubank does
    not say). Raises InputError for wrong input and the errors of a source for the rest.
    """
    cpf, password = person
    exchange = CertificateExchange(NubankClient(url), cpf, password)
    code = ask_code(exchange.request_code())
    certificate = exchange.exchange(code)
    token = _first_token(url, cpf, password, certificate)
    with _uninterrupted():
        credentials.put(names.certificate, certificate)
        credentials.put(names.refresh_token, token.encode())


def _first_token(url: str, cpf: str, password: str, certificate: bytes) -> str:
    with shapes_of_pynubank():
        nubank = Nubank(NubankClient(url))
        token = nubank.authenticate_with_cert(cpf, password, cert_data=certificate)
    if not isinstance(token, str) or not token:
        raise missing("refresh_token")
    return token


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """No Ctrl-C between the two files: a new certificate beside an old token would be of no use."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
