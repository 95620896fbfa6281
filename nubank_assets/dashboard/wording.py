"""Amounts, days, months and changes as a person reads them; the scripts say the same with Intl.

Texts are in ``sentences.py``. Amounts here have the sign that is shown: spending is positive.
"""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from nubank_assets.dashboard.sentences import text

_BABEL: Final = {"en": "en"}
_TENTH: Final = Decimal("0.1")


def money(amount: Decimal, locale: str) -> str:
    """``R$ 1.234,56``."""
    from babel.numbers import format_currency

    return str(format_currency(amount, "BRL", locale=_babel(locale)))


def share(part: Decimal, whole: Decimal, locale: str) -> str:
    """A part in percent with one decimal; empty where there is no whole."""
    return _percent(part * 100 / whole if part else part, locale) if whole else ""


def day_name(day: date, locale: str) -> str:
    """``23/11/2026``, ``Nov 23, 2026``."""
    from babel.dates import format_date

    return str(format_date(day, "medium" if locale == "en" else "dd/MM/yyyy", locale=_babel(locale)))


def month_title(month: date, locale: str) -> str:
    """``outubro de 2026``, ``October 2026``."""
    from babel.dates import format_skeleton

    return str(format_skeleton("yMMMM", month, locale=_babel(locale)))


@dataclass(frozen=True)
class Change:
    """An amount against the one before: the difference, its percentage, and whether that is good news.

    `tone` is good, bad, or empty when nothing changed.
    """

    before: str
    difference: str
    percent: str
    tone: str

    def says(self, locale: str) -> str:
        """The change, without what was before."""
        if not self.tone:
            return text("change.equal", locale)
        return f"{self.difference} ({self.percent})" if self.percent else self.difference


def change_of(now: Decimal, before: Decimal, locale: str, *, more_is_good: bool) -> Change:
    """What changed from `before` to `now`; in percent only where there is something to compare with."""
    difference = now - before
    sign = {1: "+", -1: "-"}.get((difference > 0) - (difference < 0), "")
    tone = "" if not difference else "good" if (difference > 0) == more_is_good else "bad"
    percent = sign + _percent(abs(difference) * 100 / abs(before), locale) if before else ""
    return Change(money(before, locale), sign + money(abs(difference), locale), percent, tone)


def _percent(number: Decimal, locale: str) -> str:
    from babel.numbers import format_percent

    tenths = number.quantize(_TENTH, ROUND_HALF_UP)
    return str(format_percent(tenths / 100, format="#,##0.#%", locale=_babel(locale)))


def _babel(locale: str) -> str:
    return _BABEL.get(locale, "pt_BR")
