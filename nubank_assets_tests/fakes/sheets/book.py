"""What a spreadsheet is: worksheets, cells, and what lies on them. Nothing in here is changed in place but by name.

A change is made on a copy, which then takes the original's place; cells and objects are replaced, never altered.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any, Final, Literal

from nubank_assets_tests.fakes.sheets.errors import invalid

Json = dict[str, Any]
Role = Literal["reader", "editor"]
#: Cells of a whole spreadsheet, and characters of one cell.
MOST_CELLS: Final = 10_000_000
MOST_CHARACTERS: Final = 50_000


@dataclass(frozen=True)
class Cell:
    """Its value as Google has it (`{"numberValue": 1}`), its format, note and validation."""

    value: Json | None = None
    format: Json = field(default_factory=dict)
    note: str = ""
    validation: Json | None = None

    @property
    def is_empty(self) -> bool:
        return self == _EMPTY


_EMPTY: Final = Cell()


class Formula(str):
    """What a cell shows a formula as, where values are looked at."""

    __slots__ = ()


@dataclass
class Sheet:
    """One worksheet of a grid."""

    id: int
    title: str
    row_count: int = 1000
    column_count: int = 26
    cells: dict[tuple[int, int], Cell] = field(default_factory=dict)
    grid: Json = field(default_factory=dict)
    """`frozenRowCount` and the like."""
    looks: Json = field(default_factory=dict)
    """`hidden`, `tabColorStyle`, …"""
    basic_filter: Json | None = None
    protected: list[Json] = field(default_factory=list)
    charts: list[Json] = field(default_factory=list)
    rules: list[Json] = field(default_factory=list)
    metadata: list[Json] = field(default_factory=list)
    merges: list[Json] = field(default_factory=list)
    dimensions: dict[tuple[str, int], Json] = field(default_factory=dict)
    """What is known of single columns and rows, such as `("COLUMNS", 0): {"pixelSize": 120}`."""

    def copy(self) -> "Sheet":
        changed: Json = {
            name: type(value)(value) for name, value in vars(self).items() if isinstance(value, (dict, list))
        }
        return replace(self, **changed)

    def cell(self, row: int, column: int) -> Cell:
        return self.cells.get((row, column), _EMPTY)

    def put(self, row: int, column: int, cell: Cell) -> None:
        if cell.is_empty:
            self.cells.pop((row, column), None)
        else:
            self.cells[row, column] = cell

    def rows(self) -> list[list[Any]]:
        """Every value, typed, without empty ends; None where there is none."""
        filled = {place: plain(cell.value) for place, cell in self.cells.items() if cell.value is not None}
        rows: list[list[Any]] = []
        for row, column in sorted(filled):
            rows += [[] for _ in range(len(rows), row + 1)]
            rows[row] += [None] * (column - len(rows[row])) + [filled[row, column]]
        return rows

    def format(self, row: int, column: int) -> Json:
        return self.cell(row, column).format

    @property
    def frozen_rows(self) -> int:
        return int(self.grid.get("frozenRowCount", 0))

    @property
    def frozen_columns(self) -> int:
        return int(self.grid.get("frozenColumnCount", 0))

    @property
    def is_hidden(self) -> bool:
        return bool(self.looks.get("hidden"))

    def properties(self, index: int) -> Json:
        grid = {"rowCount": self.row_count, "columnCount": self.column_count}
        shown = {name: value for name, value in {**grid, **self.grid}.items() if value}
        own = {"sheetId": self.id, "title": self.title, "index": index, "sheetType": "GRID", "gridProperties": shown}
        return {**own, **{name: value for name, value in self.looks.items() if value}}


@dataclass
class Book:
    """One spreadsheet."""

    key: str
    title: str
    locale: str = "pt_BR"
    time_zone: str = "America/Sao_Paulo"
    sheets: list[Sheet] = field(default_factory=list)
    metadata: list[Json] = field(default_factory=list)
    shared: dict[str, Role] = field(default_factory=dict)
    """Everybody but the person who owns it."""
    next_id: int = 1000

    def copy(self) -> "Book":
        return replace(
            self,
            sheets=[sheet.copy() for sheet in self.sheets],
            metadata=list(self.metadata),
            shared=dict(self.shared),
        )

    def sheet(self, title: str) -> Sheet:
        """A worksheet by its title; KeyError if there is none."""
        found = self.find(title)
        if not found:
            raise KeyError(f"no worksheet {title!r}, only {self.titles}")
        return found

    def find(self, title: str) -> Sheet | None:
        return next((sheet for sheet in self.sheets if sheet.title.lower() == title.lower()), None)

    def by_id(self, sheet_id: int) -> Sheet:
        for sheet in self.sheets:
            if sheet.id == sheet_id:
                return sheet
        raise invalid(f"No grid with id: {sheet_id}")

    @property
    def titles(self) -> list[str]:
        return [sheet.title for sheet in self.sheets]

    @property
    def charts(self) -> list[Json]:
        return [chart for sheet in self.sheets for chart in sheet.charts]

    def new_id(self, taken: Iterable[int] = ()) -> int:
        """A number that nothing has; the same in every run of a test."""
        self.next_id += 7
        return self.next_id if self.next_id not in set(taken) else self.new_id(taken)

    def check_size(self) -> None:
        if sum(sheet.row_count * sheet.column_count for sheet in self.sheets) > MOST_CELLS:
            raise invalid(
                f"This action would increase the number of cells in the workbook above the limit of {MOST_CELLS} cells."
            )


def plain(value: Json | None) -> Any:
    """A value as Python has it."""
    if value is None:
        return None
    (kind, held), *_ = value.items()
    return Formula(held) if kind == "formulaValue" else held
