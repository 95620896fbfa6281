"""Verbatim fields to a table of LINES_SCHEMA: the one place where a line becomes readable or a reject."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc

from nubank_assets.domain.vocabulary import DocumentFormat
from nubank_assets.sources.base import LINES_SCHEMA
from nubank_assets.sources.exports.amounts import parse_amounts
from nubank_assets.sources.exports.dates import ParseDay, parse_dates, parse_day


@dataclass(frozen=True)
class FieldLines:
    """Lines as fields: `columns` by their name in LINES_SCHEMA, and the text each line was read from.

    `reasons` says of which lines the fields could not be told apart; their fields are NULL.
    """

    numbers: Sequence[int]
    texts: Sequence[str]
    columns: Mapping[str, Sequence[str | None]]
    reasons: Sequence[str | None] = field(default=())


@dataclass(frozen=True)
class Reading:
    """How a document's dates and amounts are read."""

    format: DocumentFormat
    latest: date
    parse_day: ParseDay = parse_day
    dot_may_be_thousands: bool = False


def typed_lines(lines: FieldLines, reading: Reading) -> pa.Table:
    """A row per line: with date and centavos (our sign), or with the reason and its text."""
    count = len(lines.numbers)
    raw = {name: pa.array(values, pa.string()) for name, values in lines.columns.items()}
    dates, date_reasons = parse_dates(raw["raw_date"], reading.latest, reading.parse_day)
    amounts, amount_reasons = parse_amounts(raw["raw_amount"], dot_may_be_thousands=reading.dot_may_be_thousands)
    shapes = pa.array(lines.reasons, pa.string()) if lines.reasons else pa.nulls(count, pa.string())
    reasons = pc.coalesce(shapes, date_reasons, amount_reasons)
    readable, centavos = pc.is_null(reasons), pc.multiply(amounts, reading.format.sign)
    columns = raw | {
        "line_number": pa.array(lines.numbers, pa.int32()),
        "raw_text": _texts_of_rejects(lines.texts, reasons),
        "date": pc.if_else(readable, dates, pa.scalar(None, pa.date32())),
        "centavos": pc.if_else(readable, centavos, pa.scalar(None, pa.int64())),
        "rejected_centavos": pc.if_else(readable, pa.scalar(None, pa.int64()), centavos),
        "reason": reasons,
    }
    arrays = [columns.get(field.name, pa.nulls(count, field.type)) for field in LINES_SCHEMA]
    return pa.Table.from_arrays(arrays, schema=LINES_SCHEMA)


def _texts_of_rejects(texts: Sequence[str], reasons: pa.StringArray) -> pa.StringArray:
    if reasons.null_count == len(reasons):
        return pa.nulls(len(reasons), pa.string())
    rejected = pc.is_valid(reasons).to_pylist()
    return pa.array([text if is_reject else None for text, is_reject in zip(texts, rejected, strict=True)], pa.string())
