"""Card and account OFX exports to parsed documents, with the tags of SGML (2017 on) or of XML (2026 on).

Each transaction is given to the parser alone, so that a broken one spoils no other, and its line and text are
known. The parser knows no document types: an entity is never expanded and nothing is ever fetched.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final
from xml.etree.ElementTree import Element

import pyarrow as pa
from ofxtools.Parser import TreeBuilder

from nubank_assets.domain.vocabulary import DocumentFormat, RejectReason
from nubank_assets.messages import message
from nubank_assets.sources.base import ParsedDocument
from nubank_assets.sources.exports.amounts import parse_amounts
from nubank_assets.sources.exports.decoding import decode, newline_of
from nubank_assets.sources.exports.ofx_times import ofx_day, ofx_moment
from nubank_assets.sources.exports.recognition import UnrecognizedExportError
from nubank_assets.sources.exports.typed_lines import FieldLines, Reading, typed_lines

_BOUNDARY: Final = re.compile(r"</?STMTTRN>|</BANKTRANLIST>|</OFX>")
#: A `<` that opens no tag: part of somebody's name.
_STRAY: Final = re.compile(r"<(?!/?[A-Z0-9._]+>|!\[CDATA\[)")
_ENTITY: Final = re.compile(r"&(?:(amp|lt|gt|quot|apos|nbsp)|#([0-9]{1,7})|#[xX]([0-9A-Fa-f]{1,6}));")
_NAMED: Final = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'", "nbsp": "\u00a0"}
_COLUMNS: Final = ("raw_date", "raw_title", "raw_amount", "raw_identifier")


@dataclass(frozen=True)
class _Block:
    start: int
    end: int


def read_ofx(data: bytes, format: DocumentFormat, latest: date) -> ParsedDocument:  # noqa: A002
    """An OFX export: a row per STMTTRN, and what the document says of itself.

    Raises UnrecognizedExportError when what surrounds the transactions is damaged.
    """
    text = decode(data)
    blocks = list(_blocks(text))
    lines = typed_lines(_field_lines(text, blocks), Reading(format, latest, ofx_day))
    head = _head(_around(text, blocks))
    ledger = next(head.iter("LEDGERBAL"), Element("LEDGERBAL"))
    moments = [ofx_moment(stamp) for stamp in (_value(head, "DTSERVER"), _value(ledger, "DTASOF")) if stamp]
    return ParsedDocument(
        format,
        lines,
        external_account=_value(head, "ACCTID"),
        cycle_start=ofx_day(_value(head, "DTSTART") or ""),
        cycle_end=ofx_day(_value(head, "DTEND") or ""),
        as_of=max((moment for moment in moments if moment), default=None),
        ledger_brl=_reais(_value(ledger, "BALAMT")),
        ledger_on=ofx_day(_value(ledger, "DTASOF") or ""),
    )


def _blocks(text: str) -> Iterator[_Block]:
    """Where each STMTTRN stands: to its closing tag, or to what follows where that is missing."""
    start: int | None = None
    for match in _BOUNDARY.finditer(text):
        closes = match[0] == "</STMTTRN>"
        if start is not None:
            yield _Block(start, match.end() if closes else match.start())
        start = match.start() if match[0] == "<STMTTRN>" else None


def _around(text: str, blocks: list[_Block]) -> str:
    starts, ends = [0, *(block.end for block in blocks)], [*(block.start for block in blocks), len(text)]
    return "".join(text[start:end] for start, end in zip(starts, ends, strict=True))


def _field_lines(text: str, blocks: list[_Block]) -> FieldLines:
    texts = [text[block.start : block.end].rstrip() for block in blocks]
    rows = [_fields(block) for block in texts]
    columns = {name: [row[place] if row else None for row in rows] for place, name in enumerate(_COLUMNS)}
    reasons = [None if row else RejectReason.WRONG_FIELD_COUNT.value for row in rows]
    return FieldLines(_line_numbers(text, blocks), texts, columns, reasons)


def _line_numbers(text: str, blocks: list[_Block]) -> list[int]:
    """The line each block starts on; their ordinals where two start on one line."""
    newline, numbers, line, seen = newline_of(text), [], 1, 0
    for block in blocks:
        line += text.count(newline, seen, block.start)
        seen = block.start
        numbers.append(line)
    return numbers if len(set(numbers)) == len(numbers) else list(range(1, len(blocks) + 1))


def _fields(block: str) -> tuple[str | None, str, str | None, str | None] | None:
    """Date, title, amount and identifier of one transaction, None when its tags are broken."""
    try:
        tree = _tree(block)
    except (SyntaxError, IndexError):
        return None
    title = _value(tree, "MEMO") or _value(tree, "NAME") or ""
    return _value(tree, "DTPOSTED"), title, _value(tree, "TRNAMT"), _value(tree, "FITID")


def _head(text: str) -> Element:
    try:
        return _tree(text)
    except (SyntaxError, IndexError) as error:
        raise UnrecognizedExportError(message("export_ofx_broken", error=str(error).split("\n")[0][:80])) from error


def _tree(text: str) -> Element:
    builder = TreeBuilder()
    builder.feed(_STRAY.sub("&lt;", text[max(text.find("<OFX>"), 0) :]))
    root: Element | None = builder.close()
    return Element("OFX") if root is None else root


def _value(tree: Element, tag: str) -> str | None:
    """The text of the first `tag` below `tree`, wherever unclosed tags put it, its entities decoded once."""
    element = next((element for element in tree.iter(tag) if element.text), None)
    return _ENTITY.sub(_character, element.text) if element is not None and element.text else None


def _character(entity: re.Match[str]) -> str:
    named, decimal, hexadecimal = entity.groups()
    if named:
        return _NAMED[named]
    code = int(decimal) if decimal else int(hexadecimal, 16)
    is_character = 0x20 <= code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF
    return chr(code) if is_character else entity[0]


def _reais(text: str | None) -> Decimal | None:
    centavos = parse_amounts(pa.array([text], pa.string()))[0][0].as_py()
    return None if centavos is None else Decimal(centavos).scaleb(-2)
