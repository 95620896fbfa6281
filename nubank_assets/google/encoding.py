"""What may go to Google: what JSON has, and nothing that an encoder would have to guess at."""

import math
from collections.abc import Mapping
from typing import Any


def check_encodable(value: Any, place: str) -> None:
    """Raise TypeError that names the place of the first value that is no JSON: a Decimal, a date, a NaN."""
    if isinstance(value, Mapping):
        for name, inner in value.items():
            if not isinstance(name, str):
                raise TypeError(f"{place}: the name {name!r} is {type(name).__name__}, not text")
            check_encodable(inner, f"{place}.{name}")
    elif isinstance(value, (list, tuple)):
        for number, inner in enumerate(value):
            check_encodable(inner, f"{place}[{number}]")
    elif isinstance(value, float) and not math.isfinite(value):
        raise TypeError(f"{place}: no JSON number is {value}")
    elif not isinstance(value, (str, int, float, type(None))):
        # The value itself may be an amount.
        raise TypeError(f"{place}: {type(value).__name__} is no JSON")
