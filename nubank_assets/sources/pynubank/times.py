"""Moments as Nubank's API writes them."""

from datetime import date, datetime

from nubank_assets.domain.months import day_of


def parse_time(moment: object) -> datetime | None:
    """A moment such as `2021-04-13T13:55:51Z`; None if it is none or has no time zone."""
    try:
        parsed = datetime.fromisoformat(moment) if isinstance(moment, str) else None
    except ValueError:
        return None
    return parsed if parsed and parsed.tzinfo else None


def day_of_time(moment: object) -> date | None:
    """The São Paulo day of a moment such as `2021-04-13T13:55:51Z`; None if it is none."""
    parsed = parse_time(moment)
    return day_of(parsed) if parsed else None
