"""The id of a line: one for all its exports, another for every other line."""

import unicodedata
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nubank_assets.transforms.steps import CLEANING
from nubank_assets_tests.fakes.frames import run_transform

if TYPE_CHECKING:
    from pyspark.sql import SparkSession


def line(title: str, day: int = 5, centavos: int = -1000, **more: Any) -> dict[str, Any]:
    """A card line of the bill of July."""
    july = {"month": "2026-07", "bill": "2026-07", "account": "card"}
    return {**july, "raw_title": title, "line_date": date(2026, 6, day), "centavos": centavos, **more}


def movement(title: str, identifier: str | None, day: int = 5, centavos: int = -1000, **more: Any) -> dict[str, Any]:
    account = {"account_type": "account", "account": "account", "raw_identifier": identifier}
    return {**account, "raw_title": title, "line_date": date(2026, 6, day), "centavos": centavos, **more}


def ids(session: "SparkSession", folder: Path, *lines: dict[str, Any]) -> list[str]:
    """The id of each line, each in a document of its own unless it names one."""
    rows = [{"document": f"d{number}", "line_number": number, **given} for number, given in enumerate(lines, 1)]
    made = run_transform(session, folder, CLEANING, "transactions", {"raw_lines": rows})
    assert len(made) == len(rows)
    return [row["transaction_id"] for row in sorted(made, key=lambda row: row["line_number"])]


def test_a_line_is_the_same_in_every_export_of_it(session: "SparkSession", tmp_path: Path) -> None:
    same = [
        [line("Farmácia São João"), line("FARMACIA SAO JOAO"), line("Farmácia  São\u00a0João\u200b")],
        [line("Padaria", format="card_csv", document_name="a"), line("Padaria", format="card_ofx", raw_identifier="f")],
        [line("Feira", bill_state="open"), line("Feira", bill_state="closed", bill_due=date(2026, 7, 10))],
        [line("Loja 2/3"), line("Loja - Parcela 2/3"), line("Loja - 2/3")],
        [line("Sapataria - Parcela 2/3", 1), line("Sapataria - Parcela 2/3", 19)],
        [line("IOF de compra internacional"), line('IOF de "Assinatura Gringa"'), line('IOF de "Outra"')],
        [movement("Pix - Ana", "id1"), movement("Transferência - Ana", "id1", 6, format="account_ofx")],
        [movement("Pix - José", None), movement("Pix - Jose", " ")],
    ]
    found = iter(ids(session, tmp_path, *[row for group in same for row in group]))
    groups = [[next(found) for _ in group] for group in same]
    assert all(len(set(group)) == 1 for group in groups)
    assert len({group[0] for group in groups}) == len(groups)


def test_other_lines_have_other_ids(session: "SparkSession", tmp_path: Path) -> None:
    different = [
        line("Loja"),
        line("Lojas"),
        line("Loja", 6),
        line("Loja", centavos=-1001),
        line("Loja", centavos=1000),
        line("Loja", bill="2026-08", month="2026-08"),
        line("Loja", bill="2026-07-31"),
        line("Loja", account="ana"),
        line("Loja - Parcela 1/3"),
        line("Loja - Parcela 1/3", 6),
        line("Loja - Parcela 1/4"),
        line("Loja - Parcela 2/3"),
        line("Loja - Parcela 3/3"),
        line("IOF de atraso"),
        line("IOF de volta de Loja"),
        movement("Loja", "a"),
        movement("Loja", "b"),
        movement("Loja", "a", centavos=1000),
        movement("Loja", None),
        movement("Loja", None, 6),
        movement("Loja", "a", account="ana"),
    ]
    found = ids(session, tmp_path, *different)
    assert len(set(found)) == len(different)
    assert all(len(name) == 32 and int(name, 16) >= 0 for name in found)


def test_equal_lines_of_one_document_are_told_apart_by_their_order(session: "SparkSession", tmp_path: Path) -> None:
    toll = [line("Pedágio", centavos=-910, document="csv")] * 3
    again = [line("PEDAGIO", centavos=-910, document="ofx")] * 3
    found = ids(session, tmp_path, *toll, *again, line("Pedágio", centavos=-910))
    assert len(set(found[:3])) == 3
    assert found[3:6] == found[:3]
    assert found[6] == found[0]


def test_two_movements_of_one_pix_on_credit_differ(session: "SparkSession", tmp_path: Path) -> None:
    assert len(set(ids(session, tmp_path, movement("A", "x", centavos=500), movement("B", "x", centavos=-500)))) == 2


LETTERS = st.text(st.sampled_from("abczÁéíõüçÑºª  -•"), min_size=1, max_size=12).filter(lambda text: text.strip() != "")


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(LETTERS, min_size=20, max_size=40))
def test_accents_composed_or_not_and_case_change_no_id(
    session: "SparkSession", tmp_path: Path, titles: list[str]
) -> None:
    forms = [titles, [unicodedata.normalize("NFD", title) for title in titles], [title.upper() for title in titles]]
    rows = [line(f"x{title}", document=f"form{form}") for form, group in enumerate(forms) for title in group]
    found = ids(session, tmp_path, *rows)
    third = len(titles)
    assert found[:third] == found[third : 2 * third]
    assert found[:third] == found[2 * third :]


def test_ids_of_today_are_ids_of_tomorrow(session: "SparkSession", tmp_path: Path) -> None:
    """A change of these changes every id ever given: corrections that people made would be lost."""
    found = ids(session, tmp_path, line("Farmácia - Parcela 1/3"), movement("Pix - Ana", "6a22d0f0"))
    assert found == ["f8585888a4f889e88a3a28662442e0ab", "1922c36991f2fcddd0c0da1585ad4989"]
