"""Keys of service accounts: what is none is refused in one sentence that shows nothing of it."""

import json
from typing import Any

import pytest

from nubank_assets.domain.failures import InputError
from nubank_assets.google.accounts import read_account
from nubank_assets_tests.fakes.sheets.oauth import make_service_account

TOKEN_URI = "https://oauth2.googleapis.com/token"


def changed(**changes: Any) -> str:
    info = json.loads(make_service_account(TOKEN_URI))
    return json.dumps({**info, **changes})


def test_a_key_is_read_and_not_shown() -> None:
    text = make_service_account(TOKEN_URI)
    account = read_account(text, "chave.json")
    assert account.client_email == json.loads(text)["client_email"]
    assert "PRIVATE" not in repr(account)


@pytest.mark.parametrize("uri", ["http://127.0.0.1:8099/token", "http://localhost/token", TOKEN_URI])
def test_tokens_are_asked_for_with_tls_or_on_this_machine(uri: str) -> None:
    assert read_account(changed(token_uri=uri), "chave.json").info["token_uri"] == uri


@pytest.mark.parametrize(
    "uri",
    [
        "http://oauth2.googleapis.com/token",
        "http://127.0.0.1.evil.example/token",
        "http://127.0.0.1@evil.example/token",
        "ftp://127.0.0.1/token",
        "https:///token",
        "oauth2.googleapis.com/token",
    ],
)
def test_the_key_signs_for_nobody_without_tls(uri: str) -> None:
    with pytest.raises(InputError, match=r"chave\.json: o token_uri"):
        read_account(changed(token_uri=uri), "chave.json")


WRONG: dict[str, tuple[str, str]] = {
    "no JSON": ("Nubank_2026-10.csv;1,50", "JSON"),
    "half": (make_service_account(TOKEN_URI)[:300], "JSON"),
    "empty": ("", "JSON"),
    "a list": ("[1]", "service_account"),
    "a client of OAuth": (json.dumps({"installed": {"client_id": "1", "client_secret": "s3cr3t"}}), "service_account"),
    "a person's": (changed(type="authorized_user"), "service_account"),
    "without e-mail": (changed(client_email=""), "client_email"),
    "without key": (changed(private_key=None), "private_key"),
    "without address": (changed(token_uri=7), "token_uri"),
    "cut key": (changed(private_key=json.loads(make_service_account(TOKEN_URI))["private_key"][:500]), "private_key"),
    "other text": (changed(private_key="s3cr3t"), "private_key"),
    "a public key": (
        changed(private_key="-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n"),
        "private_key",
    ),
}


@pytest.mark.parametrize("name", WRONG)
@pytest.mark.parametrize("language", ["pt-BR", "en"])
def test_what_is_no_key_is_said_in_one_sentence(name: str, language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NUBANK_LOCALE", language)
    text, said = WRONG[name]
    with pytest.raises(InputError, match=rf"chave\.json: .*{said}") as caught:
        read_account(text, "chave.json")
    sentence = str(caught.value)
    assert "\n" not in sentence
    assert not [secret for secret in ("s3cr3t", "BEGIN", "MII", "CSV") if secret in sentence]
