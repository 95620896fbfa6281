"""A file of titles that a person wants explained: one a row, with an amount or not. No export, and not stored."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from nubank_assets.domain.failures import InputError
from nubank_assets.messages import message
from nubank_assets.sources.exports.decoding import decode

_SEPARATORS: Final = (",", ";", "\t")


@dataclass(frozen=True)
class TitleRow:
    """One row: its title, and whether its amount, as a card's CSV has it, is below zero."""

    title: str
    is_credit: bool


def read_titles(path: Path) -> list[TitleRow]:
    """The rows of a CSV file with a column `title` and perhaps `amount`; other columns are not looked at.

    Raises InputError, which names file and line, for what cannot be read.
    """
    rows = [(number, row) for number, row in _rows(path) if row]
    if not rows:
        raise InputError(message("titles_without_title", name=path))
    header = [name.strip().lower() for name in rows[0][1]]
    if header.count("title") != 1:
        raise InputError(message("titles_without_title", name=path))
    for number, row in rows[1:]:
        if len(row) != len(header):
            raise InputError(message("titles_line_wrong", name=path, line=number, found=len(row), wanted=len(header)))
    is_credit = _credits(path, header, rows[1:])
    place = header.index("title")
    return [TitleRow(row[place], back) for (_, row), back in zip(rows[1:], is_credit, strict=True)]


def _rows(path: Path) -> list[tuple[int, list[str]]]:
    """Each row with the line on which it ends."""
    try:
        text = decode(path.read_bytes())
    except FileNotFoundError:
        raise InputError(message("path_missing", name=path)) from None
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(message("path_unreadable", name=path, error=error)) from error
    header = text.partition("\n")[0]
    reader = csv.reader(text.splitlines(keepends=True), delimiter=max(_SEPARATORS, key=header.count), strict=True)
    try:
        return [(reader.line_num, row) for row in reader]
    except csv.Error as error:
        raise InputError(message("titles_unreadable", name=path, line=reader.line_num, error=error)) from error


def _credits(path: Path, header: Sequence[str], rows: Sequence[tuple[int, Sequence[str]]]) -> list[bool]:
    """Of each row whether its amount is below zero; an empty one is not."""
    if "amount" not in header:
        return [False] * len(rows)
    import pyarrow as pa

    from nubank_assets.sources.exports.amounts import parse_amounts

    texts = [row[header.index("amount")].strip() or "0" for _, row in rows]
    centavos, _ = parse_amounts(pa.array(texts, pa.string()))
    for (number, _), text, value in zip(rows, texts, centavos.to_pylist(), strict=True):
        if value is None:
            raise InputError(message("titles_amount_wrong", name=path, line=number, amount=text))
    return [value < 0 for value in centavos.to_pylist()]
