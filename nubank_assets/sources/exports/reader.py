"""The registry of formats: one reader each. A new bank's export is a function, a line here and a golden pair."""

from collections.abc import Callable
from datetime import date
from typing import Final

from nubank_assets.domain.vocabulary import DocumentFormat
from nubank_assets.sources.base import ParsedDocument
from nubank_assets.sources.exports.csv_documents import read_csv

Reader = Callable[[bytes, DocumentFormat, date], ParsedDocument]


def _read_ofx(data: bytes, format: DocumentFormat, latest: date) -> ParsedDocument:  # noqa: A002
    """An OFX; its parser takes longer to import than a month's CSV to read."""
    from nubank_assets.sources.exports.ofx_documents import read_ofx

    return read_ofx(data, format, latest)


READERS: Final[dict[DocumentFormat, Reader]] = {
    DocumentFormat.CARD_CSV: read_csv,
    DocumentFormat.CARD_OFX: _read_ofx,
    DocumentFormat.ACCOUNT_CSV: read_csv,
    DocumentFormat.ACCOUNT_OFX: _read_ofx,
}


def read_document(data: bytes, format: DocumentFormat, latest: date) -> ParsedDocument:  # noqa: A002
    """A document that `recognize` said is of `format`, with every line readable or a reject with its reason.

    A line dated after `latest` is a reject. Raises UnrecognizedExportError when what surrounds the lines of an
    OFX is damaged, and ValueError or UnicodeDecodeError when `recognize` never said so.
    """
    return READERS[format](data, format, latest)
