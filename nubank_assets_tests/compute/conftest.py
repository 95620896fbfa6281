"""What the checks say is compared in English."""

import pytest


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch, _own_world: None) -> None:
    monkeypatch.setenv("NUBANK_LOCALE", "en")
