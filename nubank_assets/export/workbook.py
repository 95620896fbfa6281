"""The workbook: every worksheet in one file, replaced whole.

Which worksheets and rows there are is declared in ``worksheets.py``; how a cell looks is in ``drawing.py``.
"""

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import xlsxwriter
from xlsxwriter.exceptions import XlsxWriterException

from nubank_assets.domain.failures import PermanentError
from nubank_assets.export.chart_sheets import PANEL
from nubank_assets.export.drawing import PURPLE, Canvas, make_formats, set_up_page, write_rows
from nubank_assets.export.labels import sentence
from nubank_assets.export.page import Page
from nubank_assets.export.panel_page import draw_band, draw_panel
from nubank_assets.export.rows import SheetRows, headers_of, headings_of, read_rows, title_of
from nubank_assets.export.sheet import Worksheet
from nubank_assets.export.worksheets import WORKSHEETS
from nubank_assets.lake.publish import Lake

#: Rows of a worksheet, headings included. A format would hold ten times as many, but no person scrolls through
#: them and they take minutes to open; `nubank query` has them all.
MAX_ROWS: Final = 100_000
#: No clock is read: the same lake gives the same bytes.
_CREATED: Final = datetime(2000, 1, 1)  # noqa: DTZ001 (XlsxWriter writes it as UTC)
_OPTIONS: Final = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_LOG: Final = logging.getLogger(__name__)


def write_workbook(lake: Lake, path: Path, locale: str) -> int:
    """Write every worksheet to `path` in this language (pt-BR or en) and return how many rows of data they hold.

    A reader of `path` sees the old file or the new one; only its owner may read it. Raises PermanentError when the
    file cannot be replaced (on Windows: while it is open) or written.
    """
    with _explained(path, locale):
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        folder = TemporaryDirectory(prefix=".workbook-", dir=path.parent)
    with folder:
        staged = Path(folder.name) / "workbook.xlsx"
        count = _write(lake, staged, locale)
        with _explained(path, locale):
            staged.chmod(0o600)
            staged.replace(path)
    return count


@contextmanager
def _explained(path: Path, locale: str) -> Iterator[None]:
    """Failures of writing in one plain sentence; those of reading the lake stay what they are."""
    try:
        yield
    except PermissionError as error:
        raise PermanentError(sentence("workbook_locked", locale, path=path)) from error
    except (OSError, XlsxWriterException) as error:
        raise PermanentError(sentence("workbook_not_written", locale, path=path, error=error)) from error


def _write(lake: Lake, path: Path, locale: str) -> int:
    """Write a whole workbook; its pieces wait beside it."""
    book = xlsxwriter.Workbook(str(path), {**_OPTIONS, "tmpdir": str(path.parent)})
    book.use_zip64()
    book.set_properties({"title": "Nubank", "created": _CREATED})
    canvas = Canvas(book, make_formats(book, locale), locale)
    count = sum(_write_sheet(canvas, lake, sheet) for sheet in WORKSHEETS)
    with _explained(path, locale):
        book.close()
    return count


def _write_sheet(canvas: Canvas, lake: Lake, sheet: Worksheet) -> int:
    headings = headings_of(lake, sheet, canvas.locale)
    header_row = len(headings)
    page = canvas.book.add_worksheet(title_of(sheet, canvas.locale), Page)
    found = read_rows(lake, sheet, canvas.locale, MAX_ROWS - header_row - 1)
    if headings:
        page.set_tab_color(PURPLE)
    set_up_page(page, sheet.columns, header_row, header_row + found.count)
    if sheet is PANEL:
        draw_band(canvas, page, headings)
    else:
        _write_headings(canvas, page, headings)
    _write_header(canvas, page, sheet, header_row, _note(sheet, found, canvas.locale))
    if sheet is PANEL:
        draw_panel(canvas, page, lake, list(found.rows), header_row)
    else:
        write_rows(page, header_row + 1, found.rows, sheet.columns, canvas.formats)
    if not found.count and headings:
        page.write_string(header_row + 1, 0, sentence(sheet.empty, canvas.locale), canvas.formats.note)
    return found.count


def _write_headings(canvas: Canvas, page: Any, headings: Sequence[str]) -> None:
    formats = canvas.formats
    styles = (formats.title, formats.note, formats.note, formats.warning)
    for row, text in enumerate(headings):
        if text:
            page.write_string(row, 0, text, styles[row])


def _write_header(canvas: Canvas, page: Any, sheet: Worksheet, row: int, note: str | None) -> None:
    """The header and, to its right, what the reader must know where nothing may stand above it."""
    page.set_row(row, 32 if row else 20)
    for index, (name, column) in enumerate(zip(headers_of(sheet, canvas.locale), sheet.columns, strict=True)):
        page.write_string(row, index, name, canvas.formats.headers[column.type])
    if note:
        page.write_string(row, len(sheet.columns) + 1, note, canvas.formats.warning)


def _note(sheet: Worksheet, found: SheetRows, locale: str) -> str | None:
    if found.omitted:
        name = title_of(sheet, locale)
        note = sentence("sheet_rows_omitted", locale, sheet=name, omitted=found.omitted, kept=found.count)
        _LOG.warning(note)
        return note
    return sentence(sheet.empty, locale) if sheet.intro is None and not found.count else None
