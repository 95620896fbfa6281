"""What has to be there in an answer of Nubank. What is not there is a SourceAnswerError, never a KeyError."""

from typing import Any, Final

from nubank_assets.domain.failures import SourceAnswerError
from nubank_assets.messages import message

NUBANK: Final = "Nubank"

#: One JSON object of Nubank, verbatim: numbers are int or Decimal, never float.
Row = dict[str, Any]


def missing(name: str) -> SourceAnswerError:
    """The error for a part of an answer that is not there or is something else."""
    return SourceAnswerError(message("source_shape", source=NUBANK, missing=name))


def row(answer: object, *path: str) -> Row:
    """The JSON object at a path of keys."""
    for name in path:
        answer = answer.get(name) if isinstance(answer, dict) else None
    if not isinstance(answer, dict):
        raise missing(".".join(path) or "{}")
    return answer


def row_or_none(answer: object, *path: str) -> Row | None:
    """The JSON object at a path, or None where a part of the path is absent or null."""
    for name in path:
        answer = answer.get(name) if isinstance(answer, dict) else None
    return answer if isinstance(answer, dict) else None


def rows(answer: object, *path: str) -> list[Row]:
    """The list at a path, each of its members an object."""
    found = row(answer, *path[:-1]).get(path[-1])
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise missing(".".join(path))
    return found


def text(answer: object, *path: str) -> str:
    """The text at a path; empty is missing."""
    found = row(answer, *path[:-1]).get(path[-1])
    if not isinstance(found, str) or not found:
        raise missing(".".join(path))
    return found


def text_or_empty(value: object) -> str:
    """A text, or an empty one for anything else."""
    return value if isinstance(value, str) else ""
