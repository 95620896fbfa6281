"""What the truth ledger says of purchases in parcels: their shape and their JSON. ``true_plans.py`` fills it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from nubank_assets.domain.plans import ParcelState


@dataclass(frozen=True)
class TruthParcel:
    """One parcel: `month` is that of the bill that charged it, or will, or would have; `centavos` with our sign."""

    number: int
    month: str
    centavos: int
    state: ParcelState


@dataclass(frozen=True)
class TruthPlan:
    """One purchase in parcels, as it is on the demo's last day; `discount` and `refunded` are what the exports show."""

    plan: str
    merchant: str
    purchased_on: date
    parcels: tuple[TruthParcel, ...]
    discount: int
    refunded: int


def plans_from_json(found: Iterable[dict[str, Any]]) -> tuple[TruthPlan, ...]:
    """The plans as `dataclasses.asdict` and JSON have left them."""
    return tuple(
        TruthPlan(
            **{
                **plan,
                "purchased_on": date.fromisoformat(plan["purchased_on"]),
                "parcels": tuple(
                    TruthParcel(**{**parcel, "state": ParcelState(parcel["state"])}) for parcel in plan["parcels"]
                ),
            }
        )
        for plan in found
    )
