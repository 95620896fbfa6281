"""The headers of the CSV files Nubank exports, and how a header line is found. Data lines are `csv_lines`.

A new era of an export is one more `Layout`.
"""

import unicodedata
from dataclasses import dataclass
from itertools import chain
from typing import Final

from nubank_assets.domain.vocabulary import DocumentFormat
from nubank_assets.sources.exports.csv_lines import RowShape, parse_line, unwrap
from nubank_assets.sources.exports.decoding import line_blocks


@dataclass(frozen=True)
class Layout:
    """One header, and the column of LINES_SCHEMA each of its fields fills.

    `free_text` is the field whose text may hold separators and quotes nobody escaped, or None where the
    export escapes them.
    """

    format: DocumentFormat
    header: tuple[str, ...]
    columns: tuple[str, ...]
    free_text: int | None


LAYOUTS: Final = (
    # Era A, 2018 to about 2024. Its titles are not escaped.
    Layout(
        DocumentFormat.CARD_CSV,
        ("date", "category", "title", "amount"),
        ("raw_date", "raw_category", "raw_title", "raw_amount"),
        free_text=2,
    ),
    # Eras B (dot amounts) and C (quoted comma amounts), since about 2024.
    Layout(DocumentFormat.CARD_CSV, ("date", "title", "amount"), ("raw_date", "raw_title", "raw_amount"), None),
    Layout(
        DocumentFormat.ACCOUNT_CSV,
        ("data", "valor", "identificador", "descrição"),
        ("raw_date", "raw_amount", "raw_identifier", "raw_title"),
        free_text=3,
    ),
)
_BY_HEADER: Final = {layout.header: layout for layout in LAYOUTS}
_DELIMITERS: Final = (",", ";", "\t")


@dataclass(frozen=True)
class Header:
    """A recognised header line: the data starts on the line after it."""

    layout: Layout
    delimiter: str
    line_number: int

    @property
    def shape(self) -> RowShape:
        """How a data line under this header splits into fields."""
        return RowShape(len(self.layout.columns), self.delimiter, self.layout.free_text)


def first_line(data: bytes) -> tuple[int, str]:
    """Number and text of the first line of a file that is not blank; (0, "") if there is none."""
    lines = enumerate(chain.from_iterable(line_blocks(data)), start=1)
    return next(((number, line) for number, line in lines if line.strip()), (0, ""))


def find_header(data: bytes) -> Header | None:
    """The header of a CSV export, whatever its separator, or None when it is not one we know."""
    number, line = first_line(data)
    for delimiter in _DELIMITERS:
        layout = _BY_HEADER.get(_cells(line, delimiter))
        if layout:
            return Header(layout, delimiter, number)
    return None


def _cells(line: str, delimiter: str) -> tuple[str, ...]:
    line = line.strip(" ")
    inner = unwrap(line, parse_line(line, delimiter))
    cells = parse_line(inner or line, delimiter)
    while cells and not cells[-1].strip():
        cells.pop()
    return tuple(unicodedata.normalize("NFC", cell).strip().lower() for cell in cells)
