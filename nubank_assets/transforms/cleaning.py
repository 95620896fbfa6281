"""raw_transactions to cleaned_parquet: typed, masked, identified lines, each once.

What a line is and what it means for the month is for ``categorization.py``.
"""

from typing import Final

from pyspark.sql import Column, DataFrame, Window
from pyspark.sql import functions as F

from nubank_assets.transforms.frames import Frames, money, select_table
from nubank_assets.transforms.steps import Parameters
from nubank_assets.transforms.text import clean_title, mask_documents, plain
from nubank_assets.transforms.tracing import (
    DETAILS,
    LINE_KEY,
    known_details,
    title_of_line,
    trace_lines,
    with_parcel,
)

_MOVEMENT: Final = (
    r"^((?:Estorno - )?Compra no debito via NuPay|(?:Estorno - )?Compra no debito|Pagamento de boleto efetuado"
    r"|Transferencia [A-Za-z]+(?: pelo Pix)?|Reembolso [a-z]+ pelo Pix) - "
)
_PERSON_DOCUMENT: Final = r"^(.*?) - [*0-9]{2,3}\.[*0-9]{3}\.[*0-9]{3}[-/][-/*0-9]+"


def clean_transactions(frames: Frames, parameters: Parameters) -> DataFrame:  # noqa: ARG001
    """`transactions`: the lines that count, with ids, and what any document of the bill or the day knows of them."""
    lines, traced = frames["raw_lines"], frames["transaction_sources"]
    ids = traced.where("transaction_id is not null").select(*LINE_KEY, "transaction_id")
    current = with_parcel(lines.where("line_state = 'current'").drop(*DETAILS).withColumn("title", title_of_line()))
    # The small side first: it is the one that Sail keeps in memory.
    identified = known_details(lines, ids).join(ids.join(current, LINE_KEY), "transaction_id", "right")
    columns = {
        "date": F.col("line_date"),
        "amount_brl": money(F.col("centavos")),
        "identifier": F.nullif(F.trim("raw_identifier"), F.lit("")),
        "merchant": _merchant(),
    }
    return select_table("transactions", identified.withColumns(columns))


def _merchant() -> Column:
    """Who the money went to or came from: the base of a card title, the name in an account movement."""
    title, base = F.col("title"), F.col("base")
    card = F.regexp_replace(base, "^(Antecipada|Parcelamento de Compra) - ", "")
    text = plain(title)
    verb = F.length(F.regexp_extract(text, _MOVEMENT, 1))
    start = verb + F.lit(4)
    rest = title.substr(start, F.length(title))
    name = F.length(F.regexp_extract(plain(rest), _PERSON_DOCUMENT, 1))
    party = F.when(name > 0, title.substr(start, name)).otherwise(rest)
    return F.when(F.col("account_type") == "card", card).when(verb > 0, party).otherwise(title)


def clean_bills(frames: Frames, parameters: Parameters) -> DataFrame:  # noqa: ARG001
    """`bills`: one row for each bill, from its current document and the total that it, or one that agrees, states."""
    documents = frames["raw_documents"].where("bill is not null")
    agreeing = documents.where("document_state <> 'superseded' and ledger_brl is not null")
    ledgers = agreeing.groupBy("account", "bill").agg(F.max("ledger_brl").alias("agreed_brl"))
    current = documents.where("document_state = 'current'")
    bills = current.join(ledgers, ["account", "bill"], "left").withColumns(
        {
            "lines": F.col("current_lines"),
            "total_brl": (F.col("current_brl") - F.col("payments_brl")).cast("decimal(18,2)"),
            "ledger_brl": F.coalesce("ledger_brl", "agreed_brl"),
        }
    )
    difference = (F.col("ledger_brl") - F.col("total_brl")).cast("decimal(18,2)")
    return select_table("bills", bills.withColumn("ledger_difference_brl", difference))


def clean_balance_readings(frames: Frames, parameters: Parameters) -> DataFrame:  # noqa: ARG001
    """`balance_readings`: the latest observation of each day; what a bank says before what lines add up to."""
    latest = Window.partitionBy("account", "reading", "observed_on").orderBy(
        F.desc("as_of"), F.desc("format"), F.desc("document")
    )
    readings = frames["raw_readings"].withColumn("_order", F.row_number().over(latest)).where("_order = 1")
    return select_table("balance_readings", readings.withColumn("value_brl", F.col("raw_value").cast("decimal(18,2)")))


def clean_rejects(frames: Frames, parameters: Parameters) -> DataFrame:  # noqa: ARG001
    """`rejects`: the lines that could not be read, with their masked text."""
    rejected = frames["raw_lines"].where("line_state = 'rejected'")
    text = mask_documents(clean_title(F.coalesce("raw_text", F.lit(""))))
    columns = {"text": text, "amount_brl": money(F.col("rejected_centavos"))}
    return select_table("rejects", rejected.withColumns(columns))


TRANSFORMS: Final = {
    "transaction_sources": trace_lines,
    "transactions": clean_transactions,
    "bills": clean_bills,
    "balance_readings": clean_balance_readings,
    "rejects": clean_rejects,
}
