"""What Google says a spreadsheet is made of, as far as publishing asks: its worksheets, their notes and filters."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

Range = Mapping[str, Any]


@dataclass(frozen=True)
class Note:
    """One piece of developer metadata."""

    id: int
    value: str


@dataclass(frozen=True)
class Tab:
    """A worksheet of the spreadsheet. One that is no grid of cells has no rows and no columns."""

    id: int
    title: str
    rows: int
    columns: int
    notes: Mapping[str, Note] = field(default_factory=dict)
    filter: Mapping[str, Any] | None = None
    protected: Mapping[int, Range] = field(default_factory=dict)
    charts: frozenset[int] = frozenset()

    def note(self, key: str) -> str | None:
        """The value of a note; None without one."""
        return self.notes[key].value if key in self.notes else None


@dataclass(frozen=True)
class Book:
    """The spreadsheet."""

    locale: str
    time_zone: str
    tabs: Sequence[Tab]

    @cached_property
    def by_id(self) -> Mapping[int, Tab]:
        """Its worksheets by their ids."""
        return {tab.id: tab for tab in self.tabs}

    @cached_property
    def charts(self) -> frozenset[int]:
        """The ids of all charts."""
        return frozenset().union(*(tab.charts for tab in self.tabs))


def read_book(structure: Mapping[str, Any]) -> Book:
    """The spreadsheet of which Google says this."""
    properties = structure.get("properties", {})
    tabs = [_tab(sheet) for sheet in structure.get("sheets", [])]
    return Book(properties.get("locale", ""), properties.get("timeZone", ""), tabs)


def _tab(sheet: Mapping[str, Any]) -> Tab:
    properties = sheet["properties"]
    grid = properties.get("gridProperties", {})
    return Tab(
        # Google leaves out what is zero.
        properties.get("sheetId", 0),
        properties["title"],
        grid.get("rowCount", 0),
        grid.get("columnCount", 0),
        {note["metadataKey"]: _note(note) for note in sheet.get("developerMetadata", [])},
        sheet.get("basicFilter"),
        {found["protectedRangeId"]: found.get("range", {}) for found in sheet.get("protectedRanges", [])},
        frozenset(chart["chartId"] for chart in sheet.get("charts", [])),
    )


def _note(note: Mapping[str, Any]) -> Note:
    return Note(note["metadataId"], note.get("metadataValue", ""))
