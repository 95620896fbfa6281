"""Which lines a correction means, what happens where corrections disagree, and what is told of each."""

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nubank_assets.transforms.steps import CATEGORIZATION, INSIGHTS
from nubank_assets_tests.fakes.frames import Row, Rows, run_transform

if TYPE_CHECKING:
    from pyspark.sql import SparkSession


def line(title: str, amount: str = "-10.00", **more: Any) -> Row:
    return {
        "title": title,
        "merchant": title,
        "amount_brl": Decimal(amount),
        "account": "card",
        "bill": "2026-06",
        "bill_state": "closed",
        **more,
    }


def moved(title: str, amount: str = "-10.00", **more: Any) -> Row:
    return line(title, amount, **{"account": "account", "account_type": "account", "bill": None, **more})


def correction(name: str, category: str | None = "lazer", **more: Any) -> Row:
    return {"correction": name, "category": category, **more}


def named(name: str, title: str, amount: str = "-10.00", category: str = "lazer", **more: Any) -> Row:
    words = {"account": "card", "bill": "2026-06", "raw_title": title, "amount_brl": Decimal(amount), **more}
    return correction(name, category, **words)


def categorized(session: "SparkSession", folder: Path, lines: list[Row], corrections: list[Row]) -> Rows:
    given = {"transactions": lines, "corrections": corrections}
    return run_transform(session, folder, CATEGORIZATION, "categorized_transactions", given)


def told(session: "SparkSession", folder: Path, lines: list[Row], corrections: list[Row]) -> dict[str, dict[str, Any]]:
    """The outcome of each correction, after the lines were categorised with them."""
    made = categorized(session, folder, lines, corrections)
    given: dict[str, Sequence[Row]] = {"categorized_transactions": made, "corrections": corrections}
    outcomes = run_transform(session, folder, INSIGHTS, "correction_outcomes", given)
    return {row["correction"]: row for row in outcomes}


def decided(rows: Rows) -> list[tuple[Any, ...]]:
    return [(row["category"], row["category_method"], row["correction"], row["uncorrected_category"]) for row in rows]


CORRECTED = ("lazer", "correction", "c1", "outros")
AS_BEFORE = ("outros", "fallback", None, None)


def test_an_id_means_one_line_and_wins_over_sources_and_rules(session: "SparkSession", tmp_path: Path) -> None:
    lines = [line("Posto", source_category="transporte"), line("Posto", source_category="transporte"), line("Uber")]
    found = categorized(
        session,
        tmp_path,
        lines,
        [correction("c1", transaction_id="id0001"), correction("c2", "casa", transaction_id="id0003")],
    )
    assert decided(found) == [
        ("lazer", "correction", "c1", "transporte"),
        ("transporte", "source", None, None),
        ("casa", "correction", "c2", "transporte"),
    ]
    assert all(row["category_rule"] is None for row in found)


def test_words_mean_every_equal_line_of_their_bill_whatever_accents_case_and_sign(
    session: "SparkSession", tmp_path: Path
) -> None:
    lines = [
        line("Comércio  do Zé"),
        line("Comércio do Zé"),
        line("Comércio do Zé", bill="2026-07", month="2026-07"),
        line("Comércio do Zé", "-10.01"),
        line("Comércio do Zé", account="card-2"),
        line("Comércio do José"),
    ]
    found = categorized(session, tmp_path, lines, [named("c1", " comercio DO ze ", "10.00")])
    assert decided(found) == [CORRECTED, CORRECTED, AS_BEFORE, AS_BEFORE, AS_BEFORE, AS_BEFORE]


def test_a_typed_document_of_a_person_means_the_masked_one(session: "SparkSession", tmp_path: Path) -> None:
    lines = [moved("Transferência enviada - Ana - •••.456.789-••")]
    typed = named("c1", "Transferência enviada - Ana - 123.456.789-09", account="account", bill=None)
    assert decided(categorized(session, tmp_path, lines, [typed])) == [CORRECTED]
    outcome = told(session, tmp_path, lines, [typed])["c1"]
    assert outcome["title"] == "Transferência enviada - Ana - •••.456.789-••"


def test_a_document_that_is_typed_elsewhere_is_masked_and_an_id_that_looks_like_one_is_not(
    session: "SparkSession", tmp_path: Path
) -> None:
    identity = "a12345678909" + "b" * 20
    lines = [line("Loja", transaction_id=identity)]
    rows = [
        correction("c1", transaction_id=identity),
        correction("c2", transaction_id="12345678909"),
        named("c3", "Loja", account="12345678909"),
    ]
    outcomes = told(session, tmp_path, lines, rows)
    assert (outcomes["c1"]["transaction_id"], outcomes["c1"]["outcome"]) == (identity, "applied")
    assert (outcomes["c2"]["transaction_id"], outcomes["c3"]["account"]) == ("•••456789••", "•••456789••")


