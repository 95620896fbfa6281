"""What every source gives to the rest of the platform: documents, read into lines that say what they say.

A source collects immutable documents into the inbox and reads a stored document back into a
`ParsedDocument`. It decides nothing about which document counts (``domain/documents.py``) or what a line
means (``transforms``).
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Final

import pyarrow as pa

from nubank_assets.domain.vocabulary import DocumentFormat

#: Lines of a document, in its order. The `raw_*` columns are verbatim; `date` and `centavos` are NULL, and
#: `reason` and `raw_text` are not, exactly when a line is a reject. `centavos` has our sign.
LINES_SCHEMA: Final = pa.schema(
    [
        pa.field("line_number", pa.int32(), nullable=False),
        pa.field("raw_date", pa.string()),
        pa.field("raw_title", pa.string()),
        pa.field("raw_amount", pa.string()),
        pa.field("raw_category", pa.string()),
        pa.field("raw_identifier", pa.string()),
        pa.field("raw_text", pa.string()),
        pa.field("date", pa.date32()),
        pa.field("centavos", pa.int64()),
        pa.field("reason", pa.string()),
    ]
)


@dataclass(frozen=True)
class ParsedDocument:
    """One document, read: its lines and what it says of itself.

    `cycle_end` is a bill's last day (OFX DTEND), `as_of` the moment the document gives for itself (UTC),
    `ledger_brl` its LEDGERBAL with the day it is for. What a format does not say is None.
    """

    format: DocumentFormat
    lines: pa.Table
    external_account: str | None = None
    cycle_end: date | None = None
    as_of: datetime | None = None
    ledger_brl: Decimal | None = None
    ledger_on: date | None = None
