"""What a person's own rules mean for names: how they compare, which of several counts, what contradicts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nubank_assets.domain.teaching import RuleMatch
from nubank_assets.domain.vocabulary import Category
from nubank_assets.merchants.own_rules import OwnRule, OwnRules

LAZER, CASA, SAUDE = Category.LAZER, Category.CASA, Category.SAUDE


def rule(name: str, pattern: str, category: Category = LAZER, match: str = "merchant", number: int = 1) -> OwnRule:
    return OwnRule(name, RuleMatch(match), pattern, category, number)


def row(name: str, pattern: str, category: Category = LAZER) -> OwnRule:
    """A rule of the worksheet."""
    return OwnRule(name, RuleMatch.MERCHANT, pattern, category, is_command=False)


@pytest.mark.parametrize(
    ("match", "pattern", "names", "others"),
    [
        (
            "merchant",
            "Padaria Azul",
            ["PADARIA AZUL", "Mp *Padaria Azul Lj 2", "Padaria Azul Sao Paulo", 'Estorno de "Padaria Azul"'],
            ["Padaria Azulada", "Padaria", "A Padaria Azul"],
        ),
        ("begins", "pad", ["Padaria Azul", "PADOCA"], ["A Padaria"]),
        ("words", "azul padaria", ["Padaria do Mar Azul"], ["Padaria Azulada", "Azul"]),
        ("contains", "ria az", ["Padaria Azul", "A Padaria Azulada"], ["Padaria", "Azul"]),
    ],
)
def test_how_names_are_compared(match: str, pattern: str, names: list[str], others: list[str]) -> None:
    rules = OwnRules([rule("r", pattern, match=match)])
    assert [bool(rules.find(name)) for name in (*names, *others)] == [True] * len(names) + [False] * len(others)


def test_the_most_specific_counts_then_the_newest() -> None:
    rules = [
        rule("contains", "azul", match="contains", number=9),
        rule("longer", "padaria azul", CASA, match="contains", number=1),
        rule("begins", "pad", SAUDE, match="begins", number=2),
        rule("merchant", "Padaria Azul", number=3),
        rule("newer", "PADARIA AZUL", CASA, number=4),
    ]

    def found(name: str, *of: OwnRule) -> str | None:
        best = OwnRules(of).find(name)
        return best.name if best else None

    assert found("Padaria Azul", *rules) == "newer"
    assert found("Padaria Azul", *rules[:4]) == "merchant"
    assert found("Padaria Azul", *rules[:3]) == "begins"
    assert found("Padaria Azul", *rules[:2]) == "longer"
    assert found("Mar Azul", *rules) == "contains"
    assert found("Mercado", *rules) is None


def test_rows_of_a_worksheet_that_contradict_count_neither_and_are_told() -> None:
    rules = OwnRules([row("a", "Loja"), row("b", "LOJA", CASA), row("c", "Bar"), row("d", "Bar")])
    assert rules.find("Loja") is None
    assert rules.contradictions() == {"a": ["b"], "b": ["a"]}
    best = rules.find("Bar")
    assert best
    assert best.category is LAZER


def test_a_command_and_a_row_that_contradict_count_neither_and_an_older_command_is_replaced() -> None:
    old, new, said = rule("old", "Loja", SAUDE, number=1), rule("new", "Loja", CASA, number=2), row("row", "Loja")
    assert OwnRules([old, new]).contradictions() == {}
    rules = OwnRules([old, new, said])
    assert rules.find("Loja") is None
    assert rules.contradictions() == {"new": ["row"], "row": ["new"]}


def test_what_names_nothing_fits_nothing() -> None:
    assert not any(
        OwnRules([rule("r", pattern, match=match.value)]).find("Padaria")
        for match in RuleMatch
        for pattern in ("", "*")
    )


_RULES = st.lists(
    st.builds(
        OwnRule,
        st.sampled_from("abcdef"),
        st.sampled_from(RuleMatch),
        st.sampled_from(["azul", "padaria azul", "pad", "loja"]),
        st.sampled_from([LAZER, CASA]),
        st.integers(1, 3),
        st.booleans(),
    ),
    max_size=5,
    unique_by=lambda one: one.name,
)


@given(_RULES, st.randoms(), st.sampled_from(["Padaria Azul", "Loja Azul", "Pad", "Loja"]))
def test_the_order_in_which_rules_come_changes_nothing(rules: list[OwnRule], chance: object, name: str) -> None:
    shuffled = sorted(rules, key=lambda _: chance.random())  # type: ignore[attr-defined]
    ours, theirs = OwnRules(rules).find(name), OwnRules(shuffled).find(name)
    assert (ours and ours.category) == (theirs and theirs.category)
    assert OwnRules(rules).contradictions() == OwnRules(shuffled).contradictions()
