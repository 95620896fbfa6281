"""Certificates for tests: those Nubank would sign, a server's, a person's in a PKCS12."""

from datetime import UTC, datetime, timedelta
from functools import cache
from ipaddress import IPv4Address

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_public_key,
    pkcs12,
)
from cryptography.x509.oid import NameOID


@cache
def authority_key() -> rsa.RSAPrivateKey:
    """The key of the authority that signs everything here."""
    return new_key()


def new_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def certificate(key: rsa.RSAPublicKey, name: str, *, days: int = 365, host: str | None = None) -> x509.Certificate:
    """A certificate by the authority, valid since two days and for `days` more; `authority` is its own."""
    names = {
        role: x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])
        for role, text in (("subject", name), ("issuer", "authority"))
    }
    now = datetime.now(UTC)
    builder = x509.CertificateBuilder(names["issuer"], names["subject"], key, x509.random_serial_number())
    builder = builder.not_valid_before(now - timedelta(days=2)).not_valid_after(now + timedelta(days=days))
    builder = builder.add_extension(x509.BasicConstraints(ca=name == "authority", path_length=None), critical=True)
    if host:
        address = x509.IPAddress(IPv4Address(host)) if host[0].isdigit() else x509.DNSName(host)
        builder = builder.add_extension(x509.SubjectAlternativeName([address]), critical=False)
    return builder.sign(authority_key(), SHA256())


def authority_pem() -> bytes:
    return certificate(authority_key().public_key(), "authority").public_bytes(Encoding.PEM)


def server_pem(host: str) -> bytes:
    """Key and certificate of a server."""
    key = new_key()
    private = key.private_bytes(Encoding.PEM, PrivateFormat.TraditionalOpenSSL, NoEncryption())
    return private + certificate(key.public_key(), "server", host=host).public_bytes(Encoding.PEM)


def signed(public_pem: str) -> str:
    """A certificate for a public key, both PEM, as Nubank would sign it."""
    key = load_pem_public_key(public_pem.encode())
    assert isinstance(key, rsa.RSAPublicKey)
    return certificate(key, "person").public_bytes(Encoding.PEM).decode()


@cache
def pkcs12_of_a_person(days: int = 365) -> bytes:
    """A certificate with its key, as `nubank login` keeps it; with negative `days` it has expired."""
    key = new_key()
    return pkcs12.serialize_key_and_certificates(
        b"nubank", key, certificate(key.public_key(), "person", days=days), None, NoEncryption()
    )
