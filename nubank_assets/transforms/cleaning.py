"""raw_transactions to cleaned_parquet: typed, masked, identified lines, each once.

What a line is and what it means for the month is for ``categorization.py``.
"""

from typing import Final

from pyspark.sql import Column, DataFrame, Window
from pyspark.sql import functions as F

from nubank_assets.transforms.frames import Frames, money, select_table
from nubank_assets.transforms.steps import Parameters
from nubank_assets.transforms.text import clean_title, mask_documents, match_key, plain

_PARCEL: Final = r"^(.*?)(?: - Parcela| -)? ([0-9]{1,2})/([0-9]{1,2})$"
_MOVEMENT: Final = (
    r"^((?:Estorno - )?Compra no debito via NuPay|(?:Estorno - )?Compra no debito|Pagamento de boleto efetuado"
    r"|Transferencia [A-Za-z]+(?: pelo Pix)?|Reembolso [a-z]+ pelo Pix) - "
)
_PERSON_DOCUMENT: Final = r"^(.*?) - [*0-9]{2,3}\.[*0-9]{3}\.[*0-9]{3}[-/][-/*0-9]+"
_ID_SEPARATOR: Final = "\x1f"


def clean_transactions(frames: Frames, parameters: Parameters) -> DataFrame:  # noqa: ARG001
    """`transactions`: the lines that count, with ids, and the category that any document of the bill has."""
    lines = frames["raw_lines"].withColumn("raw_category", F.nullif(F.lower(F.trim("raw_category")), F.lit("")))
    current = identify_lines(lines.where("line_state = 'current'"))
    categorized = identify_lines(lines.where("line_state <> 'rejected' and raw_category is not null"))
    categories = categorized.groupBy("transaction_id").agg(F.max("raw_category").alias("source_category"))
    return select_table(
        "transactions",
        current.join(categories, "transaction_id", "left").withColumns(
            {
                "date": F.col("line_date"),
                "amount_brl": money(F.col("centavos")),
                "identifier": F.nullif(F.trim("raw_identifier"), F.lit("")),
                "merchant": _merchant(),
            }
        ),
    )


def identify_lines(lines: DataFrame) -> DataFrame:
    """Readable raw lines with `title`, the columns of a parcel, and `transaction_id`.

    Lines that are equal within their document must all be among them: the id has their ordinal.
    """
    titled = lines.withColumn("title", mask_documents(clean_title(F.coalesce("raw_title", F.lit("")))))
    identified = _with_parcel(titled).withColumn("_identity", _identity())
    return identified.withColumn("transaction_id", _transaction_id())


def _with_parcel(lines: DataFrame) -> DataFrame:
    """`base`, `installment` and `installments` from a card title such as `Loja Azul - Parcela 2/10`."""
    text = plain(F.col("title"))
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
            "base": F.when(is_parcel, F.substring("title", F.lit(1), length)).otherwise(F.col("title")),
            "installment": F.when(is_parcel, F.col("_number")),
            "installments": F.when(is_parcel, F.col("_count")),
        }
    )


def _merchant() -> Column:
    """Who the money went to or came from: the base of a card title, the name in an account movement."""
    title, base = F.col("title"), F.col("base")
    card = F.regexp_replace(base, "^(Antecipada|Parcelamento de Compra) - ", "")
    text = plain(title)
    verb = F.length(F.regexp_extract(text, _MOVEMENT, 1))
    start = verb + F.lit(4)
    rest = F.substring(title, start, F.length(title))
    name = F.length(F.regexp_extract(plain(rest), _PERSON_DOCUMENT, 1))
    party = F.when(name > 0, F.substring(title, start, name)).otherwise(rest)
    return F.when(F.col("account_type") == "card", card).when(verb > 0, party).otherwise(title)


def _transaction_id() -> Column:
    """The hash of a line's identity and its ordinal among equals in its document."""
    equals = Window.partitionBy("document", "month", "_identity").orderBy("line_number")
    ordinal = F.row_number().over(equals).cast("string")
    return F.substring(F.sha2(F.concat_ws(_ID_SEPARATOR, "_identity", ordinal), 256), 1, 32)


def _identity() -> Column:
    """What does not change between exports of one line.

    Card: account, bill, title without accents and with both names of a purchase's IOF as one, n/N, centavos,
    and the date unless it is a later parcel (whose date moves). Account: account, Identificador (or day and
    title), centavos.
    """
    key = match_key(F.col("base"))
    key = F.when(key.rlike('^iof de "'), F.lit("iof de compra internacional")).otherwise(key)
    day = F.col("line_date").cast("string")
    steady_day = F.when(F.coalesce("installment", F.lit(1)) >= 2, F.lit("")).otherwise(day)
    parcel = F.concat_ws("/", F.col("installment").cast("string"), F.col("installments").cast("string"))
    card = F.concat_ws(_ID_SEPARATOR, F.lit("card"), F.col("bill"), key, parcel, steady_day)
    identifier = F.coalesce(F.nullif(F.trim("raw_identifier"), F.lit("")), F.concat_ws(_ID_SEPARATOR, day, key))
    identity = F.when(F.col("account_type") == "card", card).otherwise(
        F.concat_ws(_ID_SEPARATOR, F.lit("account"), identifier)
    )
    return F.concat_ws(_ID_SEPARATOR, F.col("account"), identity, F.col("centavos").cast("string"))


def clean_bills(frames: Frames, parameters: Parameters) -> DataFrame:  # noqa: ARG001
    """`bills`: one row for each bill, from its current document and the LEDGERBAL of an agreeing OFX."""
    documents = frames["raw_documents"].where("account_type = 'card'")
    agreeing = documents.where("document_state <> 'superseded' and ledger_brl is not null")
    ledgers = agreeing.groupBy("account", "bill").agg(F.max("ledger_brl").alias("agreed_brl"))
    current = documents.where("document_state = 'current'").drop("ledger_brl")
    bills = current.join(ledgers, ["account", "bill"], "left").withColumns(
        {
            "lines": F.col("current_lines"),
            "total_brl": (F.col("current_brl") - F.col("payments_brl")).cast("decimal(18,2)"),
            "ledger_brl": F.col("agreed_brl"),
        }
    )
    difference = (F.col("ledger_brl") - F.col("total_brl")).cast("decimal(18,2)")
    return select_table("bills", bills.withColumn("ledger_difference_brl", difference))


def clean_balance_readings(frames: Frames, parameters: Parameters) -> DataFrame:  # noqa: ARG001
    """`balance_readings`: the latest observation of each day."""
    latest = Window.partitionBy("account", "reading", "observed_on").orderBy(F.desc("as_of"), F.desc("document"))
    readings = frames["raw_readings"].withColumn("_order", F.row_number().over(latest)).where("_order = 1")
    return select_table("balance_readings", readings.withColumn("value_brl", F.col("raw_value").cast("decimal(18,2)")))


def clean_rejects(frames: Frames, parameters: Parameters) -> DataFrame:  # noqa: ARG001
    """`rejects`: the lines that could not be read, with their masked text."""
    rejected = frames["raw_lines"].where("line_state = 'rejected'")
    text = mask_documents(clean_title(F.coalesce("raw_text", F.lit(""))))
    return select_table("rejects", rejected.withColumn("text", text))


TRANSFORMS: Final = {
    "transactions": clean_transactions,
    "bills": clean_bills,
    "balance_readings": clean_balance_readings,
    "rejects": clean_rejects,
}
