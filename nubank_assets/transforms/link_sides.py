"""Which lines may have another side, and with what each is looked for: one row for each line and role.

How they are paired is in ``pairing.py``; what comes of it, in ``links.py``.
"""

from collections.abc import Mapping
from typing import Final

from pyspark.sql import Column, DataFrame, Window
from pyspark.sql import functions as F

from nubank_assets.domain.linking import LinkReason
from nubank_assets.domain.vocabulary import AccountType, BillState, Kind
from nubank_assets.transforms.pairing import FIRST, SECOND
from nubank_assets.transforms.text import match_key

#: What the person bought or paid, and may get back.
PURCHASES: Final = (
    Kind.PURCHASE,
    Kind.INSTALLMENT,
    Kind.DEBIT_PURCHASE,
    Kind.PIX_OUT,
    Kind.PIX_ON_CREDIT,
    Kind.TRANSFER_OUT,
    Kind.BOLETO,
)
#: So many days a line and its other side may lie apart; of the others any number.
DAYS_APART: Final[Mapping[LinkReason, int]] = {
    LinkReason.BILL_PAYMENT: 4,
    LinkReason.OWN_TRANSFER: 4,
    LinkReason.PIX_ON_CREDIT: 1,
    LinkReason.PIX_CHARGE: 3,
    LinkReason.CARRIED_BALANCE: 35,
    LinkReason.REFUND: 180,
    LinkReason.IOF_REFUND: 180,
}
#: Their second line answers a first one before it.
_IN_ORDER: Final = (LinkReason.REFUND, LinkReason.IOF_REFUND)


def read_lines(lines: DataFrame) -> DataFrame:
    """The lines with `_size`, their amount without a sign, and `_who`, the plain name of whom they are about."""
    names = ["transaction_id", "month", "account", "account_type", "date", "title", "amount_brl", "kind", "identifier"]
    parcels = ["installment", "installments", "bill_state"]
    who = match_key(F.col("merchant"))
    lines = lines.select(*names, *parcels, F.abs("amount_brl").alias("_size"), who.alias("_who"))
    about = F.when(is_kind(Kind.REFUND), F.regexp_extract("_who", '^(?:estorno|credito) de "?([^"]*)', 1))
    about = about.when(is_kind(Kind.EARLY_DISCOUNT), F.regexp_replace("_who", "^desconto antecipacao (de )?", ""))
    about = about.when(is_kind(Kind.PIX_ON_CREDIT), F.regexp_replace("_who", "^pix no credito - ", ""))
    about = F.coalesce(F.nullif(about, F.lit("")), F.col("_who"))
    return lines.withColumn("_who", F.regexp_replace(about, " - nupay$", ""))


def on_card() -> Column:
    """Whether a line is a card's."""
    return F.col("account_type") == AccountType.CARD.value


def leaves() -> Column:
    """Whether money leaves the person by it, or debt grows."""
    return F.col("amount_brl") < 0


def is_kind(*kinds: Kind) -> Column:
    """Whether a line is of one of these kinds."""
    return F.col("kind").isin(sorted(kind.value for kind in kinds))


