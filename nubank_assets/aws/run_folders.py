"""Deleting the files of runs that nobody can need any more (docs/decisions/016-run-folders.md).

A folder stays while its month is what it says, while Glue points to it, and for a week after the last change of its
month: until then somebody may still be reading it, or writing to it. What a killed run left goes in the same way.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Final
from urllib.parse import urlsplit

from nubank_assets.aws.clients import aws_failures, client
from nubank_assets.aws.glue_observing import published_at, read_entries
from nubank_assets.domain.catalog import TABLES
from nubank_assets.domain.tables import Table
from nubank_assets.lake.parts import ALL, OF_MONTH, RUNS
from nubank_assets.lake.publish import Lake

_KEPT: Final = timedelta(days=7)
#: Most objects that one call may delete.
_BATCH: Final = 1000
_FOLDER: Final = f"/{OF_MONTH}="


def clean_runs(database: str, bucket_root: str, now: datetime) -> list[str]:
    """Delete what is not needed; the folders, relative to the lake. Call it when the catalog is up to date."""
    written = _list_runs(bucket_root)
    old = [folder for folder, objects in written.items() if now - max(objects.values()) > _KEPT]
    if not old:
        return []
    needed = _current(bucket_root) | _in_catalog(database, bucket_root)
    gone = [folder for folder in old if folder not in needed and _is_settled(bucket_root, folder, now)]
    _delete(bucket_root, [key for folder in gone for key in written[folder]])
    return gone


def _list_runs(bucket_root: str) -> Mapping[str, Mapping[str, datetime]]:
    """The objects of each month's folder of each run, with their times; what lies beside those by its run."""
    place, found = urlsplit(f"{bucket_root}/lake"), defaultdict[str, dict[str, datetime]](dict)
    prefix = place.path.strip("/") + "/"
    with aws_failures("s3:ListBucket", f"s3://{place.netloc}"):
        pages = client("s3").get_paginator("list_objects_v2").paginate(Bucket=place.netloc, Prefix=f"{prefix}{RUNS}/")
        for item in (item for page in pages for item in page.get("Contents", [])):
            folder, has_month, rest = item["Key"].removeprefix(prefix).partition(_FOLDER)
            name = f"{folder}{_FOLDER}{rest.partition('/')[0]}" if has_month else folder.rpartition("/")[0]
            found[name][item["Key"]] = item["LastModified"]
    return found


def _current(bucket_root: str) -> set[str]:
    lake = Lake(f"{bucket_root}/lake")
    return {part.folder for table in TABLES.values() for part in lake.parts(table)}


def _in_catalog(database: str, bucket_root: str) -> set[str]:
    entries = read_entries(database, TABLES.values())
    return {entry.location.rstrip("/").removeprefix(f"{bucket_root}/lake/") for entry in entries}


def _is_settled(bucket_root: str, folder: str, now: datetime) -> bool:
    """Whether nothing of the folder's month has changed for so long that nobody reads its earlier versions."""
    if (found := _month_of(folder)) is None:
        return True
    changed = published_at(bucket_root, *found)
    return changed is None or now - changed > _KEPT


def _month_of(folder: str) -> tuple[Table, str | None] | None:
    """The table and month of ``runs/<layer>/<table>/run=…/of_month=…``; None for what is no month of a known table."""
    parts = folder.split("/")
    table = TABLES.get(parts[2]) if len(parts) > 4 else None
    month = folder.rpartition("=")[2]
    return (table, None if month == ALL else month) if table else None


def _delete(bucket_root: str, keys: list[str]) -> None:
    bucket = urlsplit(bucket_root).netloc
    for batch in _batches(keys):
        with aws_failures("s3:DeleteObject", f"s3://{bucket}/{batch[0]}"):
            client("s3").delete_objects(
                Bucket=bucket, Delete={"Objects": [{"Key": key} for key in batch], "Quiet": True}
            )


def _batches(keys: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(keys), _BATCH):
        yield keys[start : start + _BATCH]
