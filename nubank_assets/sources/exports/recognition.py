"""What a file is, by its content alone: never by its name or extension, and never unpacked."""

import re
from typing import Final

from nubank_assets.domain.failures import InputError
from nubank_assets.domain.vocabulary import DocumentFormat
from nubank_assets.messages import message
from nubank_assets.sources.exports.decoding import decode, encoding_of
from nubank_assets.sources.exports.layouts import LAYOUTS, find_header, first_line

#: First bytes of files that are no text, and the sentence for each.
_MAGIC: Final = (
    ((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08", b"\x1f\x8b"), "export_packed"),
    ((b"%PDF",), "export_pdf"),
    ((b"\xd0\xcf\x11\xe0",), "export_workbook"),
)
_OFX_START: Final = re.compile(r"\s*(?:OFXHEADER|<\?OFX|<\?xml|<!DOCTYPE OFX|<OFX>)")
_CARD_STATEMENT: Final = "<CCSTMTRS>"
_ACCOUNT_STATEMENT: Final = "<STMTRS>"
_SHOWN_CHARACTERS: Final = 80


class UnrecognizedExportError(InputError):
    """The file is none of the exports that are read; the message says what it is and what to do."""


def recognize(data: bytes, name: str) -> DocumentFormat:
    """The format of a file; `name` is only for the message. A file of a header and no line is recognised.

    Raises UnrecognizedExportError.
    """
    _refuse_what_is_no_text(data, name)
    header = find_header(data)
    if header:
        return header.layout.format
    number, line = first_line(data)
    if not number:
        raise UnrecognizedExportError(message("export_blank", name=name))
    if _OFX_START.match(line):
        return _recognize_ofx(decode(data), name)
    expected = " | ".join(",".join(layout.header) for layout in LAYOUTS)
    raise UnrecognizedExportError(message("export_csv_header", name=name, found=_shown(line), expected=expected))


def _refuse_what_is_no_text(data: bytes, name: str) -> None:
    if not data:
        raise UnrecognizedExportError(message("export_empty", name=name))
    for starts, key in _MAGIC:
        if data.startswith(starts):
            raise UnrecognizedExportError(message(key, name=name))
    try:
        encoding = encoding_of(data)
    except UnicodeDecodeError as error:
        raise UnrecognizedExportError(message("export_binary", name=name)) from error
    if "\0" in data.decode(encoding) if encoding == "utf-16" else b"\0" in data:
        raise UnrecognizedExportError(message("export_binary", name=name))


def _recognize_ofx(text: str, name: str) -> DocumentFormat:
    _, end, rest = text.rpartition("</OFX>")
    if not end or "<" in rest:
        raise UnrecognizedExportError(message("export_ofx_truncated", name=name))
    cards, accounts = text.count(_CARD_STATEMENT), text.count(_ACCOUNT_STATEMENT)
    if cards + accounts != 1:
        raise UnrecognizedExportError(message("export_ofx_unknown", name=name))
    return DocumentFormat.CARD_OFX if cards else DocumentFormat.ACCOUNT_OFX


def _shown(header: str) -> str:
    printable = "".join(character if character.isprintable() else " " for character in header)
    return printable.strip()[:_SHOWN_CHARACTERS]
