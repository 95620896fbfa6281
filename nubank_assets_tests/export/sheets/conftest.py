"""What the tests of publishing stand on."""

from collections.abc import Iterator

import pytest

from nubank_assets_tests.export.sheets.home import Home
from nubank_assets_tests.fakes.sheets import sheets_server


@pytest.fixture
def home() -> Iterator[Home]:
    """A Google with a spreadsheet that a person made and shared."""
    with sheets_server() as google:
        yield Home(google, google.new_spreadsheet())
