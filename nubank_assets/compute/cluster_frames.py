"""Tables of the lake as frames of a cluster: reading them in their declared types, and writing the files of a run.

Rows are never brought to the driver; of each month only how many there are, and the sums of money.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from nubank_assets.compute.frames import read_frame
from nubank_assets.domain.tables import ColumnType, Table
from nubank_assets.lake.parts import ALL, OF_MONTH

if TYPE_CHECKING:
    from pyspark.sql import Column, DataFrame, SparkSession

#: A month with more rows is several files, whatever accounts the rows are of.
ROWS_IN_FILE: Final = 1_000_000
_BUCKET: Final = "_bucket"
#: Stands where a NULL may not be, so that Spark declares the column so; no row of a month that holds has one.
_NEVER: Final[Mapping[ColumnType, str]] = {
    ColumnType.STRING: "",
    ColumnType.DATE: "1970-01-01",
    ColumnType.TIMESTAMP: "1970-01-01 00:00:00",
    ColumnType.BOOLEAN: "false",
}


@dataclass(frozen=True)
class Counted:
    """How much a month of a table holds. `sums` are exact decimals as text, of the columns that have any value."""

    rows: int
    sums: dict[str, str]


def read_table(session: "SparkSession", table: Table, urls: Sequence[str]) -> "DataFrame":
    """The rows of these Parquet files; none if there are none."""
    if not urls:
        return read_frame(session, table, [])
    schema = ", ".join(f"{column.name} {column.type.value}" for column in table.columns)
    # The folders' names tell nothing that the files do not.
    return session.read.schema(schema).option("recursiveFileLookup", "true").parquet(*urls)


def count_months(frame: "DataFrame", table: Table) -> dict[str | None, Counted]:
    """What each month holds; of a table without months, what `[None]` is."""
    from pyspark.sql import functions as F

    money = [column.name for column in table.columns if column.type is ColumnType.MONEY]
    by = ["month"] if table.partitioned else []
    sums = [F.sum(name).alias(f"sum_{name}") for name in money]
    found = frame.groupBy(*by).agg(F.count(F.lit(1)).alias("rows"), *sums).collect()
    return {row["month"] if by else None: _counted(row.asDict(), money) for row in found}


def nothing_in(table: Table) -> Counted:
    """What a month without rows holds."""
    return Counted(0, {column.name: "0.00" for column in table.columns if column.type is ColumnType.MONEY})


def _counted(row: Mapping[str, Any], money: Iterable[str]) -> Counted:
    known = {name: row[f"sum_{name}"] for name in money}
    zero = {} if row["rows"] else dict.fromkeys(money, "0.00")
    return Counted(row["rows"], {name: str(total) for name, total in known.items() if total is not None} or zero)


def write_months(frame: "DataFrame", table: Table, rows: Mapping[str | None, int], url: str) -> None:
    """Write the months of `rows`, each to a folder of its own below `url`, where nothing is yet.

    A small month is one file. Types and NULLs are exactly as declared; within a file rows are in the order of the key.
    """
    from pyspark.sql import functions as F

    bucket = F.lit(0)
    for month, count in rows.items():
        if count > ROWS_IN_FILE:
            its = _bucket(table, count)
            bucket = F.when(F.col("month") == month, its).otherwise(bucket) if month else its
    placed = frame.select(*_as_declared(table)).withColumn(_BUCKET, bucket)
    if not table.partitioned:
        sorted_ = placed.repartition(_BUCKET).sortWithinPartitions(*table.key).drop(_BUCKET)
        sorted_.write.option("compression", "zstd").parquet(f"{url}/{OF_MONTH}={ALL}")
        return
    placed = placed.where(F.col("month").isin(list(rows))).withColumn(OF_MONTH, F.col("month"))
    sorted_ = placed.repartition(OF_MONTH, _BUCKET).sortWithinPartitions(OF_MONTH, *table.key).drop(_BUCKET)
    sorted_.write.partitionBy(OF_MONTH).option("compression", "zstd").parquet(url)


def _as_declared(table: Table) -> "list[Column]":
    from pyspark.sql import functions as F

    return [
        F.col(column.name)
        if column.nullable
        else F.coalesce(F.col(column.name), F.lit(_NEVER.get(column.type, "0")).cast(column.type.value)).alias(
            column.name
        )
        for column in table.columns
    ]


def _bucket(table: Table, rows: int) -> "Column":
    """Which of its month's files a row goes to: by its key, so that no account's size matters."""
    from pyspark.sql import functions as F

    files = F.lit(-(-rows // ROWS_IN_FILE))
    return F.pmod(F.xxhash64(*table.key), files).cast("int")
