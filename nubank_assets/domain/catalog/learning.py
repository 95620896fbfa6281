"""The tables of what a person teaches: their own rules, and how much there is left to say of each bill."""

from typing import Final

from nubank_assets.domain.catalog.columns import BILL, DOCUMENT, MONTH, SOURCE
from nubank_assets.domain.tables import Column, ColumnType, Table
from nubank_assets.domain.vocabulary import Layer

_S, _I, _T, _P = ColumnType.STRING, ColumnType.INTEGER, ColumnType.TIMESTAMP, ColumnType.PERCENT

RULES: Final = Table(
    "rules",
    Layer.RAW,
    "one rule of the person's own",
    "What a person says of a merchant, or of words in its name, whatever line it is",
    ("rule",),
    (
        Column("rule", _S, "Identity: its document, or the row of `corrections` that applies to a merchant"),
        DOCUMENT,
        SOURCE,
        Column("as_of", _T, "When it was made, or the worksheet was first read as it is, UTC"),
        Column("number", _I, "Its place among all by time; of equally specific commands the greatest counts"),
        Column("match_type", _S, "How names are compared: merchant, begins, words or contains (docs/categories.md)"),
        Column("raw_pattern", _S, "What names are compared with, as written; NULL where only a line's id is", True),
        Column("transaction_id", _S, "The line on which it was made, whose merchant is meant; NULL of others", True),
        BILL,
        Column("category", _S, "The category that lines get"),
    ),
    partitioned=False,
)

LEARNING_PROGRESS: Final = Table(
    "learning_progress",
    Layer.INSIGHTS,
    "one month of bills and movements",
    "How the categories of a month were decided, and what a person had to say for it; future bills are left out",
    ("month",),
    (
        MONTH,
        Column("lines", _I, "Lines that have a category: spending, and what takes some back"),
        Column("correction_lines", _I, "Lines that a correction decided"),
        Column("own_rule_lines", _I, "Lines that a rule of the person's own decided"),
        Column("memory_lines", _I, "Lines that the memory of their merchant decided"),
        Column("source_lines", _I, "Lines that have Nubank's own category"),
        Column("kind_lines", _I, "Lines that are charges"),
        Column("rule_lines", _I, "Lines that the shipped knowledge decided"),
        Column("fallback_lines", _I, "Lines of which nothing is known: outros"),
        Column(
            "uncertain_lines", _I, "Lines whose category is less than 90 % sure, those of which nothing is known too"
        ),
        Column("merchant_corrections", _I, "Corrections of a whole merchant, made on a line of this month"),
        Column("corrections", _I, "What the person had to say: lines that a correction decided, and whole merchants"),
        Column("correction_percent", _P, "Corrections for each hundred lines"),
        Column("uncertain_percent", _P, "Uncertain lines for each hundred lines"),
    ),
    partitioned=False,
)