def test_a_line_of_an_account_is_named_by_its_month_or_by_none(session: "SparkSession", tmp_path: Path) -> None:
    lines = [moved("Boleto - Escola"), moved("Boleto - Escola", month="2026-07"), line("Boleto - Escola")]
    words = {"title": "Boleto - Escola", "account": "account"}
    in_june = categorized(session, tmp_path, lines, [named("c1", **words)])
    always = categorized(session, tmp_path, lines, [named("c1", **words, bill=None)])
    assert [row["correction"] for row in in_june] == ["c1", None, None]
    assert [row["correction"] for row in always] == ["c1", "c1", None]


def test_a_day_is_the_bill_of_its_month_or_the_bill_due_then(session: "SparkSession", tmp_path: Path) -> None:
    lines = [line("Loja"), line("Loja", bill="2026-06-28"), line("Loja", bill="2026-07", month="2026-07")]
    for bill, wanted in (
        ("2026-06-28", ["c1", "c1", None]),
        ("2026-06-05", ["c1", None, None]),
        ("2026-06", ["c1"] * 2),
    ):
        found = categorized(session, tmp_path, lines, [named("c1", "Loja", bill=bill)])
        assert [row["correction"] for row in found][: len(wanted)] == wanted


def test_an_id_that_is_gone_falls_back_to_the_words(session: "SparkSession", tmp_path: Path) -> None:
    lines = [line("Loja"), line("Loja")]
    known = named("c1", "Loja", transaction_id="id0002")
    gone = named("c1", "Loja", transaction_id="old")
    assert [r["correction"] for r in categorized(session, tmp_path, lines, [known])] == [None, "c1"]
    assert [r["correction"] for r in categorized(session, tmp_path, lines, [gone])] == ["c1", "c1"]


def test_rows_that_disagree_count_neither_and_name_each_other(session: "SparkSession", tmp_path: Path) -> None:
    lines = [line("Loja"), line("Loja"), line("Uber")]
    rows = [named("c1", "Loja"), correction("c2", "casa", transaction_id="id0001")]
    rows.append(named("c3", "Uber", category="casa"))
    assert decided(categorized(session, tmp_path, lines, rows)) == [
        AS_BEFORE,
        CORRECTED,
        ("casa", "correction", "c3", "transporte"),
    ]
    outcomes = told(session, tmp_path, lines, rows)
    assert {name: row["outcome"] for name, row in outcomes.items()} == {
        "c1": "conflicting",
        "c2": "conflicting",
        "c3": "applied",
    }
    assert (outcomes["c1"]["conflicts_with"], outcomes["c2"]["conflicts_with"]) == ("c2", "c1")
    assert (outcomes["c1"]["matched_lines"], outcomes["c1"]["applied_lines"]) == (2, 1)


def test_rows_that_say_the_same_are_no_conflict(session: "SparkSession", tmp_path: Path) -> None:
    rows = [named("c1", "Loja"), correction("c2", transaction_id="id0001")]
    assert decided(categorized(session, tmp_path, [line("Loja")], rows)) == [CORRECTED]
    outcomes = told(session, tmp_path, [line("Loja")], rows)
    assert [(row["outcome"], row["applied_lines"]) for row in outcomes.values()] == [("applied", 1)] * 2


def test_each_correction_is_told_of_once(session: "SparkSession", tmp_path: Path) -> None:
    lines = [
        line("Loja"),
        line("Loja", "-20.00", month="2026-07", bill="2026-07"),
        moved("Transferência recebida - Ana", "50.00"),
    ]
    rows = [
        named("c1", "Loja"),
        correction("c2", transaction_id="no-such"),
        correction("c3", transaction_id="id0003"),
        correction("c4", None, raw_category="comida", reason="unknown_category", transaction_id="id0001"),
    ]
    outcomes = told(session, tmp_path, lines, rows)
    assert [(name, row["outcome"]) for name, row in sorted(outcomes.items())] == [
        ("c1", "applied"),
        ("c2", "unmatched"),
        ("c3", "not_an_expense"),
        ("c4", "invalid"),
    ]
    applied = outcomes["c1"]
    assert (applied["amount_brl"], applied["months"], applied["uncorrected_categories"]) == (
        Decimal("-10.00"),
        "2026-06",
        "outros",
    )
    assert outcomes["c4"]["reason"] == "unknown_category"
    assert categorized(session, tmp_path, lines, rows)[2]["category"] is None


def test_a_month_that_was_not_made_again_waits(session: "SparkSession", tmp_path: Path) -> None:
    lines = [line("Loja")]
    before = categorized(session, tmp_path, lines, [])
    given: dict[str, Sequence[Row]] = {"categorized_transactions": before, "corrections": [named("c1", "Loja")]}
    (outcome,) = run_transform(session, tmp_path, INSIGHTS, "correction_outcomes", given)
    assert (outcome["outcome"], outcome["matched_lines"], outcome["applied_lines"]) == ("waiting", 1, 0)


def test_without_corrections_everything_is_as_it_was(session: "SparkSession", tmp_path: Path) -> None:
    lines = [line("Loja"), line("Uber"), line("Juros", source_category="casa")]
    with_one = categorized(session, tmp_path, lines, [named("c1", "Loja")])
    without = categorized(session, tmp_path, lines, [])
    assert decided(without)[0] == AS_BEFORE
    assert with_one[1:] == without[1:]
