"""Titles as bills print them, and the words that name their merchants."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nubank_assets.merchants.normalising import acquirers, tidy

#: Title: what names of its merchant have in common.
KEYS = {
    "Padaria Azul": "padaria azul",
    "PADARIA  AZUL LTDA": "padaria azul",
    "Padaria Azul - Parcela 2/10": "padaria azul",
    "Padaria Azul 2/10": "padaria azul",
    "Padaria Azul Sao Paulo": "padaria azul",
    "Padaria Azul Florianopo": "padaria azul",
    "Padaria Azul Rio de Janeiro RJ": "padaria azul",
    "Padaria Azul Lj 12": "padaria azul",
    "Padaria Azul Filial 0003": "padaria azul",
    "Mp *Padaria Azul": "padaria azul",
    "PAG*PadariaAzul": "padariaazul",
    "Pg *Padaria Azul": "padaria azul",
    "Mercadopago*Padaria Azul": "padaria azul",
    "Mercpago Padaria Azul": "padaria azul",
    "Pagseguro *Mp *Padaria Azul": "padaria azul",
    "Padaria Azul - NuPay": "padaria azul",
    'Estorno de "Padaria Azul"': "padaria azul",
    'Estorno de "Padaria Azul" (parcial)': "padaria azul",
    "Parcelamento de Compra - Padaria Azul - 3/4": "padaria azul",
    "Antecipada - Padaria Azul - Parcela 7/10": "padaria azul",
    "Compra no débito - Padaria Azul": "padaria azul",
    "Pagamento de boleto efetuado - PADARIA AZUL LTDA": "padaria azul",
    "Bob's": "bobs",
    "C&A": "c e a",
    "Uber *Trip": "uber trip",
    "99app *99app": "99app 99app",
    # Nothing else is there: who collected the payment is the merchant.
    "Mercadopago": "mercadopago",
    "Pag*": "pag",
    "São Paulo": "sao paulo",
    "Açaí": "acai",
    "☕": "",
    "": "",
}


@pytest.mark.parametrize("title", KEYS)
def test_names_of_one_merchant_have_one_key(title: str) -> None:
    assert tidy(title).key == KEYS[title]


@pytest.mark.parametrize(("title", "is_cut"), [("Supermercado Super Com", True), ("Padaria Azul", False)])
def test_a_name_that_fills_its_column_may_be_cut(title: str, *, is_cut: bool) -> None:
    assert tidy(title).is_cut is is_cut


@given(st.text())
def test_any_text_has_plain_words_and_a_key_that_stays(title: str) -> None:
    tidied = tidy(title)
    assert all(word.isascii() and word.isalnum() and word == word.lower() for word in tidied.words)
    assert tidied.key.split() == list(tidied.words[: len(tidied.key.split())])


@given(st.sampled_from(sorted(acquirers())), st.sampled_from(["Padaria Azul", "Posto Verde"]))
def test_who_collects_the_payment_changes_nothing(acquirer: str, name: str) -> None:
    assert tidy(f"{acquirer.upper()} *{name}").words == tidy(name).words
