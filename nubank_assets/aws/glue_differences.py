"""Where the catalog and the declarations part: what contradicts them, what is not there yet."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

from nubank_assets.aws.clients import AwsMissingError
from nubank_assets.aws.glue_calls import read_partitions, read_tables
from nubank_assets.aws.glue_inputs import (
    PARTITION_KEY,
    RUN,
    covers,
    data_columns,
    partition_input,
    partition_location,
    table_input,
)
from nubank_assets.domain.catalog import TABLES
from nubank_assets.domain.failures import PermanentError
from nubank_assets.domain.tables import Table
from nubank_assets.lake.parts import ALL, OF_MONTH, RUNS, home_of
from nubank_assets.lake.publish import Lake
from nubank_assets.messages import message

_ABSENT: Final = "—"


@dataclass(frozen=True)
class Difference:
    """One thing in which the catalog is not as declared.

    error: SQL would read wrong values, or fail. warning: SQL is right, but what is said of the data is not ours.
    waiting: not published yet, which the next update mends.
    """

    severity: Literal["error", "warning", "waiting"]
    sentence: str


def find_differences(database: str, bucket_root: str, tables: Mapping[str, Table] = TABLES) -> Iterator[Difference]:
    """Everything in which the catalog is not as these tables are declared; nothing is written."""
    there = read_tables(database)
    for table in tables.values():
        found = there.get(table.name)
        if found is None:
            yield Difference("waiting", message("glue_table_missing", table=table.name, database=database))
            continue
        folders = read_folders(bucket_root, table)
        yield from _of_table(bucket_root, table, found, folders)
        partitions = _partitions(database, table)
        for partition in partitions:
            yield from _of_partition(bucket_root, table, partition, folders)
        there_too = {partition["Values"][0] for partition in partitions}
        for month in sorted({month for month in folders if month} - there_too):
            yield Difference("waiting", message("glue_month_missing", table=table.name, month=month))


def read_folders(bucket_root: str, table: Table) -> dict[str | None, str]:
    """Where in the lake the files of each month lie now; of a table without months, where its own (`[None]`) do."""
    return {part.month: part.folder for part in Lake(f"{bucket_root}/lake").parts(table)}


def _of_table(
    bucket_root: str, table: Table, found: Mapping[str, Any], folders: Mapping[str | None, str]
) -> Iterator[Difference]:
    wrong = list(contradictions(table, found))
    yield from (Difference("error", sentence) for sentence in wrong)
    wanted = table_input(table, bucket_root, (found.get("Parameters") or {}).get(RUN), folders.get(None))
    wanted_place, place = (entry["StorageDescriptor"]["Location"].rstrip("/") for entry in (wanted, found))
    if place != wanted_place:
        yield _elsewhere(bucket_root, table, None, place, wanted_place)
    elif not wrong and not covers(found, wanted):
        yield Difference("warning", message("glue_described_otherwise", entry=table.name))


def _of_partition(
    bucket_root: str, table: Table, found: Mapping[str, Any], folders: Mapping[str | None, str]
) -> Iterator[Difference]:
    month = found["Values"][0]
    entry, place = f"{table.name} {month}", (found["StorageDescriptor"].get("Location") or "").rstrip("/")
    wanted_place = partition_location(table, bucket_root, month, folders.get(month)).rstrip("/")
    if place != wanted_place:
        yield _elsewhere(bucket_root, table, month, place, wanted_place)
    wanted = partition_input(table, bucket_root, month, None)["StorageDescriptor"]["Columns"]
    there, declared = _types(found["StorageDescriptor"].get("Columns") or []), _types(wanted)
    for name, type_ in there.items():
        if declared.get(name) != type_:
            values = {"column": name, "found": type_, "declared": declared.get(name, _ABSENT)}
            yield Difference("error", message("glue_partition_contradiction", entry=entry, **values))


def _elsewhere(bucket_root: str, table: Table, month: str | None, place: str, wanted: str) -> Difference:
    """Data of the same month that is still there is an earlier version, which the next update mends."""
    entry = f"{table.name} {month}" if month else table.name
    severity: Literal["error", "waiting"] = "error"
    if _may_lie_at(bucket_root, table, month, place):
        severity = "waiting"
    return Difference(severity, message("glue_elsewhere", entry=entry, found=place, wanted=wanted))


def _may_lie_at(bucket_root: str, table: Table, month: str | None, place: str) -> bool:
    home, runs = (f"{bucket_root}/lake/{folder}" for folder in (home_of(table, month), f"{RUNS}/{table.path}/run="))
    return place == home or (place.startswith(runs) and place.endswith(f"/{OF_MONTH}={month or ALL}"))


def _partitions(database: str, table: Table) -> list[dict[str, Any]]:
    try:
        return read_partitions(database, table) if table.partitioned else []
    except AwsMissingError:  # gone since it was looked at
        return []


def check_compatible(table: Table, found: Mapping[str, Any]) -> None:
    """Raise PermanentError when what is declared is more than the entry with new columns that may be NULL."""
    wrong = [*contradictions(table, found), *_not_additive(table, found)]
    if wrong:
        raise PermanentError("\n".join(wrong))


def contradictions(table: Table, found: Mapping[str, Any]) -> Iterator[str]:
    """A sentence for each column whose type is another, or that only the catalog has, and for other keys."""
    declared = {column.name: column.type.value for column in data_columns(table)}
    columns = _types(found["StorageDescriptor"].get("Columns", []))
    for name, type_ in columns.items():
        if declared.get(name) != type_:
            yield message(
                "glue_contradiction", table=table.name, column=name, found=type_, declared=declared.get(name, _ABSENT)
            )
    keys = {PARTITION_KEY: "string"} if table.partitioned else {}
    there = _types(found.get("PartitionKeys") or [])
    for name in sorted(keys.keys() ^ there.keys() | {name for name in keys if there.get(name) != keys[name]}):
        yield message(
            "glue_contradiction",
            table=table.name,
            column=name,
            found=f"PARTITIONED BY {there[name]}" if name in there else _ABSENT,
            declared=f"PARTITIONED BY {keys[name]}" if name in keys else _ABSENT,
        )


def _not_additive(table: Table, found: Mapping[str, Any]) -> Iterator[str]:
    """New columns that may not be NULL: the months there are have no value for them."""
    known = _types(found["StorageDescriptor"].get("Columns", []))
    for column in data_columns(table):
        if column.name not in known and not column.nullable:
            yield message("glue_not_nullable", table=table.name, column=column.name, declared=column.type.value)


def _types(columns: list[Mapping[str, str]]) -> dict[str, str]:
    return {column["Name"]: column["Type"] for column in columns}
