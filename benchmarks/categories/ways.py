"""The ways to find a category that are compared: each learns from labelled titles, or not, and answers or abstains."""

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Final

from benchmarks.categories.first_rules import categorize_by_first_rules
from benchmarks.categories.titles import Labelled
from nubank_assets.domain.vocabulary import Category
from nubank_assets.merchants.deciding import Memory, Said, decide_by_rules
from nubank_assets.merchants.knowledge import knowledge
from nubank_assets.merchants.normalising import plain, tidy

#: What a title is, or None: then the line is outros.
Answer = Callable[[str], Category | None]
Way = Callable[[Sequence[Labelled]], Answer]

_TINY: Final = {
    "posto": Category.TRANSPORTE,
    "uber": Category.TRANSPORTE,
    "estacionamento": Category.TRANSPORTE,
    "restaurante": Category.RESTAURANTE,
    "padaria": Category.RESTAURANTE,
    "lanch": Category.RESTAURANTE,
    "pizza": Category.RESTAURANTE,
    "mercado": Category.SUPERMERCADO,
    "farmacia": Category.SAUDE,
    "drogaria": Category.SAUDE,
    "hotel": Category.VIAGEM,
    "livraria": Category.EDUCACAO,
    "netflix": Category.SERVICOS,
}
#: Beginnings of months as the memory compares them: all that is known came before.
_BEFORE, _NOW = "1", "2"


def majority(known: Sequence[Labelled]) -> Answer:
    """Always the most frequent category so far."""
    most = Counter(row.category for row in known).most_common(1)
    return lambda _: most[0][0] if most else None


def tiny_rules(known: Sequence[Labelled]) -> Answer:  # noqa: ARG001
    """A dozen words."""
    return lambda title: next((category for word, category in _TINY.items() if word in plain(title)), None)


def first_rules(known: Sequence[Labelled]) -> Answer:  # noqa: ARG001
    """The keyword rules that were shipped first."""
    return lambda title: categorize_by_first_rules(plain(title))


def memory(known: Sequence[Labelled]) -> Answer:
    """What the same merchant was before, as the platform remembers it."""
    counted = Counter((row.title, row.category) for row in known)
    remembered = Memory(Said(title, category, False, _BEFORE, lines) for (title, category), lines in counted.items())

    def answer(title: str) -> Category | None:
        found = remembered.decide(title, _NOW)
        return found.category if found else None

    return answer


def shipped(known: Sequence[Labelled]) -> Answer:  # noqa: ARG001
    """The shipped knowledge alone, as on a first day."""

    def answer(title: str) -> Category | None:
        found = decide_by_rules(title)
        return found.category if found else None

    return answer


def characters(known: Sequence[Labelled]) -> Answer:
    """A linear SVM over character n-grams of the titles known so far; it never abstains."""
    if len({row.category for row in known}) < 2:
        return majority(known)
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.pipeline import make_pipeline
    from sklearn.svm import LinearSVC

    model = make_pipeline(TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5)), LinearSVC(random_state=0))
    model.fit([plain(row.title) for row in known], [row.category.value for row in known])
    return lambda title: Category(model.predict([plain(title)])[0])


def characters_of_knowledge(threshold: float) -> Way:
    """A logistic regression over character n-grams of the shipped names; it abstains below `threshold`."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline

    names = [one for one in knowledge() if one.match != "hint"]
    model = make_pipeline(
        TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True),
        LogisticRegression(C=20, max_iter=300, class_weight="balanced"),
    )
    model.fit([one.name for one in names], [one.category.value for one in names])

    def answer(title: str) -> Category | None:
        chances = model.predict_proba([" ".join(tidy(title).words)])[0]
        best = chances.argmax()
        return Category(model.classes_[best]) if chances[best] >= threshold else None

    return lambda known: answer  # noqa: ARG005


def first_of(*ways: Way) -> Way:
    """The first that answers."""

    def learn(known: Sequence[Labelled]) -> Answer:
        answers = [way(known) for way in ways]
        return lambda title: next((found for answer in answers if (found := answer(title))), None)

    return learn
