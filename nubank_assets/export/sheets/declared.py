"""A worksheet as the spreadsheet must have it: its name that never changes, its title, and what its columns are.

Made from the declarations of ``export/worksheets.py``; the rows are in ``content.py``.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from nubank_assets.export.chart_sheets import PANEL
from nubank_assets.export.rows import headers_of, title_of
from nubank_assets.export.sheet import CellType, Worksheet
from nubank_assets.export.sheets.identity import fixed_id
from nubank_assets.export.sheets.panel import PANEL_VERSION

#: Counted up when anything of the layout changes but headers and types: then all worksheets are laid out again.
_LAYOUT_VERSION: Final = 1
#: The first of the columns that the platform adds to those of an original worksheet.
_FIRST_ADDED: Final = "conta"


@dataclass(frozen=True)
class Column:
    """One column: its header, what its cells are, its width in characters."""

    header: str
    type: CellType
    width: int


@dataclass(frozen=True)
class Declared:
    """One worksheet whose columns, from the first on, are the platform's.

    `recognised` is how many headers must be there for a worksheet that the platform did not make to be taken over.
    `drawn` is what is noted of the charts on it; empty where there are none. `is_charted`: charts show its cells.
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    recognised: int
    least_rows: int = 0
    least_columns: int = 0
    drawn: str = ""
    is_charted: bool = False

    @cached_property
    def id(self) -> int:
        """The id it is made with."""
        return fixed_id(self.name)

    @property
    def headers(self) -> list[str]:
        """The headers from left to right."""
        return [column.header for column in self.columns]

    @property
    def layout(self) -> str:
        """What is noted of the layout."""
        columns = [[column.header, column.type.value] for column in self.columns]
        return json.dumps({"version": _LAYOUT_VERSION, "columns": columns}, ensure_ascii=False)


def declared(sheet: Worksheet, locale: str) -> Declared:
    """The worksheet in this language."""
    headers = headers_of(sheet, locale)
    named = zip(headers, sheet.columns, strict=True)
    columns = tuple(Column(header, column.type, column.width) for header, column in named)
    recognised = headers.index(_FIRST_ADDED) if sheet.is_original else len(headers)
    drawn = f"{PANEL_VERSION} {locale}" if sheet is PANEL else ""
    is_charted = sheet.is_for_charts or sheet is PANEL
    return Declared(sheet.title, title_of(sheet, locale), columns, recognised, *sheet.least_size, drawn, is_charted)


def laid_out(layout: str | None) -> list[str]:
    """The headers of a layout that was noted; none of one that cannot be read, which a person may have changed."""
    try:
        noted: Any = json.loads(layout or "{}")
        return [str(header) for header, _ in noted["columns"]]
    except (ValueError, TypeError, KeyError):
        return []


def begins_with(row: Sequence[Any], headers: Sequence[str]) -> int:
    """How many cells of a row, from the first on, are these headers."""
    pairs = zip(row, headers, strict=False)
    return next((index for index, (cell, header) in enumerate(pairs) if cell != header), min(len(row), len(headers)))
