"""Which of the API's calls an address is, and what it does to which spreadsheet."""

import re
from collections.abc import Callable
from typing import Any, Final
from urllib.parse import unquote

from nubank_assets_tests.fakes.sheets import on_cells, on_metadata, on_moving, on_objects, on_sheets
from nubank_assets_tests.fakes.sheets.book import Book, Json
from nubank_assets_tests.fakes.sheets.changes import batch_update
from nubank_assets_tests.fakes.sheets.errors import ApiError
from nubank_assets_tests.fakes.sheets.ranges import area_of_a1
from nubank_assets_tests.fakes.sheets.resource import resource
from nubank_assets_tests.fakes.sheets.values import append, clear, read, write

#: Importing them is what makes their requests known.
HANDLED_BY: Final = (on_sheets, on_cells, on_objects, on_metadata, on_moving)
Query = dict[str, list[str]]
#: The book after the call, and its answer.
Outcome = tuple[Book, Json]
Call = Callable[[Book, str, Query, Json, str], Outcome]
#: What the body of a call is, in Google's description.
SCHEMAS: Final = {
    ":batchUpdate": "BatchUpdateSpreadsheetRequest",
    "/values:batchUpdate": "BatchUpdateValuesRequest",
    "/values:batchClear": "BatchClearValuesRequest",
    "PUT values": "ValueRange",
    "POST append": "ValueRange",
    "POST clear": "ClearValuesRequest",
}


def schema_of(method: str, rest: str) -> str | None:
    """The type of this call's body, or None where it has none."""
    if rest in SCHEMAS:
        return SCHEMAS[rest]
    if rest.startswith("/values/"):
        return SCHEMAS.get(f"{method} {'values' if method == 'PUT' else rest.rsplit(':', 1)[-1]}")
    return None


def answer(method: str, rest: str, book: Book, query: Query, body: Json, email: str) -> Outcome:
    """Carry out a call, `rest` being what follows the key; the book that was given stays as it is."""
    call = _CALLS.get((method, rest))
    if call:
        return call(book, rest, query, body, email)
    if found := re.fullmatch(r"/values/(.+?)(:append|:clear)?", rest, re.DOTALL):
        call = _RANGED.get((method, found[2] or ""))
        if call:
            return call(book, unquote(found[1]), query, body, email)
    raise ApiError(404, "Not Found", "NOT_FOUND")


def _one(query: Query, name: str, default: str = "") -> str:
    return query.get(name, [default])[0]


def _get(book: Book, _: str, query: Query, body: Json, email: str) -> Outcome:
    return book, resource(book, _one(query, "fields"))


def _batch_update(book: Book, _: str, query: Query, body: Json, email: str) -> Outcome:
    changed, replies = batch_update(book, body, email)
    return changed, {"spreadsheetId": book.key, "replies": replies}


def _range(book: Book, at: str, query: Query) -> Json:
    render, dates = _one(query, "valueRenderOption", "FORMATTED_VALUE"), _one(query, "dateTimeRenderOption")
    return read(area_of_a1(book, at), render, dates, _one(query, "majorDimension", "ROWS"))


def _values_get(book: Book, at: str, query: Query, body: Json, email: str) -> Outcome:
    return book, _range(book, at, query)


def _values_batch_get(book: Book, _: str, query: Query, body: Json, email: str) -> Outcome:
    ranges = [_range(book, at, query) for at in query.get("ranges", [])]
    return book, {"spreadsheetId": book.key, "valueRanges": ranges}


def _values_update(book: Book, at: str, query: Query, body: Json, email: str) -> Outcome:
    changed = book.copy()
    return changed, write(changed, email, at, body, _one(query, "valueInputOption"))


def _values_batch_update(book: Book, _: str, query: Query, body: Json, email: str) -> Outcome:
    changed, option = book.copy(), body.get("valueInputOption")
    done = [write(changed, email, one["range"], one, option) for one in body.get("data", [])]
    totals: dict[str, Any] = {
        f"total{name}": sum(one[name[0].lower() + name[1:]] for one in done)
        for name in ("UpdatedRows", "UpdatedColumns", "UpdatedCells")
    }
    return changed, {"spreadsheetId": book.key, **totals, "responses": done}


def _values_append(book: Book, at: str, query: Query, body: Json, email: str) -> Outcome:
    changed = book.copy()
    return changed, append(changed, email, at, body, _one(query, "valueInputOption"))


def _values_clear(book: Book, at: str, query: Query, body: Json, email: str) -> Outcome:
    changed = book.copy()
    return changed, {"spreadsheetId": book.key, "clearedRange": clear(changed, email, at)}


def _values_batch_clear(book: Book, _: str, query: Query, body: Json, email: str) -> Outcome:
    changed = book.copy()
    return changed, {"clearedRanges": [clear(changed, email, at) for at in body["ranges"]]}


_CALLS: Final[dict[tuple[str, str], Call]] = {
    ("GET", ""): _get,
    ("POST", ":batchUpdate"): _batch_update,
    ("GET", "/values:batchGet"): _values_batch_get,
    ("POST", "/values:batchUpdate"): _values_batch_update,
    ("POST", "/values:batchClear"): _values_batch_clear,
}
#: With the range in the address.
_RANGED: Final[dict[tuple[str, str], Call]] = {
    ("GET", ""): _values_get,
    ("PUT", ""): _values_update,
    ("POST", ":append"): _values_append,
    ("POST", ":clear"): _values_clear,
}
