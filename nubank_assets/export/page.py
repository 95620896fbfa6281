"""A worksheet that writes its cells fast and lets no text be anything but text.

The one place that knows XlsxWriter's insides: if a later version stops calling `_write_cell`, cells are written by
XlsxWriter itself, correct but slower, and the test of text that looks like its own markup fails.
"""

import re
from functools import cache
from typing import Any, Final
from xml.sax.saxutils import escape

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

#: What a spreadsheet would turn into another character.
_LOOKS_ESCAPED: Final = re.compile("(_x[0-9a-fA-F]{4}_)")


class Page(Worksheet):  # type: ignore[misc]
    """A worksheet whose numbers and texts, all with a format, are written in one step.

    XlsxWriter takes a text that starts with ``<r>`` and ends with ``</r>`` for markup of its own; here it is text.
    """

    def _write_cell(self, row: int, col: int, cell: Any) -> None:
        name = type(cell).__name__
        if cell.format is None or name not in ("Number", "String"):
            super()._write_cell(row, col, cell)
            return
        start = f'<c r="{_column_name(col)}{row + 1}" s="{cell.format._get_xf_index()}"'
        if name == "Number":
            self.fh.write(f"{start}><v>{cell.number:.16G}</v></c>")
        else:
            self.fh.write(f'{start} t="inlineStr"><is><t xml:space="preserve">{_as_xml(cell.string)}</t></is></c>')


_column_name = cache(xl_col_to_name)


def _as_xml(text: str) -> str:
    if "_x" in text:
        text = _LOOKS_ESCAPED.sub(r"_x005F\1", text)
    return escape(text)
