"""Service accounts and their tokens: a question that is signed with the account's key, a token for an hour."""

import json
import secrets
import time
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Final
from urllib.parse import parse_qs

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from google.auth import exceptions, jwt

SCOPE: Final = "https://www.googleapis.com/auth/spreadsheets"
_GRANT: Final = "urn:ietf:params:oauth:grant-type:jwt-bearer"
_LONGEST: Final = 3600 + 60
#: google-auth signs for this address, wherever it then asks.
_AUDIENCE: Final = "https://oauth2.googleapis.com/token"


@cache
def _key_pair() -> tuple[str, str]:
    """A private and a public key, made once in a process because making them is slow."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    public = key.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    return private.decode(), public.decode()


def make_service_account(token_uri: str, **changes: Any) -> str:
    """The JSON that a person downloads; every call is another account."""
    name = f"nubank-{secrets.token_hex(4)}"
    return json.dumps(
        {
            "type": "service_account",
            "project_id": "planilhas-123456",
            "private_key_id": secrets.token_hex(20),
            "private_key": _key_pair()[0],
            "client_email": f"{name}@planilhas-123456.iam.gserviceaccount.com",
            "client_id": "104523987610000000000",
            "auth_uri": "https://accounts.google.com/o/oauth2/auth",
            "token_uri": token_uri,
            "universe_domain": "googleapis.com",
            **changes,
        },
        indent=2,
    )


@dataclass
class Tokens:
    """The endpoint of tokens: whom it knows, and which tokens it gave."""

    address: str = ""
    known: set[str] = field(default_factory=set)
    valid: dict[str, str] = field(default_factory=dict)
    """Each token with its account's e-mail."""
    given: list[str] = field(default_factory=list)
    scopes: list[str] = field(default_factory=list)
    """What was asked for, each time a token was given."""
    seconds: int = 3600

    def grant(self, body: str) -> tuple[int, dict[str, Any]]:
        """What a question gets: a token, or why not, in Google's words."""
        asked = {name: values[0] for name, values in parse_qs(body).items()}
        if asked.get("grant_type") != _GRANT:
            return _refused("unsupported_grant_type", "Invalid grant_type")
        try:
            claims = jwt.decode(asked.get("assertion", ""), certs=_key_pair()[1], verify=False)  # type: ignore[no-untyped-call]
            if claims.get("iss") not in self.known:
                return _refused("invalid_grant", "Invalid grant: account not found")
            jwt.decode(asked["assertion"], certs=_key_pair()[1], audience=[self.address, _AUDIENCE])  # type: ignore[no-untyped-call]
        except (ValueError, exceptions.GoogleAuthError):
            return _refused("invalid_grant", "Invalid JWT Signature.")
        if claims["exp"] - claims["iat"] > _LONGEST or abs(claims["iat"] - time.time()) > _LONGEST:
            return _refused("invalid_grant", "Invalid JWT: Token must be in a reasonable timeframe.")
        if SCOPE not in claims.get("scope", "").split():
            return _refused("invalid_scope", "Empty or missing scope not allowed.")
        token = f"ya29.{secrets.token_urlsafe(40)}"
        self.valid[token] = claims["iss"]
        self.given.append(token)
        self.scopes.append(claims["scope"])
        return 200, {"access_token": token, "expires_in": self.seconds, "token_type": "Bearer"}


def _refused(error: str, description: str) -> tuple[int, dict[str, Any]]:
    return 400, {"error": error, "error_description": description}
