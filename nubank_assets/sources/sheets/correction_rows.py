"""The rows of the worksheet `Correções`: what identifies them, the document of all of them, and what they say."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

import pyarrow as pa

from nubank_assets.domain.catalog import CORRECTIONS
from nubank_assets.domain.failures import InputError
from nubank_assets.domain.identity import check_account_name, content_hash
from nubank_assets.domain.person_sheets import RowProblem
from nubank_assets.domain.vocabulary import DocumentFormat
from nubank_assets.lake.inbox import Inbox
from nubank_assets.sources.base import LINES_SCHEMA, ParsedDocument
from nubank_assets.sources.json_documents import read_json, write_json
from nubank_assets.sources.sheets.cells import Cell, read_amounts, read_bill, read_category, stored_cell, text_of
from nubank_assets.sources.standing import documents_that_count

#: What a document calls the columns, from A on; the note after them is the person's own and is not read.
FIELDS: Final = ("id", "account", "bill", "title", "amount", "category")

#: A row as it is stored: the cells that something is in.
CorrectionRow = dict[str, Cell]


def stored_row(cells: Sequence[Any]) -> CorrectionRow:
    """A row of Google's answer as it is stored; empty if nothing that counts is in it."""
    stored = {name: stored_cell(value) for name, value in zip(FIELDS, cells, strict=False)}
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
    """The table `corrections`: every row of the newest document, none if there is no document."""
    standing = documents_that_count(inbox.receipts())
    newest = next((receipt for receipt in standing if receipt.format is DocumentFormat.STATED_CORRECTIONS), None)
    if not newest:
        return CORRECTIONS.arrow_schema.empty_table()
    return corrections_table(rows_of(inbox.read(newest)), newest.document, newest.as_of)


def corrections_table(rows: Sequence[CorrectionRow], document: str, as_of: datetime) -> pa.Table:
    """What each row says, verbatim and read, with the reason where it cannot be used."""
    said = [
        {"correction": name, "document": document, "as_of": as_of, **_verbatim(row), **meaning}
        for name, row, meaning in zip(identify_rows(rows), rows, meanings(rows), strict=True)
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
    category = read_category(row.get("category"))
    problem = _problem_of_category(row, is_known=category is not None)
    if not problem and not identity:
        problem = _problem(row, account, bill, amount)
    return {
        "transaction_id": identity,
        "account": account,
        "bill": bill,
        "amount_brl": amount if isinstance(amount, Decimal) else None,
        "category": category.value if category else None,
        "reason": problem.value if problem else None,
    }


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
