"""What every transform takes and gives: frames by table name, and rows in declared types."""

from collections.abc import Iterable, Mapping
from functools import reduce

from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as F

from nubank_assets.domain.catalog import TABLES

Frames = Mapping[str, DataFrame]


def money(centavos: Column) -> Column:
    """Integer centavos as BRL; never through a float."""
    return (centavos.cast("decimal(18,0)") * F.lit("0.01").cast("decimal(3,2)")).cast("decimal(18,2)")


def select_table(name: str, frame: DataFrame) -> DataFrame:
    """The frame's columns as `name` declares them, in order and type."""
    return frame.select(
        *[F.col(column.name).cast(column.type.value).alias(column.name) for column in TABLES[name].columns]
    )


def first_of(cases: Iterable[tuple[Column, Column]], otherwise: Column | None) -> Column:
    """The value of the first condition that holds."""
    chain = reduce(lambda chain, case: chain.when(*case), cases, F)
    result: Column = chain.otherwise(otherwise) if otherwise is not None else chain  # type: ignore[assignment]
    return result
