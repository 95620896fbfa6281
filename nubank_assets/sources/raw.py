"""From the inbox to the raw tables: a pure function of the stored documents and their receipts.

Reads each document once, puts its lines into months and adds up each document. How a format is read is in
``exports``; which lines count is decided in ``judging.py``.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc

from nubank_assets.domain.catalog import RAW_DOCUMENTS, RAW_LINES, RAW_READINGS
from nubank_assets.domain.documents import bill_state
from nubank_assets.domain.months import add_months, day_of, last_day, month_of
from nubank_assets.domain.vocabulary import BillState
from nubank_assets.lake.inbox import Inbox, Receipt
from nubank_assets.sources.base import ParsedDocument
from nubank_assets.sources.bill_keys import find_bill_keys
from nubank_assets.sources.details import DETAIL_FORMATS, Details, add_details, collect_details
from nubank_assets.sources.judged import JudgedDocument
from nubank_assets.sources.judging import judge
from nubank_assets.sources.periods import period_of
from nubank_assets.sources.reader import read_document
from nubank_assets.sources.standing import documents_with_money
from nubank_assets.sources.totals import observe, sum_states, total_lines

#: Lines that are held at once, so that years of data need no more memory than months.
LINES_AT_ONCE: Final = 200_000


@dataclass(frozen=True)
class RawTables:
    """The three raw tables; constant columns are dictionary-encoded until they are written."""

    lines: pa.Table
    documents: pa.Table
    readings: pa.Table

    def by_name(self) -> dict[str, pa.Table]:
        """The tables by their declared names."""
        return {RAW_LINES.name: self.lines, RAW_DOCUMENTS.name: self.documents, RAW_READINGS.name: self.readings}

    def rows_by_month(self, name: str) -> dict[str, int]:
        """Number of rows of a table in each month that has any."""
        counts = pc.value_counts(self.by_name()[name]["month"])
        return {entry["values"]: entry["counts"] for entry in counts.to_pylist()}


def latest_date(as_of: date) -> date:
    """The last day a line of a document may have: parcels are exported a year ahead."""
    return last_day(add_months(month_of(as_of), 13))


def state_of(parsed: ParsedDocument, bill: str | None, due: date | None, as_of: datetime) -> BillState | None:
    """How final a bill is: as its document says, else by its days; None for a document of no bill."""
    return (parsed.bill_state or bill_state(bill, due, as_of)) if bill else None


def is_open_bill(state: BillState | None, bill: str | None, due: date | None, as_of: datetime) -> bool:
    """Whether it is the bill that runs: of an API two may be open, for one that has closed can wait for its lines."""
    return state is BillState.OPEN and bill is not None and bill_state(bill, due, as_of) is BillState.OPEN


def months_of_document(parsed: ParsedDocument, bill: str | None, due: date | None, as_of: datetime) -> list[str]:
    """All months that a document has a line or a reading in."""
    day, state = day_of(as_of), state_of(parsed, bill, due, as_of)
    months = {bill} if bill else set(pc.unique(_months_of_lines(parsed, bill, day)).to_pylist())
    readings = observe(parsed, day, is_open_bill=is_open_bill(state, bill, due, as_of))
    months |= {month_of(reading.observed_on) for reading in readings}
    return sorted(months or {month_of(day)})


def read_raw_tables(inbox: Inbox, months: Sequence[str]) -> RawTables:
    """The raw rows of these months at once."""
    receipts = documents_with_money(inbox.receipts())
    return _RawReader(inbox, receipts, find_bill_keys(receipts)).read(months)


def read_raw_batches(inbox: Inbox, months: Sequence[str]) -> Iterator[tuple[list[str], RawTables]]:
    """The raw rows of these months in batches of bounded size, each with its months."""
    receipts = documents_with_money(inbox.receipts())
    reader = _RawReader(inbox, receipts, find_bill_keys(receipts))
    for batch in _batches(months, receipts):
        yield batch, reader.read(batch)


def _batches(months: Sequence[str], receipts: Iterable[Receipt]) -> Iterator[list[str]]:
    lines: dict[str, int] = defaultdict(int)
    for receipt in receipts:
        for month in receipt.months:
            lines[month] += receipt.lines // len(receipt.months)
    batch: list[str] = []
    for month in months:
        if batch and sum(lines[known] for known in (*batch, month)) > LINES_AT_ONCE:
            yield batch
            batch = []
        batch.append(month)
    if batch:
        yield batch


@dataclass
class _RawReader:
    """Reads documents as months need them; one that later months need too is kept until then."""

    inbox: Inbox
    receipts: Sequence[Receipt]
    bills: Mapping[str, str]
    kept: dict[str, ParsedDocument] = field(default_factory=dict)
    details: dict[str, Details] = field(default_factory=dict)

    def read(self, months: Sequence[str]) -> RawTables:
        wanted = set(months)
        touched = [receipt for receipt in self.receipts if wanted & set(receipt.months)]
        documents = [self._judged(receipt, max(months)) for receipt in touched]
        judge(documents)
        return RawTables(
            lines=_collect(RAW_LINES.arrow_schema, (_line_rows(document) for document in documents), wanted),
            documents=_rows(RAW_DOCUMENTS.arrow_schema, (r for d in documents for r in _document_rows(d)), wanted),
            readings=_rows(RAW_READINGS.arrow_schema, (r for d in documents for r in _reading_rows(d)), wanted),
        )

    def _judged(self, receipt: Receipt, last: str) -> JudgedDocument:
        parsed = self.kept.pop(receipt.document, None)
        if parsed is None:
            parsed = self._with_details(receipt, self._parsed(receipt))
        if max(receipt.months) > last:
            self.kept[receipt.document] = parsed
        state = state_of(parsed, receipt.bill, receipt.bill_due, receipt.as_of)
        months = _months_of_lines(parsed, receipt.bill, receipt.as_of_day)
        bill = self.bills.get(receipt.document)
        is_retired = bill is None and receipt.bill is not None
        return JudgedDocument(receipt, parsed, months, bill or receipt.bill, state, is_retired)

    def _parsed(self, receipt: Receipt) -> ParsedDocument:
        return read_document(self.inbox.read(receipt), receipt.format, latest_date(receipt.as_of_day))

    def _with_details(self, receipt: Receipt, parsed: ParsedDocument) -> ParsedDocument:
        """A bill with what the feeds of its account know of its lines, whatever months they are of."""
        if receipt.format not in DETAIL_FORMATS.values():
            return parsed
        if receipt.account not in self.details:
            feeds = [other for other in self.receipts if DETAIL_FORMATS.get(other.format) is receipt.format]
            its_own = sorted((f for f in feeds if f.account == receipt.account), key=lambda feed: feed.as_of)
            self.details[receipt.account] = collect_details(self._parsed(feed) for feed in its_own)
        return add_details(parsed, self.details[receipt.account])


def _months_of_lines(parsed: ParsedDocument, bill: str | None, as_of: date) -> pa.Array:
    """The month of each line; a reject of an account takes that of the line before it, else after it."""
    if bill:
        return pa.repeat(bill, parsed.lines.num_rows)
    if not parsed.lines.num_rows:
        return pa.array([], pa.string())
    months = pc.strftime(parsed.lines["date"], format="%Y-%m").combine_chunks()
    months = pc.fill_null_backward(pc.fill_null_forward(months))
    return pc.fill_null(months, month_of(as_of))


def _line_rows(document: JudgedDocument) -> pa.Table:
    lines, schema = document.parsed.lines, RAW_LINES.arrow_schema
    columns = {
        name: _constant(value, schema.field(name).type, lines.num_rows) for name, value in _origin(document).items()
    }
    columns |= {name: lines[name] for name in lines.column_names if name != "date"}
    columns |= {"line_date": lines["date"], "month": document.months, "line_state": document.line_states}
    return pa.table({name: columns[name] for name in RAW_LINES.column_names})


def _origin(document: JudgedDocument) -> dict[str, Any]:
    """The columns that raw_lines and raw_documents share."""
    receipt = document.receipt
    return {
        "document": receipt.document,
        "document_name": receipt.name,
        "source": receipt.source,
        "format": receipt.format.value,
        "account": receipt.account,
        "account_type": receipt.format.account_type.value,
        "bill": document.bill,
        "bill_due": receipt.bill_due,
        "bill_state": document.bill_state.value if document.bill_state else None,
        "as_of": receipt.as_of,
        "collected_at": receipt.collected_at,
    }


def _constant(value: object, type_: pa.DataType, length: int) -> pa.Array:
    index = pa.nulls(length, pa.int8()) if value is None else pa.repeat(pa.scalar(0, pa.int8()), length)
    return pa.DictionaryArray.from_arrays(index, pa.array([] if value is None else [value], type_))


def _document_rows(document: JudgedDocument) -> Iterator[dict[str, Any]]:
    """One row for each month of a document; a bill or a statement without lines has one too."""
    months: dict[str, dict[str, Mapping[str, int]]] = defaultdict(dict)
    period = period_of(document.receipt, document.parsed)
    if document.receipt.bill or (period and not document.parsed.lines.num_rows):
        months[document.receipt.bill or document.receipt.months[0]] = {}
    for group in total_lines(document):
        months[group["month"]][group["state"]] = group
    for month, groups in sorted(months.items()):
        yield {
            **_origin(document),
            "month": month,
            "contradicts": document.contradictions.get(month),
            "covers_from": period.first if period else None,
            "covers_to": period.last if period else None,
            "period_by": period.by.value if period else None,
            **sum_states(document, groups),
        }


def _reading_rows(document: JudgedDocument) -> Iterator[dict[str, Any]]:
    receipt = document.receipt
    is_open = is_open_bill(document.bill_state, receipt.bill, receipt.bill_due, receipt.as_of)
    is_open = is_open and not document.is_retired
    for observation in observe(document.parsed, receipt.as_of_day, is_open_bill=is_open):
        yield {
            "month": month_of(observation.observed_on),
            "account": receipt.account,
            "reading": observation.reading.value,
            "observed_on": observation.observed_on,
            "raw_value": str(observation.value),
            "as_of": observation.as_of or receipt.as_of,
            "source": receipt.source,
            "format": receipt.format.value,
            "document": receipt.document,
        }


def _collect(schema: pa.Schema, tables: Iterable[pa.Table], months: set[str]) -> pa.Table:
    """Tables of all documents, cut to the wanted months."""
    wanted = pa.array(sorted(months), pa.string())
    kept = [table.filter(pc.is_in(table["month"], wanted)) for table in tables]
    return pa.concat_tables(kept) if kept else schema.empty_table()


def _rows(schema: pa.Schema, rows: Iterable[dict[str, Any]], months: set[str]) -> pa.Table:
    return pa.Table.from_pylist([row for row in rows if row["month"] in months], schema)
