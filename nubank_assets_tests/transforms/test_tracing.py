"""Which transaction a line of any document tells of, and what documents add to it."""

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nubank_assets.transforms.steps import CLEANING
from nubank_assets_tests.fakes.frames import Rows, run_transforms

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

EXPORT = {"document": "export", "format": "card_csv", "source": "exports"}
PLUGGY = {"document": "pluggy", "format": "card_pluggy_bill", "source": "pluggy", "line_state": "duplicate"}
NUBANK = {"document": "nubank", "format": "card_pynubank_bill", "source": "pynubank", "line_state": "duplicate"}


def line(
    document: dict[str, Any], number: int, title: str, centavos: int | None = -1000, **more: Any
) -> dict[str, Any]:
    """A line of the bill of July."""
    july = {"month": "2026-07", "bill": "2026-07", "account": "card", "line_date": date(2026, 6, 5)}
    return {**july, **document, "line_number": number, "raw_title": title, "centavos": centavos, **more}


def clean(session: "SparkSession", folder: Path, *lines: dict[str, Any]) -> dict[str, Rows]:
    return run_transforms(session, folder, CLEANING, {"raw_lines": list(lines)})


def traces(made: dict[str, Rows], document: str) -> list[tuple[Any, ...]]:
    """Line number, merchant of the transaction it tells of, how it was found."""
    titles = {row["transaction_id"]: row["title"] for row in made["transactions"]}
    return [
        (row["line_number"], titles.get(row["transaction_id"]), row["matched_by"])
        for row in made["transaction_sources"]
        if row["document"] == document
    ]


def test_a_line_worded_alike_has_the_id_and_another_is_found_by_its_money(
    session: "SparkSession", tmp_path: Path
) -> None:
    made = clean(
        session,
        tmp_path,
        line(EXPORT, 1, "Padaria Azul"),
        line(EXPORT, 2, "Feira"),
        line(EXPORT, 3, "Loja - Parcela 2/3", -5000),
        line(PLUGGY, 1, "FEIRA LIVRE SP"),
        line(PLUGGY, 2, "Padaria Azul"),
        line(PLUGGY, 3, "LOJA", -5000, statement_title="Loja - Parcela 2/3"),
        line(PLUGGY, 4, "Pagamento", 9900),
        line(PLUGGY, 5, "Notícia", line_state="void", void_reason="information", centavos=None),
    )
    assert traces(made, "pluggy") == [
        (1, "Feira", "amount"),
        (2, "Padaria Azul", "id"),
        (3, "Loja - Parcela 2/3", "id"),
        (4, None, None),
        (5, None, None),
    ]
    by_line = {row["line_number"]: row for row in made["transaction_sources"] if row["document"] == "pluggy"}
    assert by_line[1]["own_id"] != by_line[1]["transaction_id"]
    assert by_line[2]["own_id"] == by_line[2]["transaction_id"]
    assert by_line[5]["own_id"] is None
    assert by_line[5]["reason"] == "information"


def test_equal_lines_are_matched_one_to_one(session: "SparkSession", tmp_path: Path) -> None:
    made = clean(
        session,
        tmp_path,
        *(line(EXPORT, number, "Pedagio", -910) for number in (1, 2)),
        *(line(PLUGGY, number, "PEDAGIO SP", -910) for number in (1, 2, 3)),
    )
    told = [row["transaction_id"] for row in made["transaction_sources"] if row["document"] == "pluggy"]
    assert len({*told} - {None}) == 2
    assert told.count(None) == 1


def test_the_richer_source_adds_its_columns_and_no_line(session: "SparkSession", tmp_path: Path) -> None:
    moment, rough = datetime(2026, 6, 5, 12, 34, 56, tzinfo=UTC), datetime(2026, 6, 5, 23, tzinfo=UTC)
    made = clean(
        session,
        tmp_path,
        line(EXPORT, 1, "Hotel"),
        line(NUBANK, 1, "Hotel", occurred_at=moment, raw_category="Eletronicos", foreign_currency="USD"),
        line(PLUGGY, 1, "HOTEL X", occurred_at=rough, raw_category="Travel", card_last_four="1234"),
    )
    (row,) = made["transactions"]
    assert (row["occurred_at"], row["source_category"]) == (moment, "eletrônicos")
    assert (row["foreign_currency"], row["card_last_four"], row["merchant_code"]) == ("USD", "1234", None)
    assert (row["document"], row["amount_brl"]) == ("export", Decimal("-10.00"))


def test_movements_of_a_day_are_matched_by_money(session: "SparkSession", tmp_path: Path) -> None:
    account = {"account": "account", "account_type": "account", "bill": None, "month": "2026-06"}
    made = clean(
        session,
        tmp_path,
        line(EXPORT, 1, "Pix - ANA", -100, **account, raw_identifier="a"),
        line(PLUGGY, 1, "Ana", -100, **account, raw_identifier="x"),
        line(PLUGGY, 2, "Ana", -100, **account, raw_identifier="y", line_date=date(2026, 6, 9)),
    )
    assert traces(made, "pluggy") == [(1, "Pix - ANA", "amount"), (2, None, None)]
