"""Which transaction each line of each document tells of, and what documents know of it beyond its line.

The identity of a line is decided here. What a transaction looks like is for ``cleaning.py``.
"""

from functools import reduce
from typing import Final

from pyspark.sql import Column, DataFrame, Window
from pyspark.sql import functions as F

from nubank_assets.domain.vocabulary import Category, DocumentFormat, Family
from nubank_assets.transforms.frames import Frames, money, select_table
from nubank_assets.transforms.steps import Parameters
from nubank_assets.transforms.text import clean_title, mask_documents, match_key, plain

#: What names one line of the inbox in one month.
LINE_KEY: Final = ["document", "month", "line_number"]
#: What only some sources know of a line.
DETAILS: Final = (
    "occurred_at",
    "card_last_four",
    "merchant_code",
    "foreign_currency",
    "foreign_amount",
    "included_iof_brl",
)
_PARCEL: Final = r"^(.*?)(?: - Parcela| -)? ([0-9]{1,2})/([0-9]{1,2})$"
#: What few titles end in, and every parcel's does.
_MAY_BE_PARCEL: Final = "/[0-9]{1,2}$"
_ID_SEPARATOR: Final = "\x1f"
_IS_TOLD: Final = "line_state in ('current', 'superseded', 'duplicate')"
#: What `transaction_sources` has of a line as it is.
_TRACED: Final = [
    *LINE_KEY,
    "account",
    "source",
    "format",
    "line_state",
    "reason",
    "void_reason",
    "line_date",
    "centavos",
]
#: Lines of the same money in the same bill, or on the same day of an account.
_SAME_MONEY: Final = ["account", "_part", "centavos"]


def trace_lines(frames: Frames, parameters: Parameters) -> DataFrame:  # noqa: ARG001
    """`transaction_sources`: every line with the transaction it tells of, by id where it can be, else by money."""
    lines = frames["raw_lines"]
    told, untold = lines.where(_IS_TOLD), lines.where(f"not ({_IS_TOLD})")
    own = F.col("own_id")
    current = _identify_all(told).where("line_state = 'current'").select(*_TRACED, own, *_trace(own, "id"))
    others = _trace_others(told)
    nothing = F.lit(None).cast("string")
    rest = untold.select(*_TRACED, nothing.alias("own_id"), *_trace(nothing, None))
    traced = current.unionByName(others).unionByName(rest)
    columns = {"amount_brl": money(F.col("centavos")), "reason": F.coalesce("reason", "void_reason")}
    return select_table("transaction_sources", traced.withColumns(columns))


def _trace(transaction_id: Column, matched_by: str | None) -> tuple[Column, Column]:
    return transaction_id.alias("transaction_id"), F.lit(matched_by).cast("string").alias("matched_by")


def _trace_others(told: DataFrame) -> DataFrame:
    """The lines that do not count. Few do, and only lines of the same money can be theirs or equal to them."""
    # The small side first: it is the one that Sail keeps in memory.
    sums = told.where("line_state <> 'current'").select("account", "centavos").distinct()
    near = identify_lines(sums.join(told, ["account", "centavos"]))
    near = near.withColumn("_part", F.coalesce("bill", F.col("line_date").cast("string")))
    counts = F.max(F.col("line_state") == "current").over(Window.partitionBy("own_id"))
    near = near.withColumn("_counts", counts).select(*_TRACED, "_part", "own_id", "_counts")
    others = near.where("line_state <> 'current'")
    same_money = _match_money(
        others.where("not _counts"), near.where("line_state = 'current'"), others.where("_counts")
    )
    return others.join(same_money, LINE_KEY, "left").select(
        *_TRACED,
        "own_id",
        F.when(F.col("_counts"), F.col("own_id")).otherwise(F.col("_same_money")).alias("transaction_id"),
        F.when(F.col("_counts"), "id").when(F.col("_same_money").isNotNull(), "amount").alias("matched_by"),
    )


def _match_money(strangers: DataFrame, current: DataFrame, same_id: DataFrame) -> DataFrame:
    """Lines whose id no transaction has, each with one of the same money that no line of its document has yet."""
    asked = strangers.select("document", *_SAME_MONEY).distinct()
    taken = same_id.select("document", "own_id")
    free = asked.join(current.drop("document"), _SAME_MONEY).join(taken, ["document", "own_id"], "left_anti")
    equals = Window.partitionBy("document", *_SAME_MONEY)
    free = free.withColumn("_ordinal", F.row_number().over(equals.orderBy("line_date", "own_id")))
    free = free.select("document", *_SAME_MONEY, "_ordinal", F.col("own_id").alias("_same_money"))
    strangers = strangers.withColumn("_ordinal", F.row_number().over(equals.orderBy("line_date", "line_number")))
    return strangers.join(free, ["document", *_SAME_MONEY, "_ordinal"]).select(*LINE_KEY, "_same_money")


