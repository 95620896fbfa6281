"""Names of documents and accounts, and when two titles are the same."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nubank_assets.domain.failures import InputError
from nubank_assets.domain.identity import check_account_name, content_hash, document_id, title_key


@pytest.mark.parametrize(
    ("title", "same"),
    [
        ("Farmácia São João", "FARMACIA  SAO JOAO"),
        ("Loja\u00a0Azul", " loja azul "),
        ("Lo\u200bja Azul", "Loja Azul"),
        ("IOF de compra internacional", 'IOF de "Assinatura Gringa"'),
        ("Cafe\u0301", "Café"),
    ],
)
def test_titles_that_are_the_same(title: str, same: str) -> None:
    assert title_key(title) == title_key(same)


@pytest.mark.parametrize(
    ("title", "other"),
    [
        ("Loja Azul 1/2", "Loja Azul 2/2"),
        ("IOF de atraso", "IOF de compra internacional"),
        ("IOF de volta de Loja", "IOF de compra internacional"),
        ("IOF de compra internacional de ontem", "IOF de compra internacional"),
        ("Loja Azul", "LojaAzul"),
    ],
)
def test_titles_that_are_not(title: str, other: str) -> None:
    assert title_key(title) != title_key(other)


@given(st.text())
def test_a_key_is_stable(title: str) -> None:
    key = title_key(title)
    assert key.isascii()
    assert key.isprintable()
    assert title_key(key) == key
    assert title_key(unicodedata.normalize("NFD", title)) == key


@pytest.mark.parametrize("name", ["card", "a", "0", "cartao-da_ana2", "a" * 40])
def test_account_names(name: str) -> None:
    assert check_account_name(name) == name


@pytest.mark.parametrize("name", ["", "Card", "cartão", "a b", "-a", "../x", "a/b", "a" * 41, "card\n"])
def test_names_that_cannot_be_an_account(name: str) -> None:
    with pytest.raises(InputError, match="minúsculas"):
        check_account_name(name)


def test_documents_are_named_by_their_bytes_and_bill() -> None:
    sha256 = content_hash(b"date,title,amount\n")
    assert document_id(sha256, None) == sha256[:16]
    assert document_id(sha256, "2026-06") == f"{sha256[:16]}-2026-06"


def test_a_parcel_is_the_same_in_every_era() -> None:
    assert title_key("Loja Azul 2/10") == title_key("Loja Azul - Parcela 2/10")
    assert title_key("Loja Azul 2/10") != title_key("Loja Azul - Parcela 3/10")
