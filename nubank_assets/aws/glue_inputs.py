"""A table's declaration in the words of the Glue Data Catalog. No calls here: those are in ``glue.py``.

`month` is a column of our files and also of the folder's name. Athena and Hive refuse a table that declares a
column twice, and read Parquet by column names, so the catalog has `month` as partition key alone.
"""

import hashlib
import json
from collections.abc import Mapping
from typing import Any, Final

from nubank_assets.domain.tables import Column, Table
from nubank_assets.lake.parts import home_of

#: Hash of the declaration that a table or partition was written from.
DECLARATION: Final = "nubank_declaration"
#: The run whose data the entry shows; without it, the entry was made for data that nobody told of.
RUN: Final = "nubank_run"
#: Hash of what we wrote into the entry: another writer leaves it as it is, and is recognised by that.
SEAL: Final = "nubank_seal"
PARTITION_KEY: Final = "month"
#: What Glue says of a catalog that is made for this platform's lake.
_PARQUET: Final[Mapping[str, Any]] = {
    "InputFormat": "org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat",
    "OutputFormat": "org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat",
    "SerdeInfo": {
        "SerializationLibrary": "org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe",
        "Parameters": {"serialization.format": "1"},
    },
}


def table_location(table: Table, bucket_root: str, folder: str | None = None) -> str:
    """Where the table's files lie; of one without months those of a cluster's run may lie elsewhere in the lake."""
    return f"{bucket_root}/lake/{folder or table.path}/"


def partition_location(table: Table, bucket_root: str, month: str, folder: str | None = None) -> str:
    """Where the files of one month lie; `folder` is where in the lake, unless it is where the object would be."""
    return f"{bucket_root}/lake/{folder or home_of(table, month)}/"


def declaration_hash(table: Table) -> str:
    """Changes whenever anything of the declaration does."""
    columns = [(column.name, column.type.value, column.description, column.nullable) for column in table.columns]
    return _digest([table.path, table.grain, table.description, table.key, table.partitioned, columns])


def data_columns(table: Table) -> list[Column]:
    """The columns that the catalog declares as such: all but the partition key."""
    return [column for column in table.columns if not (table.partitioned and column.name == PARTITION_KEY)]


def table_input(table: Table, bucket_root: str, run: str | None, folder: str | None = None) -> dict[str, Any]:
    """What `glue:CreateTable` is given; `run` made the data of an unpartitioned table, which lies in `folder` now."""
    keys = [column for column in table.columns if table.partitioned and column.name == PARTITION_KEY]
    entry = {
        "Name": table.name,
        "Description": f"{table.description}. One row: {table.grain}.",
        "TableType": "EXTERNAL_TABLE",
        "PartitionKeys": _columns(keys),
        "StorageDescriptor": _storage(table, table_location(table, bucket_root, folder)),
        "Parameters": {"EXTERNAL": "TRUE", **_parameters(table, None if table.partitioned else run)},
    }
    return _seal(entry)


def partition_input(
    table: Table, bucket_root: str, month: str, run: str | None, folder: str | None = None
) -> dict[str, Any]:
    """What `glue:BatchCreatePartition` is given for one month, whose files lie in `folder` of the lake now."""
    entry = {
        "Values": [month],
        "StorageDescriptor": _storage(table, partition_location(table, bucket_root, month, folder)),
        "Parameters": _parameters(table, run),
    }
    return _seal(entry)


def seal_of(entry: Mapping[str, Any]) -> str:
    """Hash of what an entry of the catalog says; parameters that are not ours are left out."""
    storage, parameters = entry.get("StorageDescriptor") or {}, entry.get("Parameters") or {}
    columns = [*(storage.get("Columns") or []), *(entry.get("PartitionKeys") or [])]
    return _digest(
        [
            entry.get("Description") or "",
            (storage.get("Location") or "").rstrip("/"),
            storage.get("InputFormat"),
            (storage.get("SerdeInfo") or {}).get("SerializationLibrary"),
            [(column["Name"], column["Type"], column.get("Comment") or "") for column in columns],
            {name: parameters[name] for name in (DECLARATION, RUN, "classification") if name in parameters},
        ]
    )


def is_sealed(entry: Mapping[str, Any]) -> bool:
    """Whether the entry is as this platform wrote it, here or elsewhere."""
    found: str | None = (entry.get("Parameters") or {}).get(SEAL)
    return found == seal_of(entry)


def covers(found: Any, wanted: Any) -> bool:
    """Whether `found` says all that is wanted; what Glue or others added to it does not count."""
    if isinstance(wanted, Mapping):
        return isinstance(found, Mapping) and all(covers(found.get(name), value) for name, value in wanted.items())
    if isinstance(wanted, list):
        return (
            isinstance(found, list)
            and len(found) == len(wanted)
            and all(covers(one, other) for one, other in zip(found, wanted, strict=True))
        )
    equal: bool = found == wanted
    return equal


def _storage(table: Table, location: str) -> dict[str, Any]:
    return {"Columns": _columns(data_columns(table)), "Location": location, **_PARQUET}


def _columns(columns: list[Column]) -> list[dict[str, str]]:
    return [{"Name": column.name, "Type": column.type.value, "Comment": column.description} for column in columns]


def _parameters(table: Table, run: str | None) -> dict[str, str]:
    return {"classification": "parquet", DECLARATION: declaration_hash(table), **({RUN: run} if run else {})}


def _seal(entry: dict[str, Any]) -> dict[str, Any]:
    return {**entry, "Parameters": {**entry["Parameters"], SEAL: seal_of(entry)}}


def _digest(content: Any) -> str:
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()[:16]
