"""The sentences of this package, in both languages. ``messages.py`` picks one and fills it."""

from typing import Final

MESSAGES: Final[dict[str, dict[str, str]]] = {}
