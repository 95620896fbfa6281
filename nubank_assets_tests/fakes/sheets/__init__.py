"""A Google Sheets on this machine, over real HTTP: `with sheets_server() as sheets`.

`sheets.url` and `sheets.service_account` are what the platform is given, `sheets.new_spreadsheet()` is a key,
`sheets.book(key)` what is in it, `sheets.person(key)` its owner at work. Faults are ordered, requests are kept, and
every body is checked against Google's own description of its API.
"""

from nubank_assets_tests.fakes.sheets.api import FakeSheets
from nubank_assets_tests.fakes.sheets.book import Book, Cell, Formula, Sheet
from nubank_assets_tests.fakes.sheets.server import sheets_server

__all__ = ["Book", "Cell", "FakeSheets", "Formula", "Sheet", "sheets_server"]
