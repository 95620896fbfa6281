"""What the templates of deploy/aws say, as plain values for tests to ask."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import cfnlint.decode

ROOT: Final = Path(__file__).parents[2]
FOLDER: Final = ROOT / "deploy" / "aws"
NAMES: Final = ("data", "image", "roles", "run", "watch", "cluster")
FUNCTIONS: Final = ("start", "lock", "collect", "materialize", "export", "catalog", "cluster", "notify")


@dataclass(frozen=True)
class Statement:
    """One statement of a policy, wherever in a template; `resource` is the logical id it belongs to."""

    template: str
    resource: str
    says: dict[str, Any]

    @property
    def actions(self) -> list[str]:
        """What it is about; sts:AssumeRole too."""
        return list_of(self.says.get("Action", []))

    @property
    def resources(self) -> list[str]:
        """Its resources as texts, with the words of references in them."""
        return [text_of(one) for one in list_of(self.says.get("Resource", []))]

    @property
    def is_allowing(self) -> bool:
        """Whether it grants something."""
        return bool(self.says["Effect"] == "Allow")


@cache
def template(name: str) -> dict[str, Any]:
    """One template; short forms such as `!Sub` are `{"Fn::Sub": …}`."""
    found, wrong = cfnlint.decode.decode(str(FOLDER / f"{name}.yaml"))
    assert found is not None
    assert not wrong
    return dict(found)


def resources(name: str, kind: str = "") -> dict[str, dict[str, Any]]:
    """The resources of a template (of one kind); those of a loop once, by the name that has its variable in it."""
    flat: dict[str, dict[str, Any]] = {}
    for key, value in template(name)["Resources"].items():
        flat |= value[2] if key.startswith("Fn::ForEach::") else {key: value}
    return {key: value for key, value in flat.items() if kind in ("", value["Type"])}


def statements() -> Iterator[Statement]:
    """Every statement of every policy in every template."""
    for name in NAMES:
        for logical, resource in resources(name).items():
            yield from (Statement(name, logical, found) for found in _statements(resource))


def _statements(node: Any) -> Iterator[dict[str, Any]]:
    if isinstance(node, dict):
        if "Effect" in node:
            yield node
        for value in node.values():
            yield from _statements(value)
    elif isinstance(node, list):
        for value in node:
            yield from _statements(value)


def list_of(value: Any) -> list[Any]:
    """One value, or several, as a list."""
    return list(value) if isinstance(value, list) else [value]


def text_of(value: Any) -> str:
    """A value with functions in it as a text: `${Name}`, `${Bucket.Arn}`, …"""
    if not isinstance(value, dict):
        return str(value)
    ((function, argument),) = value.items()
    if function == "Fn::Sub":
        return str(argument)
    if function == "Fn::Join":
        return "".join(text_of(part) for part in argument[1])
    if function == "Fn::ImportValue":
        return f"${{{text_of(argument)}}}"
    named = ".".join(argument) if isinstance(argument, list) else argument
    return f"${{{named}}}"


def placeholders(text: str) -> set[str]:
    """The names in `${…}`."""
    return set(re.findall(r"\$\{([\w.:]+)\}", text))
