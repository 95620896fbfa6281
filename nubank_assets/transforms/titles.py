"""The category of one card title, by the rules of the tables but without an engine, a lake, or anything remembered."""

import re

from nubank_assets.domain.flows import flow_of
from nubank_assets.domain.vocabulary import (
    CHARGE_KINDS,
    AccountType,
    Category,
    CategoryMethod,
    Flow,
    Kind,
)
from nubank_assets.merchants.deciding import FALLBACK, SAID, Decision, decide_by_rules
from nubank_assets.merchants.normalising import plain
from nubank_assets.transforms.rules import KindRule, kind_rules


def categorize_title(title: str, *, is_credit: bool = False) -> Decision | None:
    """What a card's line of this title is; None if it is neither spending nor takes some back.

    `is_credit`: the line takes money off the bill, as a refund does.
    """
    kind = _kind_of(plain(title), is_credit=is_credit)
    if flow_of(kind, AccountType.CARD, 1 if is_credit else -1) not in {Flow.EXPENSE, Flow.EXPENSE_REDUCTION}:
        return None
    if kind in CHARGE_KINDS:
        return Decision(Category.ENCARGOS, CategoryMethod.KIND, kind.value, SAID)
    return decide_by_rules(title) or FALLBACK


def _kind_of(key: str, *, is_credit: bool) -> Kind:
    sign = "credit" if is_credit else "charge"
    return next((rule.kind for rule in kind_rules() if _fits(rule, key, sign)), Kind.OTHER)


def _fits(rule: KindRule, key: str, sign: str) -> bool:
    # A parcel is spending whatever it is a parcel of.
    of_card = rule.account_type == AccountType.CARD.value and not rule.of_parcels
    return of_card and rule.sign in {sign, "any"} and re.search(rule.pattern, key) is not None
