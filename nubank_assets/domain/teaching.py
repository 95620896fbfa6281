"""The words in which a person teaches categories: the categories themselves, and what a correction or rule is about.

What becomes of a row of a worksheet is in ``person_sheets.py``; which method decided a category in ``vocabulary.py``.
"""

from enum import StrEnum
from typing import Final

from nubank_assets.domain.vocabulary import Category

#: How a person reads and writes the categories, in Brazilian Portuguese and in English.
CATEGORY_WORDS: Final[dict[Category, tuple[str, str]]] = {
    Category.TRANSPORTE: ("transporte", "transport"),
    Category.RESTAURANTE: ("restaurante", "restaurants"),
    Category.SUPERMERCADO: ("supermercado", "groceries"),
    Category.ELETRONICOS: ("eletrônicos", "electronics"),
    Category.SAUDE: ("saúde", "health"),
    Category.SERVICOS: ("serviços", "services"),
    Category.VESTUARIO: ("vestuário", "clothing"),
    Category.CASA: ("casa", "home"),
    Category.LAZER: ("lazer", "leisure"),
    Category.EDUCACAO: ("educação", "education"),
    Category.VIAGEM: ("viagem", "travel"),
    Category.OUTROS: ("outros", "other"),
    Category.ENCARGOS: ("encargos", "charges"),
}

#: A category that is less sure, in percent, is worth a look.
SURE: Final = 90


class AppliesTo(StrEnum):
    """What a correction is about."""

    LINE = "line"
    MERCHANT = "merchant"
    """All lines of the merchant, past and to come: it is a rule of the person's own."""


class RuleMatch(StrEnum):
    """How a person's rule compares its pattern with the name of a merchant, the most specific first."""

    MERCHANT = "merchant"
    """It is the merchant, whatever its store, city or acquirer."""
    BEGINS = "begins"
    """The name begins so."""
    WORDS = "words"
    """All these words are in the name, in any order."""
    CONTAINS = "contains"
    """The name has these letters somewhere."""
