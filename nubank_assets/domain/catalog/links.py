"""The tables of insights about lines that belong together: which are linked, which lack their other side, and what of
all that moved is counted.
"""

from typing import Final

from nubank_assets.domain.catalog.columns import (
    ACCOUNT,
    ACCOUNT_TYPE,
    AMOUNT,
    BASIS,
    DATE,
    ID,
    IS_OPEN,
    KIND,
    MONTH,
    TITLE,
)
from nubank_assets.domain.tables import Column, ColumnType, Table
from nubank_assets.domain.vocabulary import Layer

_S, _I, _D, _M = ColumnType.STRING, ColumnType.INTEGER, ColumnType.DATE, ColumnType.MONEY


def _side(side: str, what: str) -> tuple[Column, ...]:
    """The columns of one of a link's two lines."""
    return (
        Column(f"{side}_transaction_id", _S, f"The line {what}"),
        Column(f"{side}_account", _S, "Its account"),
        Column(f"{side}_date", _D, "Its day"),
        Column(f"{side}_title", _S, "Its title"),
        Column(f"{side}_amount_brl", _M, "Its amount in BRL with our sign"),
    )


TRANSACTION_LINKS: Final = Table(
    "transaction_links",
    Layer.INSIGHTS,
    "one pair of lines that belong together",
    "Pairs of lines that are one movement, or of which one answers the other, with the reason (docs/counted-once.md)",
    ("reason", "first_transaction_id", "second_transaction_id"),
    (
        Column("link_id", _S, "Identity of the pair: its reason and its two lines"),
        Column("month", _S, "Month of the pair's later line, YYYY-MM"),
        Column("reason", _S, "Why they belong together (domain/linking.py LinkReason)"),
        Column("found_by", _S, "How they were found (domain/linking.py LinkMethod)"),
        *_side("first", "that money left by: what was paid, sent, put aside or bought"),
        *_side("second", "that answers it: what was received, came back, was given back, or the tax or charge on it"),
        Column("linked_brl", _M, "The amount that is linked, positive; no more than either line has"),
        Column("days_apart", _I, "Days from the first line to the second; negative if it is dated earlier"),
    ),
    partitioned=False,
)

UNLINKED_TRANSACTIONS: Final = Table(
    "unlinked_transactions",
    Layer.INSIGHTS,
    "one line and one reason for which it should have another side",
    "Lines that should have another side and have none, or not of all their money, and why",
    ("transaction_id", "expects"),
    (
        MONTH,
        ID,
        ACCOUNT,
        ACCOUNT_TYPE,
        DATE,
        TITLE,
        KIND,
        AMOUNT,
        Column("expects", _S, "What its link would be (domain/linking.py LinkReason)"),
        Column("reason", _S, "Why there is none (domain/linking.py UnlinkedReason)"),
        Column("linked_brl", _M, "The part of its amount that is linked, positive"),
        Column("unlinked_brl", _M, "The rest of its amount, positive"),
    ),
    partitioned=False,
)

COUNTING_PROOF: Final = Table(
    "counting_proof",
    Layer.INSIGHTS,
    "one part of what moved in one month on one basis",
    "From all that moved in a month to its income and expenses: every part, what is counted of it and what is not",
    ("month", "basis", "part", "state"),
    (
        MONTH,
        BASIS,
        IS_OPEN,
        Column("part", _S, "moved is all; the others add up to it (domain/linking.py CountedPart)"),
        Column("state", _S, "linked, unlinked, or whole where no other side is looked for"),
        Column("counts_as", _S, "income, expenses, or nothing"),
        Column("in_brl", _M, "What came in, or took debt away; positive"),
        Column("out_brl", _M, "What left, or made debt; negative"),
        Column("amount_brl", _M, "in_brl + out_brl"),
        Column("transactions", _I, "Lines with money in this part; one that is linked in part is in two"),
    ),
    partitioned=False,
)

#: In the order of the documentation.
TABLES: Final = (
    TRANSACTION_LINKS,
    UNLINKED_TRANSACTIONS,
    COUNTING_PROOF,
)
