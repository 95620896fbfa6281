"""The registry of formats: one reader each. A new bank's export is a function, a line here and a golden pair.

Readers are imported when a document of theirs is read: the OFX parser alone takes longer to import than a
month's CSV to read.
"""

from collections.abc import Callable
from datetime import date
from importlib import import_module
from typing import Final

from nubank_assets.domain.vocabulary import DocumentFormat
from nubank_assets.sources.base import ParsedDocument

Reader = Callable[[bytes, DocumentFormat, date], ParsedDocument]

_CSV: Final = "exports.csv_documents:read_csv"
_OFX: Final = "exports.ofx_documents:read_ofx"
_PYNUBANK: Final = "pynubank.reading:read_answer"
_PLUGGY: Final = "pluggy.reading:read_answer"
_STATED: Final = "stated:read_statement"
_STATED_ROWS: Final = "sheets.stated_rows:read_statements"

#: Where the reader of each format is, in this package.
READERS: Final[dict[DocumentFormat, str]] = {
    DocumentFormat.CARD_CSV: _CSV,
    DocumentFormat.CARD_OFX: _OFX,
    DocumentFormat.CARD_PYNUBANK_BILL: _PYNUBANK,
    DocumentFormat.CARD_PYNUBANK_FEED: _PYNUBANK,
    DocumentFormat.CARD_PYNUBANK_LIMIT: _PYNUBANK,
    DocumentFormat.CARD_PLUGGY_BILL: _PLUGGY,
    DocumentFormat.CARD_PLUGGY_LIMIT: _PLUGGY,
    DocumentFormat.CARD_STATED_LIMIT: _STATED,
    DocumentFormat.ACCOUNT_CSV: _CSV,
    DocumentFormat.ACCOUNT_OFX: _OFX,
    DocumentFormat.ACCOUNT_PYNUBANK_FEED: _PYNUBANK,
    DocumentFormat.ACCOUNT_PYNUBANK_BALANCE: _PYNUBANK,
    DocumentFormat.ACCOUNT_PLUGGY_FEED: _PLUGGY,
    DocumentFormat.ACCOUNT_PLUGGY_BALANCE: _PLUGGY,
    DocumentFormat.ACCOUNT_STATED_BALANCE: _STATED,
    DocumentFormat.CARD_STATED_LIMITS: _STATED_ROWS,
    DocumentFormat.ACCOUNT_STATED_BALANCES: _STATED_ROWS,
    DocumentFormat.STATED_CORRECTIONS: "sheets.correction_rows:read_document",
    DocumentFormat.STATED_CORRECTION: "sheets.correction_rows:read_document",
    DocumentFormat.STATED_RULE: "own_rules:read_document",
}


def read_document(data: bytes, format: DocumentFormat, latest: date) -> ParsedDocument:  # noqa: A002
    """A document that `recognize` or a source said is of `format`, every line readable, void or a reject.

    A line dated after `latest` is a reject. Raises UnrecognizedExportError when what surrounds the lines of an
    OFX is damaged, SourceAnswerError when an answer's own shape is unknown, and ValueError or UnicodeDecodeError
    when `recognize` never said so.
    """
    module, name = READERS[format].split(":")
    reader: Reader = getattr(import_module(f"nubank_assets.sources.{module}"), name)
    return reader(data, format, latest)
