"""Bytes to text and text to physical lines. What a line means does not belong here."""

import codecs
from collections.abc import Iterator
from typing import Final

#: Characters read at a time, so that a large file never exists as one list of lines.
BLOCK_CHARACTERS: Final = 1 << 20


def decode(data: bytes) -> str:
    """The text of a file: by its byte order mark, else UTF-8, else cp1252 (what Excel saves in Brazil).

    What a file declares of itself is ignored: card OFX says CHARSET:1252 and is UTF-8. Raises
    UnicodeDecodeError when it is none of them.
    """
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252")


def newline_of(text: str) -> str:
    """What ends a line of `text`: a line feed, or a carriage return where there is no line feed at all."""
    return "\r" if "\r" in text and "\n" not in text else "\n"


def line_blocks(text: str, start: int = 0, size: int = BLOCK_CHARACTERS) -> Iterator[list[str]]:
    """The physical lines of `text` from position `start` on, without their ends, some thousands at a time."""
    newline = newline_of(text)
    while start < len(text):
        end = text.find(newline, start + size)
        end = len(text) if end < 0 else end
        yield _without_returns(text[start:end]).split(newline)
        start = end + 1


def _without_returns(block: str) -> str:
    if "\n" not in block and "\r" in block[:-1]:
        return block
    return block.replace("\r\n", "\n").removesuffix("\r")
