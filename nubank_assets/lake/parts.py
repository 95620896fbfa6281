"""What a month of a table is now: the one object of an embedded engine, or the files of a run on a cluster.

The files of a run are never changed. They lie apart from the tables, because Athena reads whatever is below a table's
or a month's folder; a pointer object in the month's folder names them, and rules over the object beside it. Its name
begins with `_`, which hides it from Athena and Spark. Needs nothing but Python: a cluster looks by it too.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Final, Protocol

from nubank_assets.domain.tables import Table

OBJECT: Final = "data.parquet"
POINTER: Final = "_current.json"
#: Beside the layers: the files of runs.
RUNS: Final = "runs"
#: The column by which a run's files are put into folders; `month` stays a column of the files.
OF_MONTH: Final = "of_month"
#: What stands for the month of a table that has none.
ALL: Final = "all"
#: So often a pointer may vanish between the list that shows it and its reading.
_LOOKS: Final = 5


class Objects(Protocol):
    """Objects by names relative to a root."""

    def names(self, folder: str, *, recursive: bool = False) -> list[str]:
        """Names of the objects in a folder, in order."""

    def read_all(self, names: Sequence[str]) -> list[bytes]:
        """The bytes of each; raises FileNotFoundError."""


@dataclass(frozen=True)
class Pointer:
    """What a pointer says: which run's files count, in the order of their names, and how much is in them."""

    run: str
    folder: str
    files: tuple[str, ...]
    rows: int
    sums: dict[str, str]

    def to_bytes(self) -> bytes:
        """As it is stored."""
        return json.dumps(asdict(self), sort_keys=True).encode()

    @classmethod
    def from_bytes(cls, data: bytes) -> "Pointer":
        """From what is stored."""
        values = json.loads(data)
        return cls(**{**values, "files": tuple(values["files"])})


@dataclass(frozen=True)
class Part:
    """One month of a table, or all of a table without months (`month` is None), as it is now."""

    month: str | None
    home: str
    pointer: Pointer | None = None

    @property
    def folder(self) -> str:
        """Where its rows lie, and nothing else that a reader of the folder could take for rows."""
        return self.pointer.folder if self.pointer else self.home

    @property
    def names(self) -> list[str]:
        """The objects that hold its rows."""
        if self.pointer:
            return [f"{self.folder}/{file}" for file in self.pointer.files]
        return [f"{self.home}/{OBJECT}"]

    @property
    def switch(self) -> str:
        """The object by whose writing it came to be."""
        return f"{self.home}/{POINTER if self.pointer else OBJECT}"


def home_of(table: Table, month: str | None) -> str:
    """The folder of a month, in which its object and its pointer are."""
    return f"{table.path}/month={month}" if table.partitioned else table.path


def run_folder(table: Table, run: str) -> str:
    """Where a run puts the files of a table, of each month in a folder of its own."""
    return f"{RUNS}/{table.path}/run={run}"


def month_folder(table: Table, run: str, month: str | None) -> str:
    """Where a run puts the files of one month."""
    return f"{run_folder(table, run)}/{OF_MONTH}={month or ALL}"


def find_parts(objects: Objects, table: Table, months: Sequence[str] | None = None) -> list[Part]:
    """The months of these that there are (of all, if None), in order; of a table without months itself."""
    for _ in range(_LOOKS - 1):
        try:
            return list(_look(objects, table, months))
        except FileNotFoundError:  # an embedded engine made its object count in between
            continue
    return list(_look(objects, table, months))


def _look(objects: Objects, table: Table, months: Sequence[str] | None) -> Iterator[Part]:
    present = _present(objects, table, months)
    homes = sorted({name.rpartition("/")[0] for name in present})
    if months is not None and table.partitioned:
        homes = [home for month in months if (home := home_of(table, month)) in set(homes)]
    pointed = [home for home in homes if f"{home}/{POINTER}" in present]
    pointers = dict(zip(pointed, objects.read_all([f"{home}/{POINTER}" for home in pointed]), strict=True))
    for home in homes:
        month = home.rpartition("month=")[2] if table.partitioned else None
        yield Part(month, home, Pointer.from_bytes(pointers[home]) if home in pointers else None)


def _present(objects: Objects, table: Table, months: Sequence[str] | None) -> set[str]:
    """The objects and pointers in the table's folder; only those of the month, if one is asked for."""
    if table.partitioned and months is not None and len(months) <= 1:
        found = [name for month in months for name in objects.names(home_of(table, month))]
    else:
        found = objects.names(table.path, recursive=table.partitioned)
    return {name for name in found if name.rpartition("/")[2] in (OBJECT, POINTER)}
