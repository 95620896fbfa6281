"""One demo of 24 months, run once for all tests that only look at it."""

import pytest

from nubank_assets_tests.fakes.homes import DemoHome, demo_home, run


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> DemoHome:
    home = demo_home(tmp_path_factory.mktemp("demo"), months=24)
    (outcome,) = run(home.settings)
    assert outcome.succeeded, outcome
    assert not outcome.warnings
    return home
