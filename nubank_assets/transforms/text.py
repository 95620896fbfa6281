"""Expressions over titles that mean the same on every engine: cleaning, masking, plain ASCII keys.

The portable dialect: ASCII classes only, accents removed by `translate` before anything is matched.
"""

from typing import Final

from pyspark.sql import Column
from pyspark.sql import functions as F

_ODD_SPACES: Final = (
    "\t\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
)
#: Controls, zero-width and direction marks: they can hide or reorder what a person reads.
_INVISIBLE: Final = "".join(
    chr(code)
    for first, last in (
        (0x01, 0x08),
        (0x0A, 0x1F),
        (0x7F, 0x9F),
        (0xAD, 0xAD),
        (0x61C, 0x61C),
        (0x180E, 0x180E),
        (0x200B, 0x200F),
        (0x2028, 0x202E),
        (0x2060, 0x206F),
        (0xFEFF, 0xFEFF),
        (0xFFF9, 0xFFFB),
    )
    for code in range(first, last + 1)
)
_ACCENTED: Final = "áàâãäåéèêëíìîïóòôõöúùûüçñýÁÀÂÃÄÅÉÈÊËÍÌÎÏÓÒÔÕÖÚÙÛÜÇÑÝ•–—’‘“”ªº"
_PLAIN: Final = "aaaaaaeeeeiiiiooooouuuucnyAAAAAAEEEEIIIIOOOOOUUUUCNY*--''\"\"ao"

#: What any number that is masked has in it.
_MAY_NAME: Final = r"[0-9]{3}\.[0-9]{3}\.[0-9]{3}-[0-9]{2}|[0-9]{11}|Conta: "


def clean_title(title: Column) -> Column:
    """A title without invisible characters, with single spaces."""
    visible = F.translate(title, _ODD_SPACES + _INVISIBLE, " " * len(_ODD_SPACES))
    return F.trim(_single_spaces(visible))


def mask_documents(text: Column) -> Column:
    """CPF and account numbers of people masked as Nubank masks them; company numbers (CNPJ) are public and stay.

    Source: account exports of 2022 print the full CPF, and sole traders' names end with theirs.
    """
    # Most texts have no number of the kind; looking for all kinds at once is quicker than four replacements.
    return F.when(text.rlike(_MAY_NAME), _mask(text)).otherwise(text)


def _mask(text: Column) -> Column:
    masked = F.regexp_replace(text, r"[0-9]{3}\.([0-9]{3})\.([0-9]{3})-[0-9]{2}", "•••.$1.$2-••")
    # Twice: one match takes the character that the next number needs in front of it.
    for _ in range(2):
        masked = F.regexp_replace(masked, r"(^|[^0-9])[0-9]{3}([0-9]{6})[0-9]{2}($|[^0-9])", "$1•••$2••$3")
    return F.regexp_replace(masked, r"(Conta: )[0-9.]*([0-9]-?[0-9Xx])", "$1•••$2")


def plain(text: Column) -> Column:
    """The text in ASCII, one character for one, so that positions found in it hold in the text itself."""
    return F.regexp_replace(F.translate(text, _ACCENTED, _PLAIN), "[^ -~]", "?")


def match_key(text: Column) -> Column:
    """What rules are matched against: ASCII, lower case, single spaces."""
    ascii_only = F.regexp_replace(F.translate(text, _ACCENTED, _PLAIN), "[^ -~]", "")
    return F.trim(_single_spaces(F.lower(ascii_only)))


def _single_spaces(text: Column) -> Column:
    # Of two or more: where there is nothing to replace, most titles need not be copied.
    return F.regexp_replace(text, "  +", " ")
