"""Lines that should have another side and have none, or not of all their money: `unlinked_transactions`.

Which lines belong together is in ``links.py``.
"""

from collections.abc import Mapping
from typing import Final

from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as F

from nubank_assets.domain.linking import LinkReason, UnlinkedReason
from nubank_assets.domain.vocabulary import AccountType, Kind
from nubank_assets.transforms.frames import Frames, select_table
from nubank_assets.transforms.link_sides import DAYS_APART, is_kind, leaves, on_card
from nubank_assets.transforms.steps import Parameters
from nubank_assets.transforms.text import match_key

_MONEY: Final = "decimal(18,2)"
#: A refund so soon after the first line of its account may be of something older.
_DAYS_OF_REFUNDS: Final = 60
_NAMELESS: Final = ("estorno", "estorno de compra", "ajuste a credito")
#: Reasons that answer the same question about a line.
_SAME: Final[Mapping[LinkReason, LinkReason]] = {
    LinkReason.PARTIAL_REFUND: LinkReason.REFUND,
    LinkReason.UNDONE: LinkReason.REFUND,
}


def list_unlinked(frames: Frames, parameters: Parameters) -> DataFrame:  # noqa: ARG001
    """`unlinked_transactions`: each line that lacks another side, what it would be, and why it is not here."""
    same = F.coalesce(*[F.when(F.col("reason") == one.value, F.lit(other.value)) for one, other in _SAME.items()])
    links = frames["transaction_links"].withColumn("expects", F.coalesce(same, "reason"))
    linked = linked_amounts(links, "transaction_id", "expects")
    lines = linked.join(_expecting(frames["categorized_transactions"]), ["transaction_id", "expects"], "right")
    met = F.coalesce("linked_brl", F.lit("0").cast(_MONEY))
    # A charge has its fee beside the Pix.
    is_met = (F.col("expects") == LinkReason.PIX_CHARGE.value) & on_card() & (met > 0)
    rest = F.when(is_met, F.lit("0").cast(_MONEY)).otherwise(F.abs("amount_brl") - met)
    lines = lines.withColumns({"linked_brl": met, "unlinked_brl": rest.cast(_MONEY)}).where("unlinked_brl > 0")
    known = _known_days(frames["daily_totals"])
    lines = known.join(_other_type(lines), "_other", "right").withColumn("reason", _reason())
    return select_table("unlinked_transactions", lines)


def linked_amounts(links: DataFrame, *keys: str) -> DataFrame:
    """`linked_brl`: how much of each line is linked, whichever side it is."""
    sides = [links.withColumn("transaction_id", F.col(f"{which}_transaction_id")) for which in ("first", "second")]
    both = sides[0].select(*keys, "linked_brl").unionByName(sides[1].select(*keys, "linked_brl"))
    return both.groupBy(*keys).agg(F.sum("linked_brl").cast(_MONEY).alias("linked_brl"))


def _expecting(lines: DataFrame) -> DataFrame:
    """Each line once for each link that it should have."""
    names = ["transaction_id", "month", "account", "account_type", "date", "title", "kind", "amount_brl"]
    lines = lines.select(*names, match_key(F.col("title")).alias("_key"))
    tax = F.col("_key").startswith('iof de "') | F.col("_key").startswith("iof de compra internacional")
    expected = {
        LinkReason.BILL_PAYMENT: is_kind(Kind.BILL_PAYMENT),
        LinkReason.OWN_TRANSFER: is_kind(Kind.OWN_TRANSFER),
        LinkReason.PIX_ON_CREDIT: is_kind(Kind.PIX_ON_CREDIT) & ~on_card(),
        LinkReason.PIX_CHARGE: is_kind(Kind.PIX_ON_CREDIT) & leaves(),
        LinkReason.INVESTMENT: is_kind(Kind.INVESTMENT_IN, Kind.INVESTMENT_OUT),
        LinkReason.REFUND: is_kind(Kind.REFUND) & ~leaves(),
        LinkReason.IOF_REFUND: is_kind(Kind.IOF) & ~leaves(),
        LinkReason.EARLY_DISCOUNT: is_kind(Kind.EARLY_DISCOUNT),
        LinkReason.CARRIED_BALANCE: is_kind(Kind.CARRIED_BALANCE),
        LinkReason.REFINANCING: is_kind(Kind.REFINANCING_CREDIT),
        LinkReason.FOREIGN_IOF: is_kind(Kind.IOF) & leaves() & on_card() & tax,
    }
    each = F.array(*[F.when(holds, F.lit(reason.value)) for reason, holds in expected.items()])
    return lines.withColumn("expects", F.explode(each)).where("expects is not null")


def _known_days(totals: DataFrame) -> DataFrame:
    """From which day to which the cards, and the accounts, are known."""
    days = totals.groupBy(F.col("account_type").alias("_other"))
    return days.agg(F.min("date").alias("_first_known"), F.max("seen").alias("_last_known"))


def _other_type(lines: DataFrame) -> DataFrame:
    """`_other`: where the other side is looked for, on a card or in an account."""
    across = F.col("expects").isin(LinkReason.BILL_PAYMENT.value, LinkReason.PIX_CHARGE.value)
    other = F.when(on_card(), F.lit(AccountType.ACCOUNT.value)).otherwise(F.lit(AccountType.CARD.value))
    return lines.withColumn("_other", F.when(across, other).otherwise(F.col("account_type")))


def _reason() -> Column:
    def expects(*reasons: LinkReason) -> Column:
        return F.col("expects").isin(sorted(reason.value for reason in reasons))

    invested, across = expects(LinkReason.INVESTMENT), expects(LinkReason.BILL_PAYMENT, LinkReason.PIX_CHARGE)
    waits = F.date_sub("_last_known", DAYS_APART[LinkReason.BILL_PAYMENT])
    is_early = F.datediff("date", "_first_known") < _DAYS_OF_REFUNDS
    cases = {
        UnlinkedReason.ELSEWHERE: expects(LinkReason.OWN_TRANSFER) | F.col("_first_known").isNull(),
        UnlinkedReason.STILL_INVESTED: invested & leaves(),
        UnlinkedReason.NAMELESS: F.col("_key").isin(*_NAMELESS),
    }
    before = invested | (across & (F.col("date") < F.col("_first_known")))
    before |= expects(LinkReason.REFUND, LinkReason.IOF_REFUND, LinkReason.REFINANCING) & is_early
    cases[UnlinkedReason.BEFORE_FIRST_DOCUMENT] = before
    # A refund of parcels that are not charged yet.
    ahead = expects(LinkReason.REFUND) & (F.col("linked_brl") > 0)
    cases[UnlinkedReason.NOT_COVERED_YET] = (across & (F.col("date") > waits)) | ahead
    known = F.coalesce(*[F.when(holds, F.lit(reason.value)) for reason, holds in cases.items()])
    return F.coalesce(known, F.lit(UnlinkedReason.NO_MATCH.value))
