"""What every source gives to the rest of the platform: documents, read into lines that say what they say.

A source collects immutable documents into the inbox and reads a stored document back into a
`ParsedDocument`. It decides nothing about which document counts (``domain/documents.py``) or what a line
means (``transforms``).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Final, Protocol, runtime_checkable

import pyarrow as pa

from nubank_assets.domain.vocabulary import BillState, DocumentFormat, Reading
from nubank_assets.lake.inbox import Receipt

#: What only some sources know of a line. Times are UTC; amounts are BRL except `foreign_amount`.
DETAIL_FIELDS: Final = (
    pa.field("occurred_at", pa.timestamp("us", tz="UTC")),
    pa.field("card_last_four", pa.string()),
    pa.field("merchant_code", pa.string()),
    pa.field("foreign_currency", pa.string()),
    pa.field("foreign_amount", pa.decimal128(18, 2)),
    pa.field("included_iof_brl", pa.decimal128(18, 2)),
)

#: Lines of a document, in its order. The `raw_*` columns are verbatim. `centavos` has our sign. Exactly when a
#: line is a reject, `reason` and `raw_text` are not NULL, and `date` and `centavos` are. `statement_title` is the
#: title in the words of an export (`Loja Azul - Parcela 2/10`, `Transferência enviada pelo Pix - NOME`), where
#: the source words it otherwise; NULL where `raw_title` has them. `void_reason` is set on a line that can be read
#: and moved no money; only such a line may have a date and no centavos.
LINES_SCHEMA: Final = pa.schema(
    [
        pa.field("line_number", pa.int32(), nullable=False),
        pa.field("raw_date", pa.string()),
        pa.field("raw_title", pa.string()),
        pa.field("raw_amount", pa.string()),
        pa.field("raw_category", pa.string()),
        pa.field("raw_identifier", pa.string()),
        pa.field("raw_text", pa.string()),
        pa.field("statement_title", pa.string()),
        pa.field("date", pa.date32()),
        pa.field("centavos", pa.int64()),
        pa.field("rejected_centavos", pa.int64()),
        pa.field("reason", pa.string()),
        pa.field("void_reason", pa.string()),
        *DETAIL_FIELDS,
    ]
)


@dataclass(frozen=True)
class Observation:
    """One reading, in BRL, on a São Paulo day. What is owed (an open bill) is negative.

    `as_of` is when it was made, where that is not the moment of its document.
    """

    reading: Reading
    observed_on: date
    value: Decimal
    as_of: datetime | None = None


@dataclass(frozen=True)
class ParsedDocument:
    """One document, read: its lines and what it says of itself.

    `cycle_start` and `cycle_end` are its first and its last day (OFX DTSTART, DTEND), `as_of` the moment the document
    gives for itself (UTC), `ledger_brl` its LEDGERBAL with the day it is for, `bill_state` how final it says the bill
    is, `observations` what it says of balances and limits. What a format does not say is None.
    """

    format: DocumentFormat
    lines: pa.Table
    external_account: str | None = None
    cycle_start: date | None = None
    cycle_end: date | None = None
    as_of: datetime | None = None
    ledger_brl: Decimal | None = None
    ledger_on: date | None = None
    bill_state: BillState | None = None
    observations: tuple[Observation, ...] = ()


@dataclass(frozen=True)
class Answer:
    """What a source answered about one bill, one month of movements, or one day's balances: a document to be.

    `data` is JSON by `json_documents.write_json`, everything in it as the API said it; it must not have moments
    in it that change although nothing else did, so that an unchanged answer is the same document again. `name`
    is what a person reads in the list of documents. `bill` is the month a bill is due, as in ``2026-10``, `month`
    that of the movements of an account, which may be none. `as_of` is the moment it describes, where the source
    knows a better one than now; `external_account` is what the source calls the account, whatever we call it.
    `months` and `lines` are those of the receipt, where the source knows them and the lines of the document do not say.
    """

    format: DocumentFormat
    account: str
    name: str
    data: bytes
    bill: str | None = None
    bill_due: date | None = None
    month: str | None = None
    as_of: datetime | None = None
    external_account: str | None = None
    months: tuple[str, ...] | None = None
    lines: int | None = None


@runtime_checkable
class WarningSource(Protocol):
    """A source that answers, and has something to say that a person should know."""

    @property
    def warnings(self) -> Sequence[str]:
        """Sentences about the last round."""


@runtime_checkable
class CheckableSource(Protocol):
    """A source that can be asked whether it would answer, without collecting and without logging in."""

    def check(self, now: datetime) -> list[str]:
        """The names of the accounts it would collect; raises what `Source.collect` does."""


class Source(Protocol):
    """An API that answers for a person."""

    @property
    def name(self) -> str:
        """The source's name, as in `NUBANK_SOURCES` and in the column `source`."""

    def collect(self, known: Sequence[Receipt], now: datetime) -> list[Answer]:
        """Everything the source says now, in one round of calls; nothing is stored yet.

        `known` are the receipts of this source's documents, so that what can no longer change need not be asked
        for again. Raises SourceRefusedError, SourceAnswerError or SourceUnavailableError: then nothing of this
        round is used.
        """
