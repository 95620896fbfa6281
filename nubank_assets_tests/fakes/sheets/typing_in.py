"""What a person means who types a text into a cell, in the spreadsheet's locale (USER_ENTERED)."""

import re
from datetime import date, datetime, timedelta
from typing import Any, Final

from nubank_assets_tests.fakes.sheets.book import MOST_CHARACTERS, Cell, Json
from nubank_assets_tests.fakes.sheets.errors import invalid

_EPOCH: Final = datetime(1899, 12, 30)  # noqa: DTZ001
_TIME: Final = r"(?: (\d{1,2}):(\d{2})(?::(\d{2}))?)?$"


def entered(value: Any, locale: str, old: Cell, *, raw: bool) -> Cell:
    """The cell after this was entered; formats stay, but that of a date that was typed into a plain cell."""
    if not raw and isinstance(value, str):
        return _typed(value, locale, old)
    return Cell(value_of(value), old.format, old.note, old.validation)


def value_of(value: Any) -> Json:
    """A value of JSON as Google keeps it."""
    if isinstance(value, bool):
        return {"boolValue": value}
    if isinstance(value, (int, float)):
        return {"numberValue": value}
    if not isinstance(value, str):
        raise invalid(f"Invalid values: list_value of {type(value).__name__}")
    if len(value) > MOST_CHARACTERS:
        raise invalid(f"Your input contains more than the maximum of {MOST_CHARACTERS} characters in a single cell.")
    return {"stringValue": value}


def _typed(text: str, locale: str, old: Cell) -> Cell:
    format_, value = old.format, value_of(text)
    number = _number(text.strip(), locale)
    serial = _serial(text.strip(), locale)
    if text.startswith("="):
        value = {"formulaValue": text}
    elif text.startswith("'"):
        value = {"stringValue": text[1:]}
    elif text.upper() in {"TRUE", "FALSE", "VERDADEIRO", "FALSO"}:
        value = {"boolValue": text.upper() in {"TRUE", "VERDADEIRO"}}
    elif number is not None:
        value = {"numberValue": number}
    elif serial is not None:
        value, format_ = {"numberValue": serial}, {"numberFormat": {"type": "DATE"}, **format_}
    return Cell(value, format_, old.note, old.validation)


def _number(text: str, locale: str) -> float | int | None:
    thousands, point = (".", ",") if locale.startswith("pt") else (",", ".")
    pattern = rf"-?(?:R\$\s?|\$)?(?:\d{{1,3}}(?:\{thousands}\d{{3}})+|\d+)(?:\{point}\d+)?%?"
    if not re.fullmatch(pattern, text):
        return None
    number = float(re.sub(r"[R$\s%]", "", text).replace(thousands, "").replace(point, "."))
    number = number / 100 if text.endswith("%") else number
    return int(number) if number.is_integer() else number


def _serial(text: str, locale: str) -> float | int | None:
    """A date as the days since 1899-12-30."""
    found = re.match(r"(\d{4})-(\d{2})-(\d{2})" + _TIME, text)
    order = (1, 2, 3)
    if not found:
        found = re.match(r"(\d{1,2})/(\d{1,2})/(\d{4})" + _TIME, text)
        order = (3, 2, 1) if locale.startswith("pt") else (3, 1, 2)
    if not found:
        return None
    try:
        day = date(*(int(found[part]) for part in order))
    except ValueError:
        return None
    hours, minutes, seconds = (int(part or 0) for part in found.groups()[3:])
    days = (day - _EPOCH.date()).days + (hours * 3600 + minutes * 60 + seconds) / 86400
    return int(days) if days.is_integer() else days


def moment_of(serial: float) -> datetime:
    """The moment of a serial number."""
    return _EPOCH + timedelta(days=int(serial), seconds=round(serial % 1 * 86400))
