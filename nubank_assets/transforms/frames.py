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


def zero() -> Column:
    """No money."""
    return F.lit("0").cast("decimal(18,2)")


def day_of(moment: Column | str) -> Column:
    """The São Paulo day of a moment in UTC, or of the column that has it."""
    return F.to_date(F.from_utc_timestamp(moment, "America/Sao_Paulo"))


def month_number(month: Column) -> Column:
    """A month as YYYY-MM, counted from year 0."""
    return F.substring(month, 1, 4).cast("int") * 12 + F.substring(month, 6, 2).cast("int")


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
