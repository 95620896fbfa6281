"""The words for lines that belong together: why, how they were found, why one is missing, and what is counted.

How lines are found is in ``transforms/links.py``; the tables are in ``domain/catalog/links.py``.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from nubank_assets.domain.vocabulary import Kind


class LinkReason(StrEnum):
    """Why two lines are one movement, or one of them answers the other.

    The first line is where money leaves, the second where it comes in; of the last two both leave.
    """

    BILL_PAYMENT = "bill_payment"
    """The account's debit, and the payment that the card received."""
    OWN_TRANSFER = "own_transfer"
    """Out of one account of the person, into another."""
    PIX_ON_CREDIT = "pix_on_credit"
    """What was sent by Pix, and what the card put into the account for it."""
    INVESTMENT = "investment"
    """What was put aside, and what came back of it; first in, first out."""
    REFUND = "refund"
    """A purchase, and all of it given back."""
    PARTIAL_REFUND = "partial_refund"
    """A purchase, and a part of it given back."""
    UNDONE = "undone"
    """A purchase, and the same title with the opposite amount."""
    IOF_REFUND = "iof_refund"
    """IOF, and the same amount given back."""
    EARLY_DISCOUNT = "early_discount"
    """A parcel paid early, and its share of the discount."""
    CARRIED_BALANCE = "carried_balance"
    """What was left unpaid, and the credit that takes it off again."""
    REFINANCING = "refinancing"
    """What a renegotiated debt charges, and the credit it was given for."""
    PIX_CHARGE = "pix_charge"
    """What was sent by Pix, and what the card charges for it, whole or a parcel."""
    FOREIGN_IOF = "foreign_iof"
    """A purchase abroad, and its IOF."""


#: What explains an expense that is counted: neither side is left out of the sums.
BESIDE: Final = (LinkReason.PIX_CHARGE, LinkReason.FOREIGN_IOF)


class LinkMethod(StrEnum):
    """How the two lines of a link were found, so that a person can check it."""

    IDENTIFIER = "identifier"
    """Both have the same identifier."""
    AMOUNT_AND_DAY = "amount_and_day"
    """The same amount on the same day."""
    AMOUNT_NEAR_DAY = "amount_near_day"
    """The same amount, the nearest day."""
    NAME_AND_AMOUNT = "name_and_amount"
    """The latest line before it with the same merchant and amount."""
    NAME = "name"
    """The latest line before it with the same merchant and enough money; or the same name and the nearest day."""
    FIRST_IN_FIRST_OUT = "first_in_first_out"
    """Of many lines the oldest that is left."""
    TAX_RATE = "tax_rate"
    """The nearest purchase of which it is the tax."""


class UnlinkedReason(StrEnum):
    """Why a line that should have another side has none."""

    ELSEWHERE = "elsewhere"
    """The other side is of an account that is not here."""
    BEFORE_FIRST_DOCUMENT = "before_first_document"
    """The other side is older than what was imported."""
    NOT_COVERED_YET = "not_covered_yet"
    """The other side belongs to days that no document tells of yet."""
    STILL_INVESTED = "still_invested"
    """It was not redeemed so far."""
    NAMELESS = "nameless"
    """The title does not say what it is about."""
    NO_MATCH = "no_match"
    """No line of that amount, name and time is left."""


class CountedPart(StrEnum):
    """Which part of all that moved in a month a line is; but for the first, they add up to it."""

    MOVED = "moved"
    INCOME = "income"
    EXPENSE = "expense"
    GIVEN_BACK = "given_back"
    """What takes spending back: refunds, discounts, credits."""
    BILL_PAYMENT = "bill_payment"
    OWN_TRANSFER = "own_transfer"
    PIX_ON_CREDIT = "pix_on_credit"
    INVESTMENT = "investment"
    CARRIED_BALANCE = "carried_balance"
    LOAN = "loan"
    FUTURE = "future"
    """Lines of bills to come."""


class PartState(StrEnum):
    """Whether the other side of a part's lines is known."""

    LINKED = "linked"
    UNLINKED = "unlinked"
    WHOLE = "whole"
    """No other side is looked for."""


#: Neutral kinds by the part they are; what is neutral and of none of these is a loan.
NEUTRAL_PARTS: Final[Mapping[CountedPart, tuple[Kind, ...]]] = {
    CountedPart.BILL_PAYMENT: (Kind.BILL_PAYMENT,),
    CountedPart.OWN_TRANSFER: (Kind.OWN_TRANSFER,),
    CountedPart.PIX_ON_CREDIT: (Kind.PIX_ON_CREDIT,),
    CountedPart.INVESTMENT: (Kind.INVESTMENT_IN, Kind.INVESTMENT_OUT),
    CountedPart.CARRIED_BALANCE: (Kind.CARRIED_BALANCE,),
}
