"""The rows of a worksheet as they are sent, read once, with their digest: what is equal is not sent again."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from nubank_assets.export.rows import read_rows
from nubank_assets.export.sheet import Row, Worksheet
from nubank_assets.export.sheets.cells import CELL_OVERHEAD, ROW_OVERHEAD, Plain, row_line, rows_of
from nubank_assets.export.sheets.declared import Declared
from nubank_assets.lake.publish import Lake
from nubank_assets.messages import message

#: Rows of a worksheet, the header included, as in the workbook.
MAX_ROWS: Final = 100_000


@dataclass(frozen=True)
class Content:
    """The header and the rows of a worksheet, each as its line of JSON: a tenth of what they take as objects."""

    lines: Sequence[bytes]
    columns: int
    digest: str
    warning: str | None = None

    @property
    def count(self) -> int:
        """Rows without the header."""
        return len(self.lines) - 1

    @property
    def bytes_as_values(self) -> int:
        """Bytes of all rows in a write of values."""
        return sum(len(line) + 2 for line in self.lines)

    @property
    def bytes_as_cells(self) -> int:
        """No fewer bytes than all rows have in `updateCells`."""
        return self.bytes_as_values + len(self.lines) * (ROW_OVERHEAD + self.columns * CELL_OVERHEAD)

    def rows(self, start: int = 0, stop: int | None = None) -> list[list[Plain]]:
        """Some of the rows."""
        return rows_of(self.lines[start:stop])


def read_content(lake: Lake, sheet: Worksheet, declared: Declared, locale: str) -> Content:
    """The rows of a worksheet; a few thousand are objects at a time."""
    found = read_rows(lake, sheet, locale, MAX_ROWS - 1)
    warning = None
    if found.omitted:
        warning = message("sheet_rows_omitted", sheet=declared.title, omitted=found.omitted, kept=found.count)
    return content_of(declared, found.rows, warning)


def content_of(declared: Declared, rows: Iterable[Row], warning: str | None = None) -> Content:
    """The content of a worksheet with these rows; equal rows, columns and layouts have equal digests."""
    digest = hashlib.sha256(declared.layout.encode())
    lines = []
    for line in map(row_line, (declared.headers, *rows)):  # type: ignore[arg-type]
        digest.update(line + b"\n")
        lines.append(line)
    return Content(lines, len(declared.columns), digest.hexdigest(), warning)
