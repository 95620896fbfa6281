"""Where the catalog and the declarations part: what contradicts them, what is not there yet."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from nubank_assets.aws.glue_inputs import PARTITION_KEY, data_columns
from nubank_assets.domain.failures import PermanentError
from nubank_assets.domain.tables import Table
from nubank_assets.messages import message

_ABSENT: Final = "—"


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
