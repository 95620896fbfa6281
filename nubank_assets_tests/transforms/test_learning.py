"""What a person's rules do to lines, before and after what else is known; what is told of them; and what is counted."""

from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nubank_assets.transforms.steps import CATEGORIZATION, INSIGHTS
from nubank_assets_tests.fakes.frames import Row, Rows, run_transform
from nubank_assets_tests.transforms.test_kinds import row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pyspark.sql import SparkSession


def rule(name: str, pattern: str | None, category: str = "lazer", number: int = 1, **more: Any) -> Row:
    """A rule of a command."""
    said = {"raw_pattern": pattern, "category": category, "number": number}
    return {"rule": name, "document": name, **said, **more}


def of_row(name: str, pattern: str | None, category: str = "lazer", **more: Any) -> tuple[Row, Row]:
    """A row of the worksheet that applies to a merchant: as a correction and as a rule."""
    correction = {"correction": name, "document": "sheet", "source": "sheets", "applies_to": "merchant"}
    named = {"category": category, "transaction_id": more.get("transaction_id")}
    return {**correction, **named, "raw_title": pattern}, rule(name, pattern, category, document="sheet", **more)


def categorized(session: "SparkSession", folder: Path, lines: Rows, **said: "Sequence[Row]") -> Rows:
    given: dict[str, Any] = {"transactions": lines, **said}
    return run_transform(session, folder, CATEGORIZATION, "categorized_transactions", given)


def decided(lines: Rows) -> list[tuple[Any, ...]]:
    return [
        tuple(line[name] for name in ("category", "category_method", "category_rule", "own_rule")) for line in lines
    ]


def test_a_rule_counts_before_memory_sources_and_what_is_shipped_and_after_the_correction_of_a_line(
    session: "SparkSession", tmp_path: Path
) -> None:
    lines = [
        row("Padaria Azul", -1, source_category="casa"),
        row("Padaria Azul", -2, month="2026-07"),
        row("Mp *Padaria Azul Lj 3", -3),
        row("Padaria Azul", -4),
        row("Padaria Verde", -5),
        row("Juros de atraso", -6),
        row("Pagamento recebido", 7),
        row("Transferência enviada pelo Pix - ANA SOUZA - •••.456.789-•• - NU", -8, "account", merchant="ANA SOUZA"),
    ]
    rules = [rule("r1", "padaria azul"), rule("r2", "juros", match_type="contains"), rule("r3", "Ana Souza", "casa")]
    corrections = [{"correction": "c1", "transaction_id": "id0004", "category": "saúde"}]
    found = categorized(session, tmp_path, lines, rules=rules, corrections=corrections)
    assert decided(found) == [
        *[("lazer", "own_rule", "padaria azul", "r1")] * 3,
        ("saúde", "correction", None, None),
        ("restaurante", "rule", "padaria", None),
        ("encargos", "kind", "interest", None),
        (None, None, None, None),
        ("casa", "own_rule", "Ana Souza", "r3"),
    ]
    assert [line["uncorrected_category"] for line in found if line["correction"]] == ["lazer"]
    assert {line["category_confidence"] for line in found if line["own_rule"]} == {100}


def test_a_rule_made_on_a_line_means_its_merchant_and_when_that_is_gone_what_was_written(
    session: "SparkSession", tmp_path: Path
) -> None:
    lines = [row("Loja Azul", -1), row("Loja Azul 2", -1), row("Bar do Ze", -1)]
    rules = [rule("r1", None, transaction_id="id0001"), rule("r2", "BAR DO ZE", "casa", transaction_id="gone")]
    found = categorized(session, tmp_path, lines, rules=rules)
    assert [line["own_rule"] for line in found] == ["r1", "r1", "r2"]
    assert found[0]["category_rule"] == "Loja Azul"


def test_a_document_that_is_typed_into_a_rule_is_masked(session: "SparkSession", tmp_path: Path) -> None:
    lines = [row("x", -1, "account", merchant="ANA - •••.456.789-••")]
    (line,) = categorized(session, tmp_path, lines, rules=[rule("r1", "Ana - 123.456.789-09")])
    assert (line["own_rule"], line["category_rule"]) == ("r1", "Ana - •••.456.789-••")


def test_a_later_command_replaces_an_earlier_one_of_the_same_line(session: "SparkSession", tmp_path: Path) -> None:
    def command(name: str, category: str, hour: int, **more: Any) -> Row:
        as_of = datetime(2026, 11, 23, hour, tzinfo=UTC)
        return {"correction": name, "document": name, "source": "stated", "as_of": as_of, "category": category, **more}

    by_words = {"account": "card", "bill": "2026-06", "raw_title": "Loja", "amount_brl": Decimal("1.00")}
    corrections = [
        command("c1", "casa", 9, transaction_id="id0001"),
        command("c2", "lazer", 8, **by_words),
        command("c3", "saúde", 7, transaction_id="id0001"),
    ]
    lines = [row("Loja", -1, account="card", bill="2026-06"), row("Loja", -1, account="card", bill="2026-06")]
    made = categorized(session, tmp_path, lines, corrections=corrections)
    assert [(line["category"], line["correction"]) for line in made] == [("casa", "c1"), ("lazer", "c2")]
    outcomes = told(session, tmp_path, made, corrections=corrections)
    assert {name: (one["outcome"], one["applied_lines"]) for name, one in outcomes.items()} == {
        "c1": ("applied", 1),
        "c2": ("applied", 1),
        "c3": ("replaced", 0),
    }


