"""What has to be there in an answer of Pluggy. What is not there is a SourceAnswerError, never a KeyError."""

from typing import Any, Final

from nubank_assets.domain.failures import SourceAnswerError
from nubank_assets.messages import message

PLUGGY: Final = "Pluggy"

#: One JSON object of Pluggy, verbatim: numbers are int or Decimal, never float.
Row = dict[str, Any]


def missing(name: str) -> SourceAnswerError:
    """The error for a part of an answer that is not there or is something else."""
    return SourceAnswerError(message("source_shape", source=PLUGGY, missing=name))


def row(value: object, name: str) -> Row:
    """`value` if it is a JSON object."""
    if not isinstance(value, dict):
        raise missing(name)
    return value


def rows(answer: object, name: str) -> list[Row]:
    """The list `name` of an answer, each of its members an object."""
    found = row(answer, name).get(name)
    if not isinstance(found, list):
        raise missing(name)
    return [row(one, name) for one in found]


def text(value: Row, name: str) -> str:
    """The text `name` of an object; empty is missing."""
    found = value.get(name)
    if not isinstance(found, str) or not found:
        raise missing(name)
    return found


def inner(value: Row, name: str) -> Row:
    """The object `name` of an object, empty where it is null or absent."""
    found = value.get(name)
    return {} if found is None else row(found, name)
