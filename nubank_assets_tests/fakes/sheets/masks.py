"""Field masks: which parts of an object are asked for, or are to be changed."""

import re
from typing import Any

from nubank_assets_tests.fakes.sheets.errors import invalid

#: Each name with what is meant of it; empty: all of it.
Mask = dict[str, Any]


def parse_mask(text: str) -> Mask:
    """`a,b.c,d(e,f)` as a tree."""
    tokens = re.findall(r"[\w*]+|[.,()/]", text)
    if "".join(tokens) != re.sub(r"\s", "", text) or not tokens:
        raise invalid(f"Invalid field mask: {text!r}")
    mask, rest = _parse_list(tokens)
    if rest:
        raise invalid(f"Invalid field mask: {text!r}")
    return mask


def _parse_list(tokens: list[str]) -> tuple[Mask, list[str]]:
    mask: Mask = {}
    while True:
        tokens = _parse_path(tokens, mask)
        if not tokens or tokens[0] != ",":
            return mask, tokens
        tokens = tokens[1:]


def _parse_path(tokens: list[str], mask: Mask) -> list[str]:
    if not tokens or tokens[0] in ".,()/":
        raise invalid("Invalid field mask.")
    name, tokens = tokens[0], tokens[1:]
    known = name in mask
    inner = mask.setdefault(name, {})
    if tokens and tokens[0] in "./":
        return _parse_path(tokens[1:], inner)
    if tokens and tokens[0] == "(":
        listed, tokens = _parse_list(tokens[1:])
        if not tokens or tokens[0] != ")":
            raise invalid("Invalid field mask.")
        inner.update(listed)
        return tokens[1:]
    if known:
        inner.clear()
    return tokens


def picked(value: Any, mask: Mask) -> Any:
    """Of an answer only what the mask names."""
    if isinstance(value, list):
        return [picked(inner, mask) for inner in value]
    if not mask or "*" in mask or not isinstance(value, dict):
        return value
    return {name: picked(value[name], inner) for name, inner in mask.items() if name in value}


def merged(old: dict[str, Any], new: dict[str, Any], mask: Mask) -> dict[str, Any]:
    """`old` with what the mask names as it is in `new`: gone, where `new` has none. Neither is changed."""
    if "*" in mask:
        return dict(new)
    result = dict(old)
    for name, inner in mask.items():
        if inner:
            part = merged(old.get(name) or {}, new.get(name) or {}, inner)
            result[name] = part
        elif name in new:
            result[name] = new[name]
        else:
            result.pop(name, None)
    return {name: value for name, value in result.items() if value not in ({}, None)}
