"""What is known of merchants in Brazil: `knowledge.csv`, chains and the words that say what a business is.

How a name is matched against it is here; how names are tidied before is in ``normalising.py``.

A line of the file is a name, how it is matched, and its category:

* `sure`: a word that decides wherever it stands (posto, farmacia), before any chain
* `chain`: the name of one company
* `whole`: the name of one company that is also a word of others (extra, azul): counts if it is the whole name
* `word`: a word that says what a business is, unless a chain says more
* `stem`: the beginning of such a word, whatever follows (panif…)
* `inside`: a word that counts even in the middle of a glued one (silvamarmitex)
* `weak`: counts only if nothing else is known (ifood, which also sells medicine)
* `hint`: says too little (emporio): if it is the first to count, nothing is said
"""

import csv
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

from nubank_assets.domain.vocabulary import Category
from nubank_assets.merchants.normalising import Tidied

#: How much each way to match is worth; of equal ones the words that stand first count.
_WORTH: Final = {
    "whole": 5,
    "sure": 5,
    "chain": 4,
    "word": 3,
    "hint": 3,
    "stem": 3,
    "shortened": 2,
    "inside": 2,
    "weak": 1,
}
#: Where a title is cut, its last word is taken for the beginning of a known one from so many letters on.
_CUT: Final = 3
#: A chain's name that is cut must still have as many.
_CUT_CHAIN: Final = 6
_LONGEST_PHRASE: Final = 6
_PHRASES: Final = frozenset({"sure", "chain", "word", "weak", "hint"})


@dataclass(frozen=True)
class Known:
    """One line of the knowledge."""

    category: Category
    subcategory: str
    match: str
    name: str


@dataclass(frozen=True)
class Match:
    """What decided: a line of the knowledge, the way it was found, and the words of the title."""

    known: Known
    way: str
    words: str


@dataclass(frozen=True)
class _Index:
    """The knowledge by the letters that are looked up; names without their spaces."""

    phrases: dict[str, Known]
    whole: dict[str, Known]
    stems: dict[str, Known]
    inside: dict[str, Known]
    cut: dict[str, Known]


@cache
def knowledge() -> tuple[Known, ...]:
    """Every line of `knowledge.csv`; raises ValueError for a category that the vocabulary does not have."""
    lines = files(__package__).joinpath("knowledge.csv").read_text(encoding="utf-8").splitlines()
    return tuple(
        Known(Category(row["category"]), row["subcategory"], row["match"], row["name"]) for row in csv.DictReader(lines)
    )


@cache
def _index() -> _Index:
    phrases = {_glued(known): known for known in knowledge() if known.match in _PHRASES}
    words = [known for known in knowledge() if known.match in {"sure", "word"} and " " not in known.name]
    chains = [known for known in knowledge() if known.match in {"sure", "chain"}]
    cut = _beginnings(chains, _CUT_CHAIN) | _beginnings(words, _CUT)
    return _Index(
        phrases,
        {_glued(known): known for known in knowledge() if known.match == "whole"},
        {_glued(known): known for known in knowledge() if known.match == "stem"},
        {_glued(known): known for known in knowledge() if known.match == "inside"},
        cut,
    )


def _glued(known: Known) -> str:
    return known.name.replace(" ", "")


def _beginnings(names: list[Known], shortest: int) -> dict[str, Known]:
    """Every beginning of these names that all names with it say the same category of."""
    by_beginning: dict[str, list[Known]] = defaultdict(list)
    for known in names:
        glued = _glued(known)
        # What ends with a word of the name is rather that word: iguatemi celulares is not every iguatemi.
        ends = {len("".join(known.name.split()[:count])) for count in range(1, len(known.name.split()))}
        for length in range(shortest, len(glued)):
            if length not in ends:
                by_beginning[glued[:length]].append(known)
    return {
        beginning: found[0]
        for beginning, found in by_beginning.items()
        if len({known.category for known in found}) == 1
    }


def match(tidied: Tidied) -> Match | None:
    """What the knowledge says of a merchant; None if it says nothing."""
    found = sorted(_matches(tidied), key=lambda hit: (-_WORTH[hit[1]], hit[0], -len(hit[2])))
    if not found:
        return None
    _, way, words, known = found[0]
    if way == "hint":
        return None
    return Match(known, way, words)


def _matches(tidied: Tidied) -> Iterator[tuple[int, str, str, Known]]:
    """Where each match begins, how it was found, by which words, and what is known."""
    words = tidied.words
    if known := _index().whole.get(tidied.key.replace(" ", "")):
        yield 0, "whole", tidied.key, known
    taken = 0
    for start in range(len(words)):
        found = list(_at(words, start, is_cut=tidied.is_cut))
        for length, way, known in found:
            # A word within a longer match says nothing by itself.
            if start + length > taken:
                yield start, way, " ".join(words[start : start + length]), known
        taken = max([taken, *(start + length for length, way, _ in found if way in _PHRASES)])


def _at(words: tuple[str, ...], start: int, *, is_cut: bool) -> Iterator[tuple[int, str, Known]]:
    """What begins at a word: the longest phrase; else a stem, a shortened word, or one within."""
    index, word = _index(), words[start]
    for end in range(min(len(words), start + _LONGEST_PHRASE), start, -1):
        glued = "".join(words[start:end])
        if known := index.phrases.get(glued):
            yield end - start, known.match, known
            return
        if is_cut and end == len(words) and (known := index.cut.get(glued)):
            yield end - start, "shortened", known
            return
    for length in range(len(word) - 1, 3, -1):
        if known := index.stems.get(word[:length]):
            yield 1, "stem", known
            return
    if len(word) > 6:
        for inside, known in index.inside.items():
            if inside in word:
                yield 1, "inside", known
                return
