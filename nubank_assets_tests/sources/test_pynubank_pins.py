"""pynubank pins packages with known vulnerabilities; the lock overrides them, and pynubank works with what it gets.

Proven against pynubank's own mock client, which answers as Nubank did; no network.
"""

import re
from importlib.metadata import requires, version

import pytest
from pynubank import MockHttpClient, Nubank

#: What pynubank 2.25.0 asks for, and cryptography, which its pyOpenSSL 23.2.0 holds below 42.
PINS = {"requests": (2, 31), "pyopenssl": (23, 2), "cryptography": (41,)}


@pytest.fixture(scope="module")
def nubank() -> Nubank:
    nubank = Nubank(MockHttpClient())
    nubank.authenticate_with_cert("12345678909", "password", cert_data=b"certificate")
    return nubank


def _release(package: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"[0-9]+", version(package))[:2])


@pytest.mark.parametrize("package", PINS)
def test_what_is_installed_is_newer_than_what_pynubank_pins(package: str) -> None:
    pin = PINS[package]
    assert _release(package)[: len(pin)] > pin


def test_pynubank_still_pins_what_the_lock_overrides() -> None:
    """When a later pynubank lets go of these, the overrides in pyproject.toml can go too."""
    pinned = {
        requirement.replace(" ", "").replace("(", "").replace(")", "") for requirement in requires("pynubank") or []
    }
    assert {"requests==2.31.0", "pyOpenSSL==23.2.0"} <= pinned


def test_the_card_feed_is_read(nubank: Nubank) -> None:
    events = nubank.get_card_feed()["events"]
    assert {"description", "amount", "time", "category"} <= events[0].keys()


def test_card_statements_are_read(nubank: Nubank) -> None:
    assert all(statement["category"] == "transaction" for statement in nubank.get_card_statements())


def test_the_bills_are_read(nubank: Nubank) -> None:
    bills = nubank.get_bills()
    assert {bill["state"] for bill in bills} >= {"future", "open"}
    assert all("due_date" in bill["summary"] for bill in bills)


def test_the_account_balance_is_read(nubank: Nubank) -> None:
    assert nubank.get_account_balance() == pytest.approx(127.33)


def test_the_account_feed_is_read(nubank: Nubank) -> None:
    assert {"id", "title", "detail"} <= nubank.get_account_feed()[0].keys()
