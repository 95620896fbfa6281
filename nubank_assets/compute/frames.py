"""Lake tables as DataFrames of a session, and rows out of one."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from nubank_assets.domain.tables import Table

if TYPE_CHECKING:
    import pyarrow as pa
    from pyspark.sql import DataFrame, SparkSession


def read_frame(session: "SparkSession", table: Table, urls: Sequence[str]) -> "DataFrame":
    """The rows of these Parquet objects; a frame of the declared columns without rows if there are none."""
    if urls:
        return session.read.parquet(*urls)
    columns = ", ".join(f"cast(null as {column.type.value}) as {column.name}" for column in table.columns)
    return session.sql(f"select {columns} where 1 = 0")


def collect_rows(frame: "DataFrame") -> "pa.Table":
    """The rows as the engine has them; who stores them casts them to what is declared.

    Spark Connect's own `toArrow` first asks for the schema, so that every plan is resolved twice.
    """
    connected: Any = frame
    if not hasattr(connected, "_to_table"):
        return frame.toArrow()
    rows: pa.Table = connected._to_table()[0]
    return rows
