"""Few values out of frames and back, for what is decided in plain Python: as one text, the quickest way on any engine.

What is gathered is for the modules that ask; nothing else in ``transforms`` brings rows to where the step runs.
"""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Final

from pyspark.sql import DataFrame
from pyspark.sql import functions as F

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

#: Between rows and between their values; cleaned texts have neither.
_ROW: Final = "\x1e"
VALUE: Final = "\x1f"


def collect_texts(texts: DataFrame) -> list[str]:
    """The distinct texts of a frame's one column, in order."""
    (name,) = texts.columns
    joined = texts.agg(F.array_join(F.sort_array(F.collect_set(name)), _ROW), F.count(F.lit(1))).collect()
    text, rows = joined[0]
    return text.split(_ROW) if rows else []


def frame_of_texts(
    session: "SparkSession", columns: Sequence[str], rows: Iterable[Sequence[str]], whole: Sequence[str]
) -> DataFrame:
    """A frame of these rows, '' as NULL except in the columns `whole`. Frames from lists start Python workers.

    Without rows there is one of nothing.
    """
    text = _ROW.join(VALUE.join(row) for row in rows)
    one = session.sql("select 1 as one")
    rows_of_text = one.select(F.explode(F.split(F.lit(text), _ROW)).alias("_row"))
    values = {name: F.split_part(F.col("_row"), F.lit(VALUE), F.lit(place)) for place, name in enumerate(columns, 1)}
    return rows_of_text.select(
        *[(value if name in whole else F.nullif(value, F.lit(""))).alias(name) for name, value in values.items()]
    )
