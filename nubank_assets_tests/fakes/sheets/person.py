"""The person who owns a spreadsheet, working in it by hand: renames, deletes, types, sorts, shares."""

import threading
from collections.abc import Mapping
from typing import Any

from nubank_assets_tests.fakes.sheets.book import Book, Json, Role, plain
from nubank_assets_tests.fakes.sheets.changes import batch_update
from nubank_assets_tests.fakes.sheets.protection import OWNER
from nubank_assets_tests.fakes.sheets.ranges import area_of_a1, quoted
from nubank_assets_tests.fakes.sheets.values import write


class Person:
    """Whatever a person does in the browser, done at once."""

    def __init__(self, books: dict[str, Book], key: str, lock: threading.RLock) -> None:
        self._books, self._key, self._lock = books, key, lock

    @property
    def _book(self) -> Book:
        return self._books[self._key]

    def do(self, **request: Mapping[str, Any]) -> Json:
        """Any one request of a batchUpdate, such as `do(deleteSheet={"sheetId": 1})`; its reply."""
        with self._lock:
            self._books[self._key], (reply,) = batch_update(self._book, {"requests": [request]}, OWNER)
        return reply

    def _id(self, title: str) -> int:
        return self._book.sheet(title).id

    def share(self, email: str, role: Role | None) -> None:
        """Let somebody read or edit, or (None) no more."""
        with self._lock:
            self._book.shared.pop(email, None)
            if role:
                self._book.shared[email] = role

    def add(self, title: str) -> int:
        """A new worksheet at the end; its id."""
        return int(self.do(addSheet={"properties": {"title": title}})["addSheet"]["properties"]["sheetId"])

    def rename(self, title: str, new: str) -> None:
        self.do(updateSheetProperties={"properties": {"sheetId": self._id(title), "title": new}, "fields": "title"})

    def rename_spreadsheet(self, title: str) -> None:
        self.do(updateSpreadsheetProperties={"properties": {"title": title}, "fields": "title"})

    def delete(self, title: str) -> None:
        self.do(deleteSheet={"sheetId": self._id(title)})

    def move(self, title: str, index: int) -> None:
        properties = {"sheetId": self._id(title), "index": index}
        self.do(updateSheetProperties={"properties": properties, "fields": "index"})

    def hide(self, title: str) -> None:
        properties = {"sheetId": self._id(title), "hidden": True}
        self.do(updateSheetProperties={"properties": properties, "fields": "hidden"})

    def type(self, title: str, cell: str, value: Any) -> None:
        """As in the browser: `1,50` is a number where the spreadsheet is in Portuguese, `=A1` a formula."""
        with self._lock:
            changed = self._book.copy()
            write(changed, OWNER, f"{quoted(title)}!{cell}", {"values": [[value]]}, "USER_ENTERED")
            self._books[self._key] = changed

    def paint(self, title: str, cells: str, format_: Json) -> None:
        """Give cells a look; what it does not name stays."""
        fields = ",".join(f"userEnteredFormat.{name}" for name in format_)
        self.do(
            repeatCell={"range": self._grid(title, cells), "cell": {"userEnteredFormat": format_}, "fields": fields}
        )

    def insert_row(self, title: str, before: int) -> None:
        """An empty row before this one, counted from 1."""
        self.do(insertDimension={"range": self._rows(title, before)})

    def delete_row(self, title: str, row: int) -> None:
        self.do(deleteDimension={"range": self._rows(title, row)})

    def sort(self, title: str, column: int, *, descending: bool = False, heads: int = 1) -> None:
        """Sort the rows below `heads` by the column (from 0), as the filter's menu does; empty cells last."""
        with self._lock:
            changed = self._book.copy()
            sheet = changed.sheet(title)
            last = max((row for row, _ in sheet.cells), default=-1)
            rows = list(range(heads, last + 1))

            def order(row: int) -> tuple[bool, str, Any]:
                value = plain(sheet.cell(row, column).value)
                return isinstance(value, str), type(value).__name__ if isinstance(value, str) else "", value

            filled = [row for row in rows if sheet.cell(row, column).value is not None]
            empty = [row for row in rows if sheet.cell(row, column).value is None]
            placed = [*sorted(filled, key=order, reverse=descending), *empty]
            to = {old: heads + number for number, old in enumerate(placed)}
            sheet.cells = {(to.get(row, row), at): cell for (row, at), cell in sheet.cells.items()}
            self._books[self._key] = changed

    def protect(self, title: str, cells: str) -> int:
        """Nobody else may change these; the id of the protection."""
        request = {"protectedRange": {"range": self._grid(title, cells)}}
        return int(self.do(addProtectedRange=request)["addProtectedRange"]["protectedRange"]["protectedRangeId"])

    def filter(self, title: str, cells: str) -> None:
        self.do(setBasicFilter={"filter": {"range": self._grid(title, cells)}})

    def add_chart(self, title: str, cells: str, kind: str = "COLUMN") -> int:
        """A chart over one column of the worksheet, beside it; its id."""
        grid = self._grid(title, cells)
        series = [{"series": {"sourceRange": {"sources": [grid]}}}]
        spec = {"title": "meu", "basicChart": {"chartType": kind, "series": series}}
        position = {"overlayPosition": {"anchorCell": {"sheetId": self._id(title), "rowIndex": 1, "columnIndex": 1}}}
        reply = self.do(addChart={"chart": {"spec": spec, "position": position}})
        return int(reply["addChart"]["chart"]["chartId"])

    def _grid(self, title: str, cells: str) -> Json:
        area = area_of_a1(self._book, f"{quoted(title)}!{cells}")
        rows = {"startRowIndex": area.top, "endRowIndex": area.bottom}
        return {
            "sheetId": area.sheet.id,
            **rows,
            "startColumnIndex": area.left,
            "endColumnIndex": area.right,
        }

    def _rows(self, title: str, row: int) -> Json:
        return {"sheetId": self._id(title), "dimension": "ROWS", "startIndex": row - 1, "endIndex": row}
