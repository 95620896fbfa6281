"""Card and account CSV exports to parsed documents, of any era and as spreadsheets save them again."""

from collections.abc import Iterator
from datetime import date

import pyarrow as pa

from nubank_assets.domain.vocabulary import DocumentFormat, RejectReason
from nubank_assets.sources.base import LINES_SCHEMA, ParsedDocument
from nubank_assets.sources.exports.csv_lines import plain_fields, settle
from nubank_assets.sources.exports.decoding import line_blocks
from nubank_assets.sources.exports.layouts import Header, find_header
from nubank_assets.sources.exports.typed_lines import FieldLines, Reading, typed_lines


def read_csv(data: bytes, format: DocumentFormat, latest: date) -> ParsedDocument:  # noqa: A002
    """A CSV export, one row per line that is not blank. Raises ValueError if the header is not of `format`."""
    header = find_header(data)
    if header is None or header.layout.format is not format:
        raise ValueError(f"the data is not a {format} document")
    reading = Reading(format, latest, dot_may_be_thousands=header.delimiter != ",")
    tables = [typed_lines(lines, reading) for lines in _blocks(data, header)]
    return ParsedDocument(format, pa.concat_tables([LINES_SCHEMA.empty_table(), *tables]))


def _blocks(data: bytes, header: Header) -> Iterator[FieldLines]:
    before = 0
    for block in line_blocks(data):
        above = min(max(header.line_number - before, 0), len(block))
        lines, first = block[above:], before + above + 1
        yield _plain_block(first, lines, header) or _settled_block(first, lines, header)
        before += len(block)


def _plain_block(first: int, lines: list[str], header: Header) -> FieldLines | None:
    fields = plain_fields(lines, header.shape)
    if fields is None:
        return None
    columns = {name: fields[place :: header.shape.width] for place, name in enumerate(header.layout.columns)}
    return FieldLines(range(first, first + len(lines)), lines, columns)


def _settled_block(first: int, lines: list[str], header: Header) -> FieldLines:
    """The block line by line, less its blank lines."""
    kept = [index for index, line in enumerate(lines) if line.strip()]
    fields = [settle(lines[index], header.shape) for index in kept]
    rows = [[None] * header.shape.width if isinstance(row, RejectReason) else row for row in fields]
    return FieldLines(
        numbers=[first + index for index in kept],
        texts=[lines[index] for index in kept],
        columns={name: [row[place] for row in rows] for place, name in enumerate(header.layout.columns)},
        reasons=[row.value if isinstance(row, RejectReason) else None for row in fields],
    )
