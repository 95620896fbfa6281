"""Bytes to text and text to physical lines. What a line means does not belong here."""

import codecs
import io
from collections.abc import Iterator
from typing import Final

#: How much is decoded at a time, so that a large file never exists as one list of lines.
BLOCK_CHARACTERS: Final = 1 << 20


def encoding_of(data: bytes) -> str:
    """The encoding of a file: by its byte order mark, else UTF-8, else cp1252 (what Excel saves in Brazil).

    What a file declares of itself is ignored: card OFX says CHARSET:1252 and is UTF-8. Raises
    UnicodeDecodeError when it is none of them.
    """
    wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    for encoding in ("utf-16",) if wide else ("utf-8-sig", "cp1252"):
        try:
            _validate(data, encoding)
        except UnicodeDecodeError as error:
            failure = error
        else:
            return encoding
    raise failure


def decode(data: bytes) -> str:
    """The whole text of a file. Raises UnicodeDecodeError."""
    return data.decode(encoding_of(data))


def newline_of(text: str) -> str:
    """What ends a line of `text`: a line feed, or a carriage return where there is no line feed at all."""
    return "\r" if "\r" in text and "\n" not in text else "\n"


def line_blocks(data: bytes, size: int = BLOCK_CHARACTERS) -> Iterator[list[str]]:
    """The physical lines of a file without their ends, some thousands at a time. Raises UnicodeDecodeError."""
    stream = io.TextIOWrapper(io.BytesIO(data), encoding_of(data), newline="\n")
    rest = stream.read(size)
    newline = newline_of(rest)
    while block := stream.read(size):
        whole, found, rest = (rest + block).rpartition(newline)
        if found:
            yield _lines(whole, newline)
    yield _lines(rest, newline)


def _validate(data: bytes, encoding: str) -> None:
    decoder = codecs.getincrementaldecoder(encoding)()
    for start in range(0, len(data), BLOCK_CHARACTERS):
        decoder.decode(data[start : start + BLOCK_CHARACTERS])
    decoder.decode(b"", final=True)


def _lines(text: str, newline: str) -> list[str]:
    if newline == "\n" and "\r" in text:
        text = text.replace("\r\n", "\n").removesuffix("\r")
    return text.split(newline)
