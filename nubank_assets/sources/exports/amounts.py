"""Amounts as text to integer centavos, a column at a time. No float is ever made; no sign is turned here."""

from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from nubank_assets.domain.vocabulary import RejectReason

_SIGN: Final = r"^(?:(?P<sign>[-+]?)\s*(?:R\$\s*)?|R\$\s*(?P<inner>[-+])\s*)"
_DOT: Final = _SIGN + r"(?P<whole>[0-9]{0,15})(?:\.(?P<fraction>[0-9]+))?$"
_COMMA: Final = r"^[-+R$\s]*(?:[0-9]{0,15}|[0-9]{1,3}(?:\.[0-9]{3}){1,4}),[0-9]+$"
#: Thousands or decimals? In any file `1,090` and `1.090.450`; where people write commas, `1.090` too.
_AMBIGUOUS: Final = r"^[-+R$\s]*[1-9][0-9]{0,2}(?:,[0-9]{3}|(?:\.[0-9]{3}){2,})$"
_AMBIGUOUS_DOT: Final = r"^[-+R$\s]*[1-9][0-9]{0,2}(?:\.[0-9]{3})+$"


def parse_amounts(
    column: pa.StringArray | pa.ChunkedArray, *, dot_may_be_thousands: bool = False
) -> tuple[pa.Int64Array, pa.StringArray]:
    """Centavos with the sign as written, and a `RejectReason` where there is none (the other is NULL).

    Each field decides its own style: `1.090,45`, `- 260,46` and `R$ 32,9` are Brazilian, `1090.45`, `32.9` and
    `50` are not. Parts of a centavo round half away from zero. More than 15 integer digits are broken.
    With `dot_may_be_thousands`, for files a spreadsheet wrote, `1.090` is ambiguous.
    """
    text = _plain(_combined(column))
    parts = pc.extract_regex(_with_dots(text), pattern=_DOT)
    whole, fraction = pc.struct_field(parts, "whole"), pc.struct_field(parts, "fraction")
    ambiguous = _matches(text, _AMBIGUOUS)
    if dot_may_be_thousands:
        ambiguous = pc.or_(ambiguous, _matches(text, _AMBIGUOUS_DOT))
    readable = pc.and_not(_has_digits(whole, fraction), ambiguous)
    negative = pc.or_(_is_minus(parts, "sign"), _is_minus(parts, "inner"))
    centavos = _signed(_centavos(whole, fraction), negative)
    return pc.if_else(readable, centavos, pa.scalar(None, pa.int64())), _reasons(readable, ambiguous)


def _combined(column: pa.StringArray | pa.ChunkedArray) -> pa.StringArray:
    return column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column


def _plain(column: pa.StringArray) -> pa.StringArray:
    """Typographic minus and spaces (U+2212, U+00A0, U+202F) as ASCII, and no space around."""
    for pattern, plain in (("\u2212", "-"), ("\u00a0", " "), ("\u202f", " ")):
        if pc.any(pc.match_substring(column, pattern)).as_py():
            column = pc.replace_substring(column, pattern, plain)
    return pc.ascii_trim_whitespace(column)


def _with_dots(column: pa.StringArray) -> pa.StringArray:
    """Amounts with a decimal comma and well-formed thousands, rewritten with a dot; the others as they are."""
    if not pc.any(pc.match_substring(column, ",")).as_py():
        return column
    rewritten = pc.replace_substring(pc.replace_substring(column, ".", ""), ",", ".")
    return pc.if_else(pc.match_substring_regex(column, _COMMA), rewritten, column)


def _matches(column: pa.StringArray, pattern: str) -> pa.BooleanArray:
    return pc.fill_null(pc.match_substring_regex(column, pattern), False)


def _has_digits(whole: pa.StringArray, fraction: pa.StringArray) -> pa.BooleanArray:
    digits = pc.binary_join_element_wise(whole, fraction, "")
    return pc.fill_null(pc.greater(pc.binary_length(digits), 0), False)


def _is_minus(parts: pa.StructArray, name: str) -> pa.BooleanArray:
    return pc.fill_null(pc.equal(pc.struct_field(parts, name), "-"), False)


def _centavos(whole: pa.StringArray, fraction: pa.StringArray) -> pa.Int64Array:
    """Integer centavos of digits before and after the point: the third decimal decides the rounding."""
    reais = pc.cast(pc.if_else(pc.equal(whole, ""), "0", whole), pa.int64())
    decimals = pc.utf8_rpad(fraction, 3, "0")
    cents = pc.cast(pc.utf8_slice_codeunits(decimals, 0, 2), pa.int64())
    up = pc.cast(pc.greater_equal(pc.utf8_slice_codeunits(decimals, 2, 3), "5"), pa.int64())
    return pc.add(pc.add(pc.multiply(reais, 100), cents), up)


def _signed(centavos: pa.Int64Array, negative: pa.BooleanArray) -> pa.Int64Array:
    return pc.if_else(negative, pc.negate(centavos), centavos)


def _reasons(readable: pa.BooleanArray, ambiguous: pa.BooleanArray) -> pa.StringArray:
    broken = pc.if_else(ambiguous, RejectReason.AMBIGUOUS_AMOUNT.value, RejectReason.BROKEN_AMOUNT.value)
    return pc.if_else(readable, pa.scalar(None, pa.string()), broken)
