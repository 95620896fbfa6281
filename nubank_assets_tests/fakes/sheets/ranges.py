"""Places in a grid: A1 notation and Google's GridRange, with the limits of the grid."""

import re
from dataclasses import dataclass
from typing import Any

from nubank_assets_tests.fakes.sheets.book import Book, Sheet
from nubank_assets_tests.fakes.sheets.errors import invalid

_CORNER = re.compile(r"^\$?([A-Za-z]{1,3})?\$?(\d+)?$")
_PLAIN_TITLE = re.compile(r"^[A-Za-z_][A-Za-z0-9_]*$")


@dataclass(frozen=True)
class Area:
    """A part of a worksheet, its ends excluded; `is_open`: A1 named no end there."""

    sheet: Sheet
    top: int
    left: int
    bottom: int
    right: int
    is_open: bool = False

    @property
    def is_single(self) -> bool:
        return (self.bottom - self.top, self.right - self.left) == (1, 1)

    def places(self) -> list[tuple[int, int]]:
        return [(row, column) for row in range(self.top, self.bottom) for column in range(self.left, self.right)]

    def overlaps(self, other: "Area") -> bool:
        if self.sheet.id != other.sheet.id or not (self.top < other.bottom and other.top < self.bottom):
            return False
        return self.left < other.right and other.left < self.right

    def __str__(self) -> str:
        first, last = f"{letters(self.left)}{self.top + 1}", f"{letters(self.right - 1)}{self.bottom}"
        return f"{quoted(self.sheet.title)}!{first}" + ("" if first == last else f":{last}")


def letters(column: int) -> str:
    """The name of a column by its number from 0."""
    name, number = "", column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        name = chr(65 + rest) + name
    return name


def column_number(name: str) -> int:
    number = 0
    for letter in name.upper():
        number = number * 26 + ord(letter) - 64
    return number - 1


def quoted(title: str) -> str:
    is_plain = _PLAIN_TITLE.match(title) and not re.match(r"^[A-Za-z]{1,3}\d+$", title)
    return title if is_plain else "'" + title.replace("'", "''") + "'"


def area_of_grid(book: Book, grid: dict[str, Any]) -> Area:
    """A GridRange; one that reaches beyond the grid is refused."""
    sheet = book.by_id(grid.get("sheetId", 0))
    top, left = grid.get("startRowIndex", 0), grid.get("startColumnIndex", 0)
    bottom, right = grid.get("endRowIndex", sheet.row_count), grid.get("endColumnIndex", sheet.column_count)
    area = Area(sheet, top, left, bottom, right)
    if not (0 <= top < bottom and 0 <= left < right):
        raise invalid(f"GridRange is empty or turned around: {grid}")
    return _inside(area)


def _inside(area: Area) -> Area:
    sheet = area.sheet
    if area.bottom > sheet.row_count or area.right > sheet.column_count:
        limits = f"Max rows: {sheet.row_count}, max columns: {sheet.column_count}"
        raise invalid(f"Range ({area}) exceeds grid limits. {limits}")
    return area


def area_of_a1(book: Book, text: str, *, writing: bool = False) -> Area:
    """A range in A1 notation. Reading stops at the ends of the grid; writing may begin only inside."""
    sheet, reference = _parts(book, text)
    corners = [_CORNER.match(part) for part in reference.split(":")] if reference else []
    if len(corners) > 2 or any(not corner or not corner[0] for corner in corners):
        raise invalid(f"Unable to parse range: {text}")
    ends = [(corner[1], corner[2]) for corner in corners if corner] or [(None, None)]
    columns = [column_number(name) for name, _ in ends if name]
    rows = [int(number) - 1 for _, number in ends if number]
    open_below, open_right = not ends[-1][1], not ends[-1][0]
    top, left = min(rows, default=0), min(columns, default=0)
    bottom = sheet.row_count if open_below else max(rows) + 1
    right = sheet.column_count if open_right else max(columns) + 1
    if top >= sheet.row_count or left >= sheet.column_count:
        _inside(Area(sheet, top, left, max(bottom, top + 1), max(right, left + 1)))
    if not writing:
        bottom, right = min(bottom, sheet.row_count), min(right, sheet.column_count)
    return Area(sheet, top, left, bottom, right, open_below or open_right)


def _parts(book: Book, text: str) -> tuple[Sheet, str]:
    """The worksheet and the reference within it; a title alone is the whole worksheet."""
    found = re.match(r"^(?:'((?:[^']|'')*)'|([^!']*))!(.*)$", text, re.DOTALL)
    if found:
        title = found[2] if found[1] is None else found[1].replace("''", "'")
        reference = found[3]
    else:
        bare = text[1:-1].replace("''", "'") if re.match(r"^'.*'$", text) else text
        if book.find(bare):
            return book.sheet(bare), ""
        title, reference = book.sheets[0].title, text
    sheet = book.find(title)
    if not sheet:
        raise invalid(f"Unable to parse range: {text}")
    return sheet, reference
