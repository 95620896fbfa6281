"""A title of a card or account line as the words that name its merchant.

Whatever the bill adds goes: what a line is (a refund, a parcel), who collected the payment (`MP *`, `PAG*`), the number
of a store, its city and state. What the words mean is for ``knowledge.py``.
"""

import csv
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

#: Bills cut a merchant's name here; one that is nearly as long may have lost a space at its end.
_LONGEST: Final = 22
#: The name of a city may be cut too, but is hardly less than this.
_SHORTEST_CITY: Final = 6
_LONGEST_ENDING: Final = 4

_QUOTED: Final = re.compile(r'"+([^"]+)"+')
_WRAPPING: Final = re.compile(
    r"^(estorno - compra no debito(?: via nupay)?|compra no debito(?: via nupay)?|pagamento de boleto efetuado"
    r"|antecipada|parcelamento de compra|transferencia (?:enviada|recebida)(?: pelo pix)?|pix no credito) - "
    r"|^(desconto antecipacao|estorno de|credito de|iof de) (?=.)"
)
_PARCEL: Final = re.compile(r"(?: - parcela| -)? [0-9]{1,2}/[0-9]{1,2}$")
_NUPAY: Final = re.compile(r" - nupay$")
_STORE: Final = re.compile(r"(lj|loja|filial|fil|unidade|un|pdv|cx|qd|bl|sl)?[0-9]+[a-z]?")


@dataclass(frozen=True)
class Tidied:
    """A merchant's name in plain lower-case words; `is_cut` if the last one may have lost its end.

    `key` is what names of one merchant have in common, whatever its store, city or acquirer.
    """

    words: tuple[str, ...]
    key: str
    is_cut: bool


def tidy(title: str) -> Tidied:
    """The words of a title that name its merchant; none if there are none."""
    text = _unwrap(plain(title))
    words = _words(_without_acquirer(text))
    return Tidied(words, " ".join(_named(words)), len(text) >= _LONGEST - 1)


def plain(text: str) -> str:
    """The text in lower-case ASCII with single spaces; what has no such letter is gone."""
    letters = unicodedata.normalize("NFKD", text).lower()
    return " ".join("".join(letter for letter in letters if letter.isascii()).split())


def _unwrap(text: str) -> str:
    """The name within what the bill says of the line."""
    if found := _QUOTED.search(text):
        text = found[1]
    return _NUPAY.sub("", _PARCEL.sub("", _WRAPPING.sub("", text))).strip()


def _without_acquirer(text: str) -> str:
    """The name without who collected the payment, unless nothing else is there."""
    head, star, rest = text.partition("*")
    if star and rest.strip("* ") and "".join(_words(head)) in acquirers():
        return _without_acquirer(rest.strip("* "))
    first, _, others = text.partition(" ")
    if others and acquirers().get(first):
        return _without_acquirer(others)
    return text


def _words(text: str) -> tuple[str, ...]:
    return tuple(re.findall("[a-z0-9]+", text.replace("'", "").replace("`", "").replace("&", " e ")))


def _named(words: tuple[str, ...]) -> tuple[str, ...]:
    """The words without the numbers, places and legal forms that follow them."""
    kept = words
    while ending := _ending(kept):
        kept = kept[:-ending]
    return kept


def _ending(words: tuple[str, ...]) -> int:
    """How many words at the end say nothing of the name; never all of them."""
    counts = range(1, min(_LONGEST_ENDING, len(words) - 1) + 1)
    known = [count for count in counts if " ".join(words[-count:]) in _endings()]
    return max(known, default=int(len(words) > 1 and bool(_STORE.fullmatch(words[-1]))))


@cache
def acquirers() -> dict[str, bool]:
    """Who collects payments for merchants, as titles abbreviate them, and whether they are so without a star too."""
    return {row["name"]: row["without_star"] == "yes" for row in _rows("acquirers.csv")}


@cache
def _endings() -> frozenset[str]:
    """What may follow a name and says nothing of it: legal forms and stores, states, and cities, also where cut."""
    found = set()
    for row in _rows("endings.csv"):
        name = row["name"]
        shortest = min(len(name), _SHORTEST_CITY) if row["what"] == "city" else len(name)
        found |= {name[:length].strip() for length in range(shortest, len(name) + 1)}
    return frozenset(found)


def _rows(name: str) -> Iterator[dict[str, str]]:
    yield from csv.DictReader(files(__package__).joinpath(name).read_text(encoding="utf-8").splitlines())
