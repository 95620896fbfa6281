"""What the tests of the person's worksheets stand on."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from nubank_assets_tests.fakes.person_sheets import PersonSheets
from nubank_assets_tests.fakes.sheets import sheets_server


@pytest.fixture
def sheets(tmp_path: Path) -> Iterator[PersonSheets]:
    """A shared spreadsheet with both worksheets, without rows."""
    with sheets_server() as google:
        sheets = PersonSheets(google, tmp_path)
        sheets.make()
        yield sheets
