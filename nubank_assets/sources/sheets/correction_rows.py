"""The rows of the worksheet `Correções`: what identifies them, the document of all of them, and what they say.

A correction by a command is a document of one such row (``sources/stated_corrections.py``).
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

import pyarrow as pa

from nubank_assets.domain.catalog import CORRECTIONS
from nubank_assets.domain.failures import InputError
from nubank_assets.domain.identity import check_account_name, content_hash, title_key
from nubank_assets.domain.person_sheets import WORDS, RowProblem
from nubank_assets.domain.teaching import AppliesTo
from nubank_assets.domain.vocabulary import DocumentFormat
from nubank_assets.lake.inbox import Inbox, Receipt
from nubank_assets.merchants.normalising import tidy
from nubank_assets.sources.base import LINES_SCHEMA, ParsedDocument
from nubank_assets.sources.json_documents import read_json, write_json
from nubank_assets.sources.sheets.cells import Cell, read_amounts, read_bill, read_category, stored_cell, text_of
from nubank_assets.sources.standing import documents_that_count

#: What a document calls the columns that are read.
FIELDS: Final = ("id", "account", "bill", "title", "amount", "category", "applies_to")
#: The columns from A on; the note among them is the person's own and is not read.
_COLUMNS: Final = (*FIELDS[:-1], None, FIELDS[-1])

#: A row as it is stored: the cells that something is in.
CorrectionRow = dict[str, Cell]


def stored_row(cells: Sequence[Any]) -> CorrectionRow:
    """A row of Google's answer as it is stored; empty if nothing that counts is in it."""
    stored = {name: stored_cell(value) for name, value in zip(_COLUMNS, cells, strict=False) if name}
    return {name: cell for name, cell in stored.items() if cell is not None}


def identify_rows(rows: Iterable[CorrectionRow]) -> list[str]:
    """The identity of each row, wherever on the worksheet it stands; '' of an empty one."""
    seen: Counter[str] = Counter()
    ids = []
    for row in rows:
        name = content_hash(write_json(row))[:16] if row else ""
        seen[name] += 1
        ids.append(f"{name}-{seen[name]}" if name and seen[name] > 1 else name)
    return ids


def write_corrections(rows: Iterable[CorrectionRow]) -> bytes:
    """The document: in an order of its own, so that sorting the worksheet changes nothing."""
    return write_json({"rows": sorted(filter(None, rows), key=write_json)})


def rows_of(data: bytes) -> list[CorrectionRow]:
    """The rows of a document."""
    rows: list[CorrectionRow] = read_json(data, "sheets")["rows"]
    return rows


def read_document(data: bytes, format: DocumentFormat, latest: date) -> ParsedDocument:  # noqa: A002, ARG001
    """A document of corrections as every reader gives one: no lines of money are in it."""
    return ParsedDocument(format, LINES_SCHEMA.empty_table())


def read_corrections(inbox: Inbox) -> pa.Table:
    """The table `corrections`: every row of the newest worksheet that was read, and every command."""
    formats = {DocumentFormat.STATED_CORRECTIONS, DocumentFormat.STATED_CORRECTION}
    receipts = [receipt for receipt in documents_that_count(inbox.receipts()) if receipt.format in formats]
    return pa.concat_tables(
        [CORRECTIONS.arrow_schema.empty_table(), *(table_of_document(one, inbox.read(one)) for one in receipts)]
    )


def table_of_document(receipt: Receipt, data: bytes) -> pa.Table:
    """The rows of `corrections` that one document is: of a worksheet all its rows, of a command its one."""
    rows = rows_of(data)
    is_command = receipt.format is DocumentFormat.STATED_CORRECTION
    names = [receipt.document] if is_command else identify_rows(rows)
    return corrections_table(rows, receipt.document, receipt.as_of, receipt.source, names)


def corrections_table(
    rows: Sequence[CorrectionRow],
    document: str,
    as_of: datetime,
    source: str = "sheets",
    names: Sequence[str] | None = None,
) -> pa.Table:
    """What each row says, verbatim and read, with the reason where it cannot be used."""
    origin = {"document": document, "as_of": as_of, "source": source}
    said = [
        {"correction": name, **origin, **_verbatim(row), **meaning}
        for name, row, meaning in zip(names or identify_rows(rows), rows, meanings(rows), strict=True)
    ]
    return pa.Table.from_pylist(said, CORRECTIONS.arrow_schema)


def _verbatim(row: CorrectionRow) -> dict[str, str | None]:
    return {f"raw_{name}": text_of(row.get(name)) for name in FIELDS}


def meanings(rows: Sequence[CorrectionRow]) -> list[dict[str, Any]]:
    """The read columns of each row: what it says of which lines, and `reason`."""
    amounts = read_amounts([row.get("amount") for row in rows])
    return [_meaning(row, amount) for row, amount in zip(rows, amounts, strict=True)]


def _meaning(row: CorrectionRow, amount: Decimal | RowProblem | None) -> dict[str, Any]:
    identity = (text_of(row.get("id")) or "").lower() or None
    account, bill = read_account(row.get("account")), read_bill(row.get("bill"))
    category, applies_to = read_category(row.get("category")), read_scope(row.get("applies_to"))
    problem = _problem_of_category(row, is_known=category is not None)
    if not problem and not applies_to:
        problem = RowProblem.UNKNOWN_SCOPE
    if not problem and not identity:
        problem = _problem(row, account, bill, amount) if applies_to is AppliesTo.LINE else _problem_of_merchant(row)
    return {
        "transaction_id": identity,
        "account": account,
        "bill": bill,
        "amount_brl": amount if isinstance(amount, Decimal) else None,
        "category": category.value if category else None,
        "applies_to": (applies_to or AppliesTo.LINE).value,
        "reason": problem.value if problem else None,
    }


def read_scope(cell: Cell | None) -> AppliesTo | None:
    """What a correction is about, in either language; nothing is a line. None if it is neither."""
    if cell is None:
        return AppliesTo.LINE
    key = title_key(text_of(cell) or "")
    return next((one for one in AppliesTo if key in map(title_key, WORDS[f"applies.{one.value}"])), None)


def _problem_of_merchant(row: CorrectionRow) -> RowProblem | None:
    """Why a row without an id names no merchant."""
    return None if tidy(text_of(row.get("title")) or "").words else RowProblem.NO_LINE


def _problem_of_category(row: CorrectionRow, *, is_known: bool) -> RowProblem | None:
    if is_known:
        return None
    return RowProblem.UNKNOWN_CATEGORY if "category" in row else RowProblem.NO_CATEGORY


def _problem(
    row: CorrectionRow, account: str | None, bill: str | None, amount: Decimal | RowProblem | None
) -> RowProblem | None:
    """Why a row without an id names no lines."""
    if not {"account", "title", "amount"} <= row.keys():
        return RowProblem.NO_LINE
    if isinstance(amount, RowProblem):
        return amount
    if not account:
        return RowProblem.BROKEN_ACCOUNT
    return RowProblem.BROKEN_BILL if "bill" in row and not bill else None


def read_account(cell: Cell | None) -> str | None:
    """The account of a cell, None if it cannot be the name of one."""
    try:
        return check_account_name((text_of(cell) or "").lower())
    except InputError:
        return None
