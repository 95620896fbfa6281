"""What a Glue crawler would do. The local Glue's only waits: this driver sees it run and does the work.

It lists the bucket, reads the schemas of the Parquet files and writes into the catalog as AWS documents it for the
crawler's own configuration, which it reads back from Glue: a configuration that lets a crawler overwrite types is
obeyed too.
"""

import io
import json
import threading
from collections import defaultdict
from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet as pq
from boto3.session import Session

_HIVE: Final = {
    pa.string(): "string",
    pa.int32(): "int",
    pa.int64(): "bigint",
    pa.float64(): "double",
    pa.date32(): "date",
    pa.bool_(): "boolean",
}
_SECONDS_BETWEEN_LOOKS: Final = 0.1


class CrawlerDriver:
    """Does the work of one crawler while the block lasts. `crawls` counts the ends, `errors` what went wrong."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.crawls = 0
        self.errors: list[Exception] = []
        self._glue = Session().client("glue")
        self._s3 = Session().client("s3")
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> "CrawlerDriver":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join(30)
        assert not self._thread.is_alive(), "the driver does not end"
        assert not self.errors, self.errors

    def crawl(self) -> None:
        """One crawl, by the configuration that Glue has."""
        crawler = self._glue.get_crawler(Name=self.name)["Crawler"]
        for target in crawler["Targets"]["CatalogTargets"]:
            for table in target["Tables"]:
                self._crawl_table(crawler, {"DatabaseName": target["DatabaseName"]}, table)
        self.crawls += 1

    def _watch(self) -> None:
        was_running = False
        while not self._over.wait(_SECONDS_BETWEEN_LOOKS):
            try:
                is_running = self._state() == "RUNNING"
                if is_running and not was_running:
                    self.crawl()
                was_running = is_running
            except Exception as error:  # noqa: BLE001 (raised in the test, when the block ends)
                self.errors.append(error)
                return

    def _state(self) -> str:
        try:
            state: str = self._glue.get_crawler(Name=self.name)["Crawler"]["State"]
        except self._glue.exceptions.EntityNotFoundException:
            return "NONE"
        return state

    def _crawl_table(self, crawler: dict[str, Any], where: dict[str, str], name: str) -> None:
        table = self._glue.get_table(**where, Name=name)["Table"]
        folders = self._folders(table["StorageDescriptor"]["Location"])
        updates = crawler["SchemaChangePolicy"]["UpdateBehavior"] == "UPDATE_IN_DATABASE"
        if updates and folders:
            table["StorageDescriptor"]["Columns"] = folders[max(folders)]
            kept = {
                key: table[key] for key in ("Name", "StorageDescriptor", "PartitionKeys", "Parameters", "TableType")
            }
            self._glue.update_table(**where, TableInput=kept)
        self._crawl_partitions(crawler, {**where, "TableName": name}, table, folders)

    def _crawl_partitions(
        self, crawler: dict[str, Any], where: dict[str, str], table: dict[str, Any], folders: dict[str, Any]
    ) -> None:
        output = json.loads(crawler["Configuration"] or "{}").get("CrawlerOutput", {})
        inherits = output.get("Partitions", {}).get("AddOrUpdateBehavior") == "InheritFromTable"
        updates = crawler["SchemaChangePolicy"]["UpdateBehavior"] == "UPDATE_IN_DATABASE"
        pages = self._glue.get_paginator("get_partitions").paginate(**where)
        known = {entry["Values"][0]: entry for page in pages for entry in page["Partitions"]}
        for month, columns in folders.items():
            wanted = table["StorageDescriptor"]["Columns"] if inherits else columns
            entry = _partition(table, month, wanted, known.get(month))
            if month not in known:
                self._glue.create_partition(**where, PartitionInput=entry)
            elif (inherits or updates) and known[month]["StorageDescriptor"]["Columns"] != wanted:
                change = {"PartitionValueList": [month], "PartitionInput": entry}
                self._glue.batch_update_partition(**where, Entries=[change])
        if crawler["SchemaChangePolicy"]["DeleteBehavior"] == "DELETE_FROM_DATABASE":
            for month in known.keys() - folders.keys():
                self._glue.delete_partition(**where, PartitionValues=[month])

    def _folders(self, location: str) -> dict[str, list[dict[str, str]]]:
        """The columns that the files of each `month=` folder have."""
        bucket, prefix = location.removeprefix("s3://").split("/", 1)
        found: dict[str, list[dict[str, str]]] = defaultdict(list)
        for page in self._s3.get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=prefix):
            for item in page.get("Contents", []):
                key = item["Key"]
                if "month=" in key:
                    data = self._s3.get_object(Bucket=bucket, Key=key)["Body"].read()
                    found[key.split("month=")[1].split("/")[0]] = _columns(pq.read_schema(io.BytesIO(data)))
        return found


def _partition(
    table: dict[str, Any], month: str, columns: list[dict[str, str]], known: dict[str, Any] | None
) -> dict[str, Any]:
    location = f"{table['StorageDescriptor']['Location'].rstrip('/')}/month={month}/"
    return {
        "Values": [month],
        "StorageDescriptor": {**table["StorageDescriptor"], "Columns": columns, "Location": location},
        "Parameters": (known or {}).get("Parameters") or {"classification": "parquet", "crawled": "true"},
    }


def _columns(schema: pa.Schema) -> list[dict[str, str]]:
    return [{"Name": field.name, "Type": _hive_type(field.type)} for field in schema]


def _hive_type(type_: pa.DataType) -> str:
    if pa.types.is_decimal(type_):
        return f"decimal({type_.precision},{type_.scale})"
    return "timestamp" if pa.types.is_timestamp(type_) else _HIVE[type_]
