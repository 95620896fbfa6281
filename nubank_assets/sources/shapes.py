"""What has to be there in an answer of an API. What is not there is a SourceAnswerError, never a KeyError."""

from dataclasses import dataclass
from typing import Any

from nubank_assets.domain.failures import SourceAnswerError
from nubank_assets.messages import message

#: One JSON object of an answer, verbatim: numbers are int or Decimal, never float.
Row = dict[str, Any]


@dataclass(frozen=True)
class Shapes:
    """How the answers of one API are taken apart; `source` is what sentences call it."""

    source: str

    def missing(self, name: str) -> SourceAnswerError:
        """The error for a part of an answer that is not there or is something else."""
        return SourceAnswerError(message("source_shape", source=self.source, missing=name))

    def row(self, answer: object, *path: str) -> Row:
        """The JSON object at a path of keys."""
        found = self.row_or_none(answer, *path)
        if found is None:
            raise self.missing(".".join(path) or "{}")
        return found

    def row_or_none(self, answer: object, *path: str) -> Row | None:
        """The JSON object at a path, or None where a part of the path is absent or something else."""
        for name in path:
            answer = answer.get(name) if isinstance(answer, dict) else None
        return answer if isinstance(answer, dict) else None

    def inner(self, answer: Row, name: str) -> Row:
        """The object `name` of an object, empty where it is null or absent."""
        return {} if answer.get(name) is None else self.row(answer, name)

    def rows(self, answer: object, *path: str) -> list[Row]:
        """The list at a path, each of its members an object."""
        found = self.row(answer, *path[:-1]).get(path[-1])
        if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
            raise self.missing(".".join(path))
        return found

    def text(self, answer: object, *path: str) -> str:
        """The text at a path; empty is missing."""
        found = self.row(answer, *path[:-1]).get(path[-1])
        if not isinstance(found, str) or not found:
            raise self.missing(".".join(path))
        return found


def text_or_empty(value: object) -> str:
    """A text, or an empty one for anything else."""
    return value if isinstance(value, str) else ""
