"""Physical lines to fields, one line one record, whatever its quotes. What the fields mean is not known here.

The quotes of an export cannot be trusted: era A does not escape them, and people's spreadsheets wrap whole
lines. A record that ran over several lines would swallow other people's money, so there is none.
"""

import csv
import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from nubank_assets.domain.vocabulary import RejectReason

#: The end of a line in which a decimal comma and the separator cannot be told apart: `Loja,345,87`.
_COMMA_TAIL: Final = re.compile(r"(?:^|,)\s*[-\u2212]?\s?(?:R\$\s?)?[0-9.]+,[0-9]{1,2}\s*$")
_NUMBER: Final = re.compile(r"^\s*[-\u2212]?\s?(?:R\$\s?)?[0-9.]+\s*$")
_TWO_DIGITS: Final = re.compile(r"^[0-9]{1,2}$")


@dataclass(frozen=True)
class RowShape:
    """How many fields a line has, what separates them, and which one may hold separators and quotes."""

    width: int
    delimiter: str
    free_text: int | None


Fields = list[str]


def parse_line(line: str, delimiter: str) -> Fields:
    """The fields of one line by the rules of CSV (RFC 4180); none when the line breaks them or is empty."""
    try:
        return next(csv.reader([line], delimiter=delimiter, strict=True), [])
    except csv.Error:
        return []


def plain_fields(lines: list[str], shape: RowShape) -> Fields | None:
    """The fields of all lines, one after the other, if every line is one record with all its fields, else None.

    This is what a file is that nobody touched, or that a spreadsheet wrapped whole, so it is read in one pass.
    A record that needs more than one line leaves too few fields, and is not taken.
    """
    fields = _one_pass(lines, shape.delimiter, shape.width)
    if fields is None and lines[0].startswith('"'):
        inner = _one_pass(lines, shape.delimiter, 1)
        fields = inner and _one_pass(inner, shape.delimiter, shape.width)
    return fields


def _one_pass(lines: list[str], delimiter: str, width: int) -> Fields | None:
    fields: Fields = []
    try:
        for record in csv.reader(lines, delimiter=delimiter, strict=True):
            if len(record) != width:
                return None
            fields += record
    except csv.Error:
        return None
    return fields if len(fields) == width * len(lines) else None


def unwrap(line: str, fields: Fields) -> str | None:
    """The line inside a line that a spreadsheet wrapped in quotes as one field; None when it is not wrapped."""
    bare = line.strip()
    if not bare.startswith('"'):
        return None
    if not fields:
        return bare[1:-1] if len(bare) > 1 and bare.endswith('"') else None
    return fields[0] if not any(fields[1:]) else None


def settle(line: str, shape: RowShape) -> Fields | RejectReason:
    """Exactly `shape.width` fields of any line, or why there is no sure way to have them."""
    fields = parse_line(line, shape.delimiter)
    if len(fields) == shape.width:
        return fields
    inner = unwrap(line, fields)
    if inner is not None:
        line, fields = inner, parse_line(inner, shape.delimiter)
    return _fit(fields, shape.width) or _repair(line, shape)


def _fit(fields: Fields, width: int) -> Fields | None:
    """The fields, less the empty ones a spreadsheet adds at the end, if there are `width` of them."""
    if len(fields) < width or any(field.strip() for field in fields[width:]):
        return None
    return fields[:width]


def _repair(line: str, shape: RowShape) -> Fields | RejectReason:
    """Split a line around its free text, which stays verbatim, unless a decimal comma may be in the way."""
    ends_in_amount = shape.free_text != shape.width - 1
    if ends_in_amount and shape.delimiter == "," and _COMMA_TAIL.search(line):
        return RejectReason.AMBIGUOUS_AMOUNT
    if shape.free_text is None:
        return RejectReason.WRONG_FIELD_COUNT
    after = shape.width - shape.free_text - 1
    fields = line.split(shape.delimiter, shape.free_text)
    fields[-1:] = fields[-1].rsplit(shape.delimiter, after)
    others = [field for index, field in enumerate(fields) if index != shape.free_text]
    if len(fields) != shape.width or any('"' in field for field in others):
        return RejectReason.WRONG_FIELD_COUNT
    if _split_amount(others, shape.delimiter):
        return RejectReason.AMBIGUOUS_AMOUNT
    return fields


def _split_amount(fields: Fields, delimiter: str) -> bool:
    """Whether a whole number is followed by a field of one or two digits: an amount cut at its decimal comma."""
    return delimiter == "," and any(
        _NUMBER.match(left) and _TWO_DIGITS.match(right.strip()) for left, right in pairwise(fields)
    )
