"""Who may change what: areas that somebody protected."""

from nubank_assets_tests.fakes.sheets.book import Book
from nubank_assets_tests.fakes.sheets.errors import invalid
from nubank_assets_tests.fakes.sheets.ranges import Area, area_of_grid

#: The person whose spreadsheet it is; may change everything.
OWNER = "pessoa@example.com"


def check_editable(book: Book, area: Area, email: str) -> None:
    """Raise what Google says where an area touches one that others protected."""
    for protected in area.sheet.protected:
        mine = email == OWNER or email in protected.get("editors", {}).get("users", [])
        if mine or protected.get("warningOnly"):
            continue
        if area.overlaps(area_of_grid(book, protected["range"])):
            raise invalid(
                "You are trying to edit a protected cell or object. "
                "Please contact the spreadsheet owner to remove protection if you need to edit."
            )
