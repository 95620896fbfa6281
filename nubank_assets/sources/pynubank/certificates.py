"""The exchange that makes a computer known to Nubank: a code by e-mail, then a certificate for keys made here.

The protocol is that of pynubank's CertificateGenerator, which does not work with a current pyOpenSSL. No secret is
kept in a file, a log or an error here.
"""

import re
import secrets
from typing import Any, Final

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PublicFormat, pkcs12
from pynubank.utils.discovery import Discovery

from nubank_assets.domain.failures import InputError
from nubank_assets.messages import message
from nubank_assets.sources.json_documents import read_json
from nubank_assets.sources.pynubank.client import NubankClient
from nubank_assets.sources.pynubank.collection import shapes_of_pynubank
from nubank_assets.sources.pynubank.shapes import NUBANK, missing, row, text

_CHALLENGE: Final = re.compile(r'([A-Za-z][A-Za-z_ -]*?)\s*=\s*"([^"]*)"')
_KEY_BITS: Final = 2048


class CertificateExchange:
    """One person's way to a certificate: `request_code`, then once `exchange` with the code of the e-mail."""

    def __init__(self, client: NubankClient, cpf: str, password: str) -> None:
        """`cpf` has 11 digits. Asks Nubank where the exchange is; nothing of the person is sent yet."""
        self._client = client
        self._key, self._crypto_key = _new_key(), _new_key()
        device = secrets.token_hex(6)
        with shapes_of_pynubank():
            self._url = Discovery(client).get_app_url("gen_certificate")
        self._payload: dict[str, Any] = {
            "login": cpf,
            "password": password,
            "public_key": _public_pem(self._key),
            "public_key_crypto": _public_pem(self._crypto_key),
            "model": f"PyNubank Client ({device})",
            "device_id": device,
        }

    def request_code(self) -> str:
        """Have the code sent; where it went, masked by Nubank, or "". Raises InputError for a wrong CPF or password."""
        body, challenge = self._client.challenge(self._url, self._payload)
        if body:
            raise missing("WWW-Authenticate")
        parts: dict[str, str] = {name.strip().replace(" ", "_"): value for name, value in _CHALLENGE.findall(challenge)}
        if not parts.get("device-authorization_encrypted-code"):
            raise InputError(message("login_wrong_credentials"))
        self._payload["encrypted-code"] = parts["device-authorization_encrypted-code"]
        return parts.get("sent-to", "")

    def exchange(self, code: str) -> bytes:
        """The certificate with its key as PKCS12 without a password; raises InputError for a wrong code."""
        body, _ = self._client.challenge(self._url, {**self._payload, "code": code})
        if not body:
            raise InputError(message("login_wrong_code"))
        answer = row(read_json(body, NUBANK))
        text(answer, "certificate_crypto")
        certificate = _certificate(text(answer, "certificate"))
        if certificate.public_key() != self._key.public_key():
            raise missing("certificate")
        return pkcs12.serialize_key_and_certificates(b"nubank", self._key, certificate, None, NoEncryption())


def _new_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=_KEY_BITS)


def _public_pem(key: rsa.RSAPrivateKey) -> str:
    return key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


def _certificate(pem: str) -> x509.Certificate:
    try:
        return x509.load_pem_x509_certificate(pem.encode())
    except ValueError as error:
        raise missing("certificate") from error
