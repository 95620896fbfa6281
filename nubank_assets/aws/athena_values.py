"""The texts of an Athena answer as values: exact decimals, days, moments, and NULL apart from the empty text."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final
from zoneinfo import ZoneInfo

Value = str | int | float | bool | Decimal | date | datetime | None
Row = tuple[Value, ...]


@dataclass(frozen=True)
class Column:
    """One column of an answer, with Athena's name of its type (`decimal`, `varchar`, …)."""

    name: str
    type: str


def columns_of(page: Mapping[str, Any]) -> tuple[Column, ...]:
    """The columns that a page of GetQueryResults declares."""
    declared = page["ResultSet"].get("ResultSetMetadata", {}).get("ColumnInfo", [])
    return tuple(Column(info["Name"], info["Type"]) for info in declared)


def rows_of(pages: Iterable[Mapping[str, Any]], columns: tuple[Column, ...], *, has_header: bool) -> Iterator[Row]:
    """The rows of all pages. The answer to a query begins with the columns' names once; no other answer does."""
    readers = [_READERS.get(column.type.split("(")[0].lower(), str) for column in columns]
    texts = (_texts(row, len(columns)) for page in pages for row in page["ResultSet"]["Rows"])
    for number, row in enumerate(texts):
        if number or not has_header or row != [column.name for column in columns]:
            yield tuple(None if text is None else read(text) for read, text in zip(readers, row, strict=True))


def size_text(size: int) -> str:
    """Bytes as a person reads them, `1.5 MB`."""
    for unit, factor in (("TB", 10**12), ("GB", 10**9), ("MB", 10**6), ("kB", 10**3)):
        if size >= factor:
            return f"{size / factor:.1f} {unit}"
    return f"{size} B"


def _texts(row: Mapping[str, Any], width: int) -> list[str | None]:
    """A cell without a text is NULL. An answer that is no query's may leave cells out at the end of a row."""
    texts = [cell.get("VarCharValue") for cell in row.get("Data", [])]
    return texts + [None] * (width - len(texts))


def _moment(text: str) -> datetime:
    """``2026-10-01 12:00:00.000``, with or without a zone after it."""
    parts = text.rsplit(" ", 1) if text.count(" ") > 1 else [text]
    moment = datetime.fromisoformat(parts[0])
    return moment.replace(tzinfo=ZoneInfo(parts[1])) if len(parts) > 1 else moment


_READERS: Final[Mapping[str, Callable[[str], Value]]] = {
    "boolean": lambda text: text == "true",
    **dict.fromkeys(("tinyint", "smallint", "int", "integer", "bigint"), int),
    **dict.fromkeys(("float", "real", "double"), float),
    "decimal": Decimal,
    "date": date.fromisoformat,
    "timestamp": _moment,
    "timestamp with time zone": _moment,
}
