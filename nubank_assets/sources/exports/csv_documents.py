"""Card and account CSV exports to parsed documents, of any era and as spreadsheets save them again."""

from collections.abc import Iterator
from datetime import date

import pyarrow as pa

from nubank_assets.domain.vocabulary import DocumentFormat, RejectReason
from nubank_assets.sources.base import LINES_SCHEMA, ParsedDocument
from nubank_assets.sources.exports.csv_lines import Fields, RowShape, parse_block, settle
from nubank_assets.sources.exports.decoding import decode, line_blocks
from nubank_assets.sources.exports.layouts import Header, find_header
from nubank_assets.sources.exports.typed_lines import FieldLines, Reading, typed_lines


def read_csv(data: bytes, format: DocumentFormat, latest: date) -> ParsedDocument:  # noqa: A002
    """A CSV export, one row per line that is not blank. Raises ValueError if the header is not of `format`."""
    text = decode(data)
    header = find_header(text)
    if header is None or header.layout.format is not format:
        raise ValueError(f"the data is not a {format} document")
    reading = Reading(format, latest, dot_may_be_thousands=header.delimiter != ",")
    tables = [typed_lines(lines, reading) for lines in _blocks(text, header)]
    return ParsedDocument(format, pa.concat_tables([LINES_SCHEMA.empty_table(), *tables]))


def _blocks(text: str, header: Header) -> Iterator[FieldLines]:
    first = header.line_number + 1
    for lines in line_blocks(text, header.end):
        records = parse_block(lines, header.delimiter)
        yield _plain_block(first, lines, records, header) or _settled_block(first, lines, records, header)
        first += len(lines)


def _plain_block(first: int, lines: list[str], records: list[Fields | None], header: Header) -> FieldLines | None:
    """The block, when each of its lines has all its fields: what a file is that nobody touched."""
    width = header.shape.width
    if not all(record and len(record) == width for record in records):
        return None
    values = zip(*(record for record in records if record), strict=True)
    return FieldLines(range(first, first + len(lines)), lines, dict(zip(header.layout.columns, values, strict=True)))


def _settled_block(first: int, lines: list[str], records: list[Fields | None], header: Header) -> FieldLines:
    """The block line by line, less its blank lines."""
    kept = [index for index, line in enumerate(lines) if line.strip()]
    fields = [_fields(lines[index], records[index], header.shape) for index in kept]
    rows = [[None] * header.shape.width if isinstance(row, RejectReason) else row for row in fields]
    return FieldLines(
        numbers=[first + index for index in kept],
        texts=[lines[index] for index in kept],
        columns={name: [row[place] for row in rows] for place, name in enumerate(header.layout.columns)},
        reasons=[row.value if isinstance(row, RejectReason) else None for row in fields],
    )


def _fields(line: str, record: Fields | None, shape: RowShape) -> Fields | RejectReason:
    return record if record and len(record) == shape.width else settle(line, record, shape)