def known_details(lines: DataFrame, ids: DataFrame) -> DataFrame:
    """By transaction what any of its lines knows: Nubank's category, and the `DETAILS`, Nubank's own word first."""
    is_known = reduce(lambda known, name: known | F.col(name).isNotNull(), DETAILS, F.col("raw_category") != "")
    known = lines.where(is_known).join(ids, LINE_KEY)
    known = known.withColumn("source_category", _nubank_category())
    others = F.col("format").isin(_formats_of(Family.PLUGGY))
    best = [F.coalesce(F.max(F.when(~others, F.col(n))), F.max(n)).alias(n) for n in ("source_category", *DETAILS)]
    return known.groupBy("transaction_id").agg(*best)


def _formats_of(family: Family) -> list[str]:
    return [format_.value for format_ in DocumentFormat if format_.family is family]


def _nubank_category() -> Column:
    """The category as Nubank's API or export words it, in the words of the platform; Pluggy has its own."""
    words = match_key(F.col("raw_category"))
    chain = F.when(F.col("format").isin(_formats_of(Family.PLUGGY)), F.lit(None).cast("string"))
    for category in Category:
        chain = chain.when(words == match_key(F.lit(category.value)), F.lit(category.value))
    return chain.otherwise(F.nullif(F.lower(F.trim("raw_category")), F.lit("")))


def title_of_line() -> Column:
    """The title in the words of an export, cleaned, documents of people masked."""
    return mask_documents(clean_title(F.coalesce("statement_title", "raw_title", F.lit(""))))


def identify_lines(lines: DataFrame) -> DataFrame:
    """Readable raw lines with `title`, the columns of a parcel, and `own_id`.

    Lines that are equal within their document must all be among them: the id has their ordinal.
    """
    # By a hash of what is equal: sorting the long texts themselves takes twice as long.
    equal = F.substring(F.sha2(F.concat_ws(_ID_SEPARATOR, "document", "month", "_identity"), 256), 1, 32)
    ordinal = F.row_number().over(Window.partitionBy(equal).orderBy("line_number"))
    return _with_identity(lines).withColumn("own_id", _transaction_id(ordinal))


def _identify_all(lines: DataFrame) -> DataFrame:
    """As `identify_lines`, for many: only lines of the same money in their document can be equal and need be sorted."""
    same_money = ["document", "month", "centavos"]
    several = lines.groupBy(*same_money).agg(F.count(F.lit(1)).alias("_several")).where(F.col("_several") > 1)
    marked = several.join(lines, same_money, "right")
    lone = _with_identity(marked.where("_several is null")).withColumn("own_id", _transaction_id(F.lit(1)))
    return lone.unionByName(identify_lines(marked.where("_several is not null")))


def _with_identity(lines: DataFrame) -> DataFrame:
    return with_parcel(lines.withColumn("title", title_of_line())).withColumn("_identity", _identity())


def with_parcel(lines: DataFrame) -> DataFrame:
    """`base`, `installment` and `installments` from a card title such as `Loja Azul - Parcela 2/10`."""
    text = plain(F.col("title"))
    text = F.when(text.rlike(_MAY_BE_PARCEL), text).otherwise(F.lit(""))
    # The zero in front makes the cast safe where there is no number.
    number, count = (F.concat(F.lit("0"), F.regexp_extract(text, _PARCEL, group)).cast("int") for group in (2, 3))
    lines = lines.withColumns({"_number": number, "_count": count})
    is_parcel = (
        (F.col("account_type") == "card")
        & (F.col("_number") >= 1)
        & (F.col("_number") <= F.col("_count"))
        & (F.col("_count") >= 2)
    )
    length = F.length(F.regexp_extract(text, _PARCEL, 1))
    return lines.withColumns(
        {
            "base": F.when(is_parcel, F.col("title").substr(F.lit(1), length)).otherwise(F.col("title")),
            "installment": F.when(is_parcel, F.col("_number")),
            "installments": F.when(is_parcel, F.col("_count")),
        }
    )


def _transaction_id(ordinal: Column) -> Column:
    """The hash of a line's identity and its ordinal among equals in its document."""
    return F.substring(F.sha2(F.concat_ws(_ID_SEPARATOR, "_identity", ordinal.cast("string")), 256), 1, 32)


def _identity() -> Column:
    """What does not change between exports of one line.

    Card: account, bill, title without accents and with both names of a purchase's IOF as one, n/N, centavos,
    and the date unless it is a later parcel (whose date moves). Account: account, Identificador (or day and
    title), centavos.
    """
    key = match_key(F.col("base"))
    key = F.when(key.startswith('iof de "'), F.lit("iof de compra internacional")).otherwise(key)
    day = F.col("line_date").cast("string")
    steady_day = F.when(F.coalesce("installment", F.lit(1)) >= 2, F.lit("")).otherwise(day)
    parcel = F.concat_ws("/", F.col("installment").cast("string"), F.col("installments").cast("string"))
    card = F.concat_ws(_ID_SEPARATOR, F.lit("card"), F.col("bill"), key, parcel, steady_day)
    identifier = F.coalesce(F.nullif(F.trim("raw_identifier"), F.lit("")), F.concat_ws(_ID_SEPARATOR, day, key))
    identity = F.when(F.col("account_type") == "card", card).otherwise(
        F.concat_ws(_ID_SEPARATOR, F.lit("account"), identifier)
    )
    return F.concat_ws(_ID_SEPARATOR, F.col("account"), identity, F.col("centavos").cast("string"))
