"""`nubank google connect` as a person types it: the key is kept, readable by its owner alone, and never shown."""

import json
from pathlib import Path

import pytest

from nubank_assets_tests.cli.conftest import Nubank, nubank
from nubank_assets_tests.fakes.sheets.oauth import make_service_account

__all__ = ["nubank"]
TEXT = make_service_account("https://oauth2.googleapis.com/token")
EMAIL = json.loads(TEXT)["client_email"]
ADDRESS = "https://docs.google.com/spreadsheets/u/1/d/1aBc-DEF_g/edit?gid=0#gid=0"


@pytest.fixture
def keyfile(tmp_path: Path) -> Path:
    path = tmp_path / "Downloads" / "planilhas-123456-0a1b2c.json"
    path.parent.mkdir()
    # As an editor of Windows saves it.
    path.write_bytes(b"\xef\xbb\xbf" + TEXT.replace("\n", "\r\n").encode())
    return path


def test_a_key_is_kept_and_the_two_steps_are_said(nubank: Nubank, keyfile: Path, tmp_path: Path) -> None:
    done = nubank("google", "connect", keyfile)
    assert (done.returncode, done.stderr) == (0, "")
    kept = tmp_path / "home" / "secrets" / "google_service_account"
    assert json.loads(kept.read_text()) == json.loads(TEXT)
    assert (kept.stat().st_mode & 0o777, kept.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    first, second = done.stdout.splitlines()[-2:]
    assert f"adicione {EMAIL} como Editor" in first
    assert "NUBANK_SPREADSHEET=(o endereço da planilha)" in second
    assert "PRIVATE KEY" not in done.stdout
    assert json.loads(TEXT)["private_key_id"] not in done.stdout


def test_the_address_of_the_spreadsheet_becomes_the_setting(nubank: Nubank, keyfile: Path) -> None:
    done = nubank("google", "connect", keyfile, "--spreadsheet", ADDRESS, NUBANK_LOCALE="en")
    assert done.returncode == 0
    assert "Set NUBANK_SPREADSHEET=1aBc-DEF_g " in done.stdout.splitlines()[-1]
    assert f"add {EMAIL} as Editor" in done.stdout


def test_a_key_in_the_environment_that_counts_instead_is_named(nubank: Nubank, keyfile: Path) -> None:
    done = nubank("google", "connect", keyfile, NUBANK_GOOGLE_SERVICE_ACCOUNT=TEXT.replace("planilhas", "outras"))
    assert done.returncode == 0
    assert "NUBANK_GOOGLE_SERVICE_ACCOUNT está definida" in done.stdout


def test_what_is_no_key_is_refused_and_leaves_the_kept_one(nubank: Nubank, keyfile: Path, tmp_path: Path) -> None:
    nubank("google", "connect", keyfile)
    kept = tmp_path / "home" / "secrets" / "google_service_account"
    before = kept.read_bytes()
    wrong = tmp_path / "fatura.json"
    wrong.write_bytes(b"\xff\xfe\x00 9.876,54")
    for path, said in ((wrong, "JSON"), (tmp_path / "nada.json", "não existe"), (tmp_path, "não foi possível ler")):
        done = nubank("google", "connect", path)
        assert (done.returncode, done.stdout) == (2, "")
        assert said in done.stderr
        assert len(done.stderr.splitlines()) == 1
    refused = nubank("google", "connect", keyfile, "--spreadsheet", "https://example.com/planilha")
    assert refused.returncode == 2
    assert "NUBANK_SPREADSHEET" in refused.stderr
    assert kept.read_bytes() == before