def _roles() -> dict[LinkReason, tuple[Column, list[str]]]:
    """For each reason the lines that may be linked for it, and what is equal for the two sides."""
    purchase = is_kind(*PURCHASES) & leaves() & (F.coalesce("bill_state", F.lit("")) != BillState.FUTURE.value)
    early = is_kind(Kind.INSTALLMENT) & F.col("title").startswith("Antecipada - ")
    refinancing = is_kind(Kind.REFINANCING_CREDIT, Kind.REFINANCING_CHARGE)
    funded, of_plan = is_kind(Kind.PIX_ON_CREDIT), F.col("_plan").isNotNull()
    return {
        LinkReason.BILL_PAYMENT: (is_kind(Kind.BILL_PAYMENT) & (on_card() != leaves()), ["_size"]),
        LinkReason.OWN_TRANSFER: (is_kind(Kind.OWN_TRANSFER), ["_size"]),
        LinkReason.PIX_ON_CREDIT: (funded & ~on_card(), ["account", "_movement", "_size"]),
        LinkReason.PIX_CHARGE: (funded & leaves(), ["_who"]),
        LinkReason.CARRIED_BALANCE: (is_kind(Kind.CARRIED_BALANCE), ["account", "_size"]),
        LinkReason.REFUND: (
            (purchase | is_kind(Kind.REFUND)) & ~of_plan,
            ["account", "account_type", "_who", "_size"],
        ),
        # Of purchases in parcels, which other refunds are not of.
        LinkReason.PARTIAL_REFUND: (of_plan, ["_plan"]),
        LinkReason.IOF_REFUND: (is_kind(Kind.IOF), ["account", "account_type", "_size"]),
        LinkReason.INVESTMENT: (is_kind(Kind.INVESTMENT_IN, Kind.INVESTMENT_OUT), ["account"]),
        LinkReason.EARLY_DISCOUNT: (early | is_kind(Kind.EARLY_DISCOUNT), ["account", "month", "_who"]),
        LinkReason.REFINANCING: (refinancing, ["account", "_who"]),
    }


def lines_by_role(lines: DataFrame) -> DataFrame:
    """Each line once for each reason for which it may be linked, as ``pairing.pair_lines`` takes them.

    Only lines of which the other side's group has any; `lines` are those of `link_plans.mark_plans`.
    """
    roles = _roles()
    lines = lines.withColumn("_movement", F.coalesce("identifier", F.col("date").cast("string")))
    each = F.array(*[F.when(fits, F.lit(reason.value)) for reason, (fits, _) in roles.items()])
    lines = lines.withColumn("reason", F.explode(each)).where("reason is not null")
    keys = {reason: _key(*names) for reason, (_, names) in roles.items()}
    by_sign = F.when(leaves(), F.lit(FIRST)).otherwise(F.lit(SECOND))
    # The card's charge is a second side, but later parcels follow their first.
    of_card = F.when(F.coalesce("installment", F.lit(1)) == 1, F.lit(SECOND)).otherwise(F.lit(0))
    is_charge = (F.col("reason") == LinkReason.PIX_CHARGE.value) & on_card()
    whole = (F.col("_size") * F.coalesce("installments", F.lit(1))).cast("decimal(18,2)")
    lines = lines.withColumns(
        {
            "_group": F.concat_ws("\x1f", F.col("reason"), by_reason(keys)),
            "_side": F.when(is_charge, of_card).otherwise(by_sign),
            "_limit": F.coalesce(by_reason({name: F.lit(days) for name, days in DAYS_APART.items()}), F.lit(0)),
            "_in_order": is_reason(*_IN_ORDER),
        }
    )
    group = Window.partitionBy("_group")
    lines = lines.withColumns(
        {
            "_rank": F.when(F.col("_side") == FIRST, F.col("_size")).otherwise(
                -F.when(is_charge, whole).otherwise(F.col("_size"))
            ),
            "_most": F.max("_side").over(group),
            "_least": F.min("_side").over(group),
        }
    )
    return lines.where((F.col("_most") == FIRST) & (F.col("_least") == SECOND)).drop("_most", "_least")


def is_reason(*reasons: LinkReason) -> Column:
    """Whether a row is of one of these reasons."""
    return F.col("reason").isin(sorted(reason.value for reason in reasons))


def by_reason(values: Mapping[LinkReason, Column]) -> Column:
    """The value of the row's reason; NULL for any other."""
    return F.coalesce(*[F.when(is_reason(reason), value) for reason, value in values.items()])


def _key(*names: str) -> Column:
    return F.concat_ws("\x1f", *[F.col(name).cast("string") for name in names])


#: What a link says of each of its lines.
TOLD: Final = ("transaction_id", "account", "date", "title", "amount_brl", "month")
#: The columns that every way of linking gives.
LINKED: Final = (
    "reason",
    "linked_brl",
    "identifier",
    *(f"{which}_{name}" for which in ("first", "second") for name in TOLD),
)
