"""One title by itself gets what the tables say of it."""

from pathlib import Path
from typing import TYPE_CHECKING

from nubank_assets.transforms.titles import categorize_title
from nubank_assets_tests.merchants.test_knowledge import MERCHANTS
from nubank_assets_tests.transforms.test_kinds import CARD, categorize, row

if TYPE_CHECKING:
    from pyspark.sql import SparkSession


def test_a_title_by_itself_is_what_the_tables_say(session: "SparkSession", tmp_path: Path) -> None:
    titles = [*CARD, *MERCHANTS, "Açaí ☕ da Praça", "LOJA DA MARIA 12", "ÓTICA VISÃO", "Pag*Xyzw", 'Estorno de "Uber"']
    lines = [row(title, sign) for title in titles for sign in (-1, 1)]
    found = categorize(session, tmp_path, lines)
    for line in found:
        decision = categorize_title(line["title"], is_credit=line["amount_brl"] > 0)
        said = (line["category"], line["category_method"], line["category_rule"], line["category_confidence"])
        if decision is None:
            assert said == (None, None, None, None), line["title"]
        else:
            expected = (decision.category, decision.method, decision.rule or None, decision.confidence)
            assert said == expected, line["title"]
            assert line["subcategory"] == (decision.subcategory or None)


def test_a_parcel_is_what_its_merchant_is() -> None:
    for title in ("Padaria Azul 2/10", "Padaria Azul - Parcela 2/10", "Antecipada - Padaria Azul - Parcela 2/10"):
        decision = categorize_title(title)
        assert decision is not None
        assert decision.rule == "padaria"
