"""Lake tables as DataFrames of a session."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from nubank_assets.domain.tables import Table

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession


def read_frame(session: "SparkSession", table: Table, urls: Sequence[str]) -> "DataFrame":
    """The rows of these Parquet objects; a frame of the declared columns without rows if there are none."""
    if urls:
        return session.read.parquet(*urls)
    columns = ", ".join(f"cast(null as {column.type.value}) as {column.name}" for column in table.columns)
    return session.sql(f"select {columns} where 1 = 0")
