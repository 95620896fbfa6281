"""Which of the formats Nubank exported a bill in, by the month it is due. How they look is in the writers."""

from enum import StrEnum


class Era(StrEnum):
    """The three looks of a card CSV."""

    A = "A"
    """Categories, plain numbers, parcels as `` 2/10``; file names know only the month."""
    B = "B"
    """Numbers with two decimals, parcels as `` - Parcela 2/10``."""
    C = "C"
    """Quoted Brazilian numbers."""


def era_of(bill: str) -> Era:
    """The format of the card CSV of a bill."""
    if bill <= "2024-12":
        return Era.A
    return Era.B if bill <= "2026-02" else Era.C


def has_old_ofx(bill: str) -> bool:
    """Whether the bill's OFX has the look of 2017 to 2022."""
    return bill <= "2022-12"
