"""The words of purchases in parcels: what a plan is of, what its lines are to it, what became of its parcels."""

from enum import StrEnum


class PlanKind(StrEnum):
    """What is paid in parcels."""

    PURCHASE = "purchase"
    FINANCED = "financed"
    """What the bank split up afterwards: a purchase (`Parcelamento de Compra`), or a renegotiated debt."""
    PIX_ON_CREDIT = "pix_on_credit"
    """Money sent, or a boleto paid, with the card."""


class PlanRole(StrEnum):
    """What a line is to its plan."""

    PARCEL = "parcel"
    EARLY = "early_parcel"
    """A parcel that was paid before its bill (`Antecipada`)."""
    DISCOUNT = "discount"
    REFUND = "refund"


class ParcelState(StrEnum):
    """What became of a parcel; each parcel of a plan is in one of these, so that they add up to the plan."""

    BILLED = "billed"
    SETTLED_EARLY = "settled_early"
    TO_COME = "to_come"
    CANCELLED = "cancelled"
    """The purchase was given back, and the parcel is charged no more."""
    ENDED = "ended"
    """A bill that should charge it does not, and nothing says why."""
    UNSEEN = "unseen"
    """It belongs to a bill that was never imported."""


class PlanState(StrEnum):
    """How a plan stands."""

    ACTIVE = "active"
    CANCELLED = "cancelled"
    ENDED = "ended"
    SETTLED_EARLY = "settled_early"
    FINISHED = "finished"
