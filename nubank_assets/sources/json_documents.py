"""JSON as sources answer it and as it is stored: numbers keep every digit, no float is ever made."""

from typing import Any

import simplejson

from nubank_assets.domain.failures import SourceAnswerError
from nubank_assets.messages import message


def read_json(text: str | bytes, name: str) -> Any:
    """Parsed JSON, its fractional numbers as Decimal; raises SourceAnswerError, naming `name`, if it is none."""
    try:
        value = simplejson.loads(text, use_decimal=True)
        # A lone surrogate is no text, though JSON can escape one: it could not be stored.
        write_json(value)
    except (ValueError, RecursionError) as error:
        raise SourceAnswerError(message("source_garbage", source=name)) from error
    return value


def write_json(value: object) -> bytes:
    """The stored form: the same value gives the same bytes."""
    return (simplejson.dumps(value, use_decimal=True, ensure_ascii=False, sort_keys=True, indent=1) + "\n").encode()