def told(session: "SparkSession", folder: Path, made: Rows, **said: "Sequence[Row]") -> dict[str, dict[str, Any]]:
    given: dict[str, Any] = {"categorized_transactions": made, **said}
    return {row["correction"]: row for row in run_transform(session, folder, INSIGHTS, "correction_outcomes", given)}


def test_each_row_that_applies_to_a_merchant_is_told_of(session: "SparkSession", tmp_path: Path) -> None:
    lines = [
        row("Loja Azul", -1),
        row("Loja Azul 2", -2, month="2026-07"),
        row("Bar", -4),
        row("Cafe", -8),
        row("Loja Azul", -16),
    ]
    rows = [
        of_row("c1", None, transaction_id="id0001"),
        of_row("c2", "Bar", number=2),
        of_row("c3", "BAR", "casa", number=3),
        of_row("c4", "Nenhuma", number=4),
        of_row("c6", "LOJA AZUL", number=5),
    ]
    corrections, rules = [one for one, _ in rows], [one for _, one in rows]
    rules.append(rule("r7", "Loja Azul", number=7))
    corrections.append({"correction": "c5", "transaction_id": "id0005", "category": "saúde"})
    made = categorized(session, tmp_path, lines, corrections=corrections, rules=rules)
    assert [line["category"] for line in made] == ["lazer", "lazer", "restaurante", "restaurante", "saúde"]
    outcomes = told(session, tmp_path, made, corrections=corrections, rules=rules)
    assert {name: (one["outcome"], one["applied_lines"]) for name, one in outcomes.items()} == {
        "c1": ("applied", 2),
        "c2": ("conflicting", 0),
        "c3": ("conflicting", 0),
        "c4": ("unmatched", 0),
        "c5": ("applied", 1),
        # Others say the same.
        "c6": ("applied", 2),
    }
    assert (outcomes["c1"]["months"], outcomes["c1"]["amount_brl"]) == ("2026-06, 2026-07", Decimal(-3))
    assert (outcomes["c2"]["conflicts_with"], outcomes["c3"]["conflicts_with"]) == ("c3", "c2")
    before = categorized(session, tmp_path, lines)
    waiting = told(session, tmp_path, before, corrections=corrections[:1], rules=rules[:1])["c1"]
    assert (waiting["outcome"], waiting["matched_lines"]) == ("waiting", 3)


def test_what_was_decided_and_said_of_each_month_is_counted(session: "SparkSession", tmp_path: Path) -> None:
    def lines(month: str, **methods: int) -> Rows:
        sure = {"fallback": 30, "rule": 85}
        return [
            {
                "transaction_id": f"{month}-{method}-{number}",
                "month": month,
                "category": "casa",
                "category_method": method,
                "category_confidence": sure.get(method, 100),
            }
            for method, count in methods.items()
            for number in range(count)
        ]

    made = [
        *lines("2026-06", correction=2, rule=1, fallback=1),
        *lines("2026-07", own_rule=2, memory=1, source=1, kind=1),
        {"transaction_id": "none", "month": "2026-07"},
        {**lines("2026-09", fallback=1)[0], "bill_state": "future"},
    ]
    rules = [
        rule("r1", "a", transaction_id="2026-06-rule-0"),
        rule("r2", "b", transaction_id="gone", bill="2026-07-05"),
        rule("r3", "c"),
    ]
    found = run_transform(
        session, tmp_path, INSIGHTS, "learning_progress", {"categorized_transactions": made, "rules": rules}
    )
    assert [{name: value for name, value in line.items() if value} for line in found] == [
        {
            "month": "2026-06",
            "lines": 4,
            "correction_lines": 2,
            "rule_lines": 1,
            "fallback_lines": 1,
            "uncertain_lines": 2,
            "merchant_corrections": 1,
            "corrections": 3,
            "correction_percent": Decimal("75.0000"),
            "uncertain_percent": Decimal("50.0000"),
        },
        {
            "month": "2026-07",
            "lines": 5,
            "own_rule_lines": 2,
            "memory_lines": 1,
            "source_lines": 1,
            "kind_lines": 1,
            "merchant_corrections": 1,
            "corrections": 1,
            "correction_percent": Decimal("20.0000"),
        },
    ]
