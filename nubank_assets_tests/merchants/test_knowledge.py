"""What the shipped knowledge says of names that no file of it was made from, and whether the file is sound."""

import csv
import re
from collections import Counter
from importlib.resources import files

import pytest

from nubank_assets import merchants
from nubank_assets.domain.vocabulary import Category
from nubank_assets.merchants.deciding import CONFIDENCE, Memory, Said, decide_by_rules, version
from nubank_assets.merchants.knowledge import knowledge, match
from nubank_assets.merchants.normalising import tidy

#: Merchant: category, and the line of the knowledge that decides; None where nothing is known.
MERCHANTS = {
    "Uber *Trip": ("transporte", "uber trip"),
    "Uber *Eats": ("restaurante", "uber eats"),
    "IFOOD *Padaria": ("restaurante", "padaria"),
    "Ifood *Drogaria Sol": ("saúde", "drogaria"),
    "Ifood *Xyzw": ("restaurante", "ifood"),
    "Mercado Azul": ("supermercado", "mercado"),
    "FARMÁCIA POPULAR": ("saúde", "farmacia popular"),
    "Padaria Pão Quente": ("restaurante", "padaria"),
    "Auto Posto Imperatriz": ("transporte", "auto posto"),
    "Posto Azul Pag Menos": ("transporte", "posto"),
    "Drogasil 1234": ("saúde", "drogasil"),
    "MC DONALDS SP": ("restaurante", "mcdonalds"),
    "McDonald's": ("restaurante", "mcdonalds"),
    "Lojas Renner": ("vestuário", "lojas renner"),
    "C&A Modas 123": ("vestuário", "cea modas"),
    "Trenner": None,
    "Extra": ("supermercado", "extra"),
    "Extra 1234 Sao Paulo": ("supermercado", "extra"),
    "Loja Extra": None,
    "Barato Total": None,
    "Azul": ("viagem", "azul"),
    "Padaria Azul": ("restaurante", "padaria"),
    "Barbearia do Zé": ("serviços", "barbearia"),
    "Leroy Merlin": ("casa", "leroy merlin"),
    "Escola Azul": ("educação", "escola"),
    "Hotel Azul": ("viagem", "hotel"),
    "Amazon Prime Canais": ("serviços", "amazon prime"),
    "Amazon": None,
    "Mercado Livre": None,
    # A glued name, a stem, and a name that the bill cut.
    "Pag*Josemarmitex": ("restaurante", "marmitex"),
    "Panificad Azul": ("restaurante", "panif"),
    "Comercial Azul Supermer": ("supermercado", "supermercado"),
    "Verde e Amarelo Restau": ("restaurante", "restaurant"),
    # It says too little, and comes first.
    "Emporio Azul Cafe": None,
    "☕": None,
    "": None,
}


@pytest.mark.parametrize("merchant", MERCHANTS)
def test_what_is_known_of_a_name(merchant: str) -> None:
    found = match(tidy(merchant))
    assert ((found.known.category.value, found.known.name) if found else None) == MERCHANTS[merchant]


def test_a_decision_says_by_which_words_and_how_surely() -> None:
    known = decide_by_rules("Panificad Azul")
    assert known is not None
    assert (known.rule, known.confidence, known.subcategory) == ("panificad: panif", CONFIDENCE["stem"], "padaria")


def test_the_knowledge_is_sound() -> None:
    assert {known.category for known in knowledge()} == set(Category) - {Category.ENCARGOS}
    assert {known.match for known in knowledge()} | {"shortened"} == set(CONFIDENCE) | {"hint"}
    for known in knowledge():
        assert re.fullmatch("[a-z0-9]+( [a-z0-9]+)*", known.name), known
        assert known.subcategory, known
    # One name, one meaning, however it is spelt.
    phrases = Counter(known.name.replace(" ", "") for known in knowledge() if known.match not in {"stem", "inside"})
    assert not [name for name, count in phrases.items() if count > 1]


def test_every_line_of_the_knowledge_decides_its_own_name() -> None:
    """No line is dead: alone, each name means what its line says."""
    for known in knowledge():
        if known.match not in {"hint", "stem", "inside"}:
            found = match(tidy(known.name))
            assert found is not None, known
            assert found.known.category == known.category, known


def test_the_data_is_a_table_that_people_can_read_and_git_can_merge() -> None:
    for name in ("knowledge.csv", "acquirers.csv", "endings.csv"):
        lines = files(merchants).joinpath(name).read_text(encoding="utf-8").splitlines()
        assert len(set(lines)) == len(lines), name
        assert len({len(row) for row in csv.reader(lines)}) == 1, name


def test_the_version_is_of_the_data() -> None:
    assert re.fullmatch("[0-9]+-[0-9a-f]{8}", version())


def test_a_memory_needs_two_thirds_who_agree_and_earlier_months() -> None:
    said = [
        Said("Loja Azul 1", Category.CASA, False, "2026-01", 2),
        Said("Loja Azul 2", Category.LAZER, False, "2026-02", 1),
        Said("Loja Azul 3", Category.LAZER, False, "2026-03", 1),
    ]
    memory = Memory(said)
    assert memory.decide("LOJA AZUL", "2026-01") is None
    by_march = memory.decide("LOJA AZUL", "2026-03")
    assert by_march is not None
    assert (by_march.category, by_march.rule, by_march.confidence) == (Category.CASA, "Loja Azul 1", 66)
    assert memory.decide("LOJA AZUL", "2026-04") is None
    assert Memory([Said("☕", Category.CASA, True, "2026-01", 1)]).decide("", "2026-02") is None
