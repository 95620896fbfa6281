"""A system that writes down what it is asked, paths that are hard to write, and plans."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from hypothesis import strategies as st

from nubank_assets.scheduling.commands import Answer
from nubank_assets.scheduling.plan import Plan

#: Each breaks one of the formats when it is escaped wrongly or not at all.
NASTY: Final = r"""/a b/%h %% %USER% $HOME $$ ${X} "q" 'p' \n \\ é;&<>|#=*/]]>/--"""
PATHS: Final = st.text(st.characters(exclude_categories=["C", "Zl", "Zp"], exclude_characters="\0"), min_size=1).map(
    lambda text: f"/{text}"
)


@dataclass
class FakeSystem:
    """Answers by the words of a command; what is not listed succeeds in silence."""

    answers: dict[str, list[Answer]] = field(default_factory=dict)
    calls: list[list[str]] = field(default_factory=list)

    def __call__(self, command: Sequence[str]) -> Answer:
        self.calls.append(list(command))
        for word in command:
            if self.answers.get(word):
                answers = self.answers[word]
                return answers.pop(0) if len(answers) > 1 else answers[0]
        return Answer(0, "")

    @property
    def verbs(self) -> list[str]:
        """The commands in short: without the program and its first option."""
        return [" ".join(call[1:]).removeprefix("--user ") for call in self.calls]


def plan_of(
    home: Path | str, python: str = "/usr/bin/python3", installed: str = "2026-11-01T12:00:00-03:00", **environment: str
) -> Plan:
    return Plan(str(home), python, 8, 5, installed, environment)
