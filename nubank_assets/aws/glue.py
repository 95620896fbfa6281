"""The Glue Data Catalog as the declarations say it: database, tables, and a partition for each month.

Writes only what differs, so that calling it again, or twice at once, changes nothing more. What an entry looks
like is in ``glue_inputs.py``; whether the catalog still agrees is looked at in ``glue_differences.py``.
"""

from collections.abc import Iterable, Mapping, Set
from typing import Any, Final

from nubank_assets.aws.clients import AwsMissingError
from nubank_assets.aws.glue_calls import call, decided_anew, read_partitions, read_table, write_batches
from nubank_assets.aws.glue_differences import check_compatible, read_folders
from nubank_assets.aws.glue_inputs import RUN, covers, partition_input, table_input
from nubank_assets.domain.catalog import TABLES
from nubank_assets.domain.tables import Table

_DATABASE: Final = "Household's Nubank money: the lake of nubank_assets"


def publish_catalog(database: str, bucket_root: str, tables: Mapping[str, Table] = TABLES) -> None:
    """Let the catalog have every table, and exactly the months that the lake has.

    Raises PermanentError, naming the column and both types, when a table there contradicts its declaration.
    """
    ensure_database(database)
    for table in tables.values():
        _publish_table(database, bucket_root, table, None)
        if table.partitioned:
            _publish_partitions(database, bucket_root, table, None, None)


def update_catalog(
    database: str, bucket_root: str, published: Iterable[tuple[str, str | None]], run: str | None = None
) -> None:
    """Let the catalog show what a run published: these months of these tables, by name, and no others.

    A month whose object is gone loses its partition. `run` is the run's id, by which others see who made the data.
    Raises PermanentError, naming the column and both types, when a table there contradicts its declaration.
    """
    months: dict[str, set[str]] = {}
    for name, month in published:
        months.setdefault(name, set()).update([month] if month else [])
    if months:
        ensure_database(database)
    for name, touched in sorted(months.items()):
        table = TABLES[name]
        if _publish_table(database, bucket_root, table, run) and table.partitioned:
            # Somebody deleted it, as the sentence about contradictions says: all its months come back.
            _publish_partitions(database, bucket_root, table, None, None)
        if touched:
            _publish_partitions(database, bucket_root, table, touched, run)


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
    folder = None if table.partitioned else read_folders(bucket_root, table).get(None)
    if found is None:
        call("CreateTable", resource, DatabaseName=database, TableInput=table_input(table, bucket_root, run, folder))
        return True
    check_compatible(table, found)
    parameters = found.get("Parameters") or {}
    wanted = table_input(table, bucket_root, run or parameters.get(RUN), folder)
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
    database: str, bucket_root: str, table: Table, months: Set[str] | None, run: str | None
) -> None:
    """Create, update or delete the partitions of these months (all, if None); let every other have the columns."""
    found = {entry["Values"][0]: entry for entry in read_partitions(database, table)}
    # After the look at the catalog: a month that is published in between is not taken for gone.
    folders = read_folders(bucket_root, table)
    present = {month for month in folders if month}
    touched = present | found.keys() if months is None else months
    wanted = {
        month: _merged(found.get(month, {}), table, bucket_root, month, run if month in touched else None, folders)
        for month in sorted((touched & present) | (found.keys() - touched))
    }
    _write(database, table, found, wanted)
    for month in sorted(found.keys() & touched - present):
        where = {"DatabaseName": database, "TableName": table.name}
        call("DeletePartition", f"{database}.{table.name} {month}", PartitionValues=[month], **where)


def _write(database: str, table: Table, found: Mapping[str, Any], wanted: Mapping[str, dict[str, Any]]) -> None:
    """Create what is not there, and update what differs."""
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


def _merged(
    found: Mapping[str, Any],
    table: Table,
    bucket_root: str,
    month: str,
    run: str | None,
    folders: Mapping[str | None, str],
) -> dict[str, Any]:
    """The partition as it should be, with the parameters of others that it has."""
    parameters = found.get("Parameters") or {}
    wanted = partition_input(table, bucket_root, month, run or parameters.get(RUN), folders.get(month))
    return {**wanted, "Parameters": {**parameters, **wanted["Parameters"]}}
