"""The Glue Data Catalog as the declarations say it: database, tables, and a partition for each month.

Writes only what differs, so that calling it again, or twice at once, changes nothing more. What an entry looks
like is in ``glue_inputs.py``; whether the catalog still agrees is looked at in ``glue_differences.py``.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from nubank_assets.aws.clients import AwsMissingError
from nubank_assets.aws.glue_calls import call, decided_anew, read_partitions, read_table, write_batches
from nubank_assets.aws.glue_differences import check_compatible
from nubank_assets.aws.glue_inputs import RUN, covers, partition_input, table_input
from nubank_assets.domain.catalog import TABLES
from nubank_assets.domain.tables import Table
from nubank_assets.lake.publish import Lake

_DATABASE: Final = "Household's Nubank money: the lake of nubank_assets"


def publish_catalog(database: str, bucket_root: str, tables: Mapping[str, Table] = TABLES) -> None:
    """Let the catalog have every table, and exactly the months that the lake has.

    Raises PermanentError, naming the column and both types, when a table there contradicts its declaration.
    """
    lake = Lake(f"{bucket_root}/lake")
    ensure_database(database)
    for table in tables.values():
        _publish_table(database, bucket_root, table, None)
        if table.partitioned:
            # In this order: a month that is published in between is not taken for gone.
            known = {partition["Values"][0] for partition in read_partitions(database, table)}
            months = lake.months(table)
            _publish_partitions(database, bucket_root, table, dict.fromkeys(months), known - {*months})


def update_catalog(
    database: str, bucket_root: str, published: Iterable[tuple[str, str | None]], run: str | None = None
) -> None:
    """Let the catalog show what a run published: these months of these tables, by name, and no others.

    A month whose object is gone loses its partition. `run` is the run's id, by which others see who made the data.
    Raises PermanentError, naming the column and both types, when a table there contradicts its declaration.
    """
    lake = Lake(f"{bucket_root}/lake")
    months: dict[str, set[str]] = {}
    for name, month in published:
        months.setdefault(name, set()).update([month] if month else [])
    if months:
        ensure_database(database)
    for name, touched in sorted(months.items()):
        table = TABLES[name]
        is_new = _publish_table(database, bucket_root, table, run)
        if touched:
            present = {*lake.months(table)}
            if is_new:
                # Somebody deleted it, as the sentence about contradictions says: all its months come back.
                publish_catalog(database, bucket_root, {name: table})
            _publish_partitions(
                database, bucket_root, table, dict.fromkeys(sorted(touched & present), run), touched - present
            )


@decided_anew
def ensure_database(database: str) -> None:
    """Make the database if there is none."""
    try:
        call("GetDatabase", database, Name=database)
    except AwsMissingError:
        call("CreateDatabase", database, DatabaseInput={"Name": database, "Description": _DATABASE})


@decided_anew
def _publish_table(database: str, bucket_root: str, table: Table, run: str | None) -> bool:
    """Whether the table was made anew."""
    found, resource = read_table(database, table), f"{database}.{table.name}"
    if found is None:
        call("CreateTable", resource, DatabaseName=database, TableInput=table_input(table, bucket_root, run))
        return True
    check_compatible(table, found)
    parameters = found.get("Parameters") or {}
    wanted = table_input(table, bucket_root, run or parameters.get(RUN))
    if covers(found, wanted):
        return False
    wanted["Parameters"] = {**parameters, **wanted["Parameters"]}
    # A new run alone is not worth an archived version of the table.
    same_schema = covers(found.get("StorageDescriptor"), wanted["StorageDescriptor"])
    version = {"VersionId": found["VersionId"]} if found.get("VersionId") else {}
    call("UpdateTable", resource, DatabaseName=database, TableInput=wanted, SkipArchive=same_schema, **version)
    return False


@decided_anew
def _publish_partitions(
    database: str, bucket_root: str, table: Table, months: Mapping[str, str | None], gone: Iterable[str]
) -> None:
    """Create and update these months with their runs, delete those that are gone, and let all have the columns."""
    found = {entry["Values"][0]: entry for entry in read_partitions(database, table)}
    wanted = {
        month: _merged(found.get(month, {}), table, bucket_root, month, months.get(month))
        for month in sorted({*months, *found} - {*gone})
    }
    where = {"DatabaseName": database, "TableName": table.name}
    resource = f"{database}.{table.name}"
    new = [entry for month, entry in wanted.items() if month not in found]
    write_batches("BatchCreatePartition", "PartitionInputList", resource, new, **where)
    changed = [
        {"PartitionValueList": [month], "PartitionInput": entry}
        for month, entry in wanted.items()
        if month in found and not covers(found[month], entry)
    ]
    write_batches("BatchUpdatePartition", "Entries", resource, changed, **where)
    for month in sorted({*gone} & found.keys()):
        call("DeletePartition", f"{resource} {month}", PartitionValues=[month], **where)


def _merged(found: Mapping[str, Any], table: Table, bucket_root: str, month: str, run: str | None) -> dict[str, Any]:
    """The partition as it should be, with the parameters of others that it has."""
    parameters = found.get("Parameters") or {}
    wanted = partition_input(table, bucket_root, month, run or parameters.get(RUN))
    return {**wanted, "Parameters": {**parameters, **wanted["Parameters"]}}
