"""What a person reads beside each row: told by what the row says now, wherever it stands."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from nubank_assets.domain.catalog import TABLES
from nubank_assets.domain.person_sheets import COLUMNS, CorrectionOutcome, RowProblem
from nubank_assets.export import person_answers
from nubank_assets.export.labels import WORDS, label
from nubank_assets.export.person_sentences import SENTENCES
from nubank_assets.export.person_sheets import CORRECTIONS, PERSON_SHEETS, STATED
from nubank_assets.lake.publish import Lake
from nubank_assets.sources.sheets.correction_rows import corrections_table, identify_rows, stored_row
from nubank_assets_tests.fakes.lake import make_lake

AT = datetime(2026, 11, 23, 18, tzinfo=UTC)
BAKERY = ["", "card", "2026-10", "Padaria", 10.5, "restaurante", "nota"]
SHOP = ["id-1", "", "", "", "", "Lazer"]
OTHER = ["", "card", "2026-10", "Padaria", 10.5, "lazer"]


def lake_of(folder: Path, *told: tuple[list[Any], dict[str, Any]]) -> Lake:
    """A lake in which these rows were read, each with its outcome."""
    stored = [stored_row(row) for row, _ in told]
    outcomes = [
        {"correction": name, "category": "lazer", **outcome}
        for name, (_, outcome) in zip(identify_rows(stored), told, strict=True)
    ]
    lake = make_lake(folder, correction_outcomes=outcomes)
    lake.write(TABLES["corrections"], None, corrections_table(stored, "doc", AT))
    return lake


def answers(lake: Lake, *rows: list[Any], locale: str = "pt-BR") -> list[Any]:
    return [answer for (answer,) in CORRECTIONS.answer(lake, rows, locale, 2)]


def test_every_problem_and_outcome_has_its_sentence_in_both_languages() -> None:
    plain = {outcome for outcome in CorrectionOutcome if outcome is not CorrectionOutcome.INVALID}
    assert {f"row_{problem.value}" for problem in RowProblem} <= set(SENTENCES)
    assert {f"correction_{outcome.value}" for outcome in plain} <= set(SENTENCES)
    assert all(pt and en and pt != en for pt, en in SENTENCES.values())


def test_the_columns_are_those_that_are_read_and_the_choices_all_categories() -> None:
    for sheet in PERSON_SHEETS:
        assert tuple(column.label for column in sheet.columns) == COLUMNS[sheet.title]
        assert all(column.label in WORDS for column in (*sheet.columns, *sheet.status))
    assert set(CORRECTIONS.choices) <= set(COLUMNS[CORRECTIONS.title])
    offered = [[label(choice, "pt-BR") for choice in choices] for choices in CORRECTIONS.choices.values()]
    assert [len(offered[0]), offered[1]] == [13, ["linha", "estabelecimento"]]


def test_an_applied_row_says_what_became_of_what(tmp_path: Path) -> None:
    applied = {"outcome": "applied", "applied_lines": 2, "uncorrected_categories": "casa, outros"}
    lake = lake_of(tmp_path, (SHOP, applied))
    assert answers(lake, SHOP) == ["aplicada: 2 lançamentos, casa, outros → lazer"]
    assert answers(lake, SHOP, locale="en") == ["applied: 2 lines, home, other → leisure"]


def test_a_row_that_changes_nothing_says_so(tmp_path: Path) -> None:
    lake = lake_of(tmp_path, (SHOP, {"outcome": "applied", "applied_lines": 1, "uncorrected_categories": "lazer"}))
    assert answers(lake, SHOP) == ["aplicada: 1 lançamento; já era lazer sem ela"]


def test_rows_that_moved_keep_their_answers_and_changed_ones_wait(tmp_path: Path) -> None:
    conflict = {"outcome": "conflicting"}
    names = identify_rows([stored_row(BAKERY), stored_row(OTHER)])
    lake = lake_of(
        tmp_path,
        (BAKERY, {**conflict, "conflicts_with": names[1]}),
        (OTHER, {**conflict, "conflicts_with": names[0]}),
        (SHOP, {"outcome": "unmatched"}),
    )
    first, empty, second, third, new = answers(lake, SHOP, [], OTHER, BAKERY, [*SHOP[:5], "casa"])
    assert (empty, new) == ("", "a próxima execução lê esta linha")
    assert first.startswith("nenhum lançamento encontrado")
    assert "linha 5," in second
    assert "linha 4," in third
    moved = answers(lake, [*OTHER, "uma nota"], BAKERY)
    assert ["linha 3," in moved[0], "linha 2," in moved[1]] == [True, True]


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ([*SHOP[:5], "comida"], "categoria desconhecida: comida; escolha uma da lista"),
        ([*SHOP[:5], ""], "falta a nova categoria"),
        (["", "card", "2026-10", "Padaria", "", "casa"], "falta dizer qual lançamento"),
        (["", "card", "2026-10", "Padaria", "1.234", "casa"], "valor que pode ser lido de duas formas"),
        (["", "card", "2026-10", "Padaria", "dez", "casa"], "valor não entendido"),
        (["", "card", "outono", "Padaria", 10, "casa"], "fatura não entendida: outono"),
        (["", "meu cartão", "2026-10", "Padaria", 10, "casa"], "conta não entendida"),
        (["", "", "", "", "", "", "só uma nota"], ""),
    ],
)
def test_a_row_that_cannot_be_used_says_why_at_once(tmp_path: Path, row: list[Any], says: str) -> None:
    (answer,) = answers(lake_of(tmp_path), row)
    assert answer.startswith(says) if says else answer == ""


def test_rows_beyond_the_limit_are_told_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(person_answers, "MOST_ROWS", 1)
    lake = lake_of(tmp_path)
    assert answers(lake, SHOP, BAKERY)[1].startswith("só as primeiras 1 linhas")
    first, second = STATED.answer(lake, [["05/10/2026", "", 1], ["06/10/2026", "", 2]], "pt-BR", 2)
    assert (str(first[0])[:9], str(second[0])[:2]) == ("a próxima", "só")


def test_statements_are_told_what_became_of_them(tmp_path: Path) -> None:
    tomorrow = (date.today() + timedelta(days=2)).isoformat()  # noqa: DTZ011
    read = {"source": "sheets", "format": "account_stated_balances", "account": "account", "reading": "account_balance"}
    lake = make_lake(
        tmp_path,
        raw_readings=[{**read, "month": "2026-10", "observed_on": date(2026, 10, 5), "raw_value": "1234.56"}],
        raw_documents=[{"account": "card", "account_type": "card"}],
    )
    rows: list[list[Any]] = [
        ["05/10/2026", "", "1.234,56"],
        ["05/10/2026", "Card", "", "5000"],
        ["06/10/2026", "card", "7"],
        ["", "", 5],
        ["dia 5", "", 5],
        [tomorrow, "", 5],
        ["05/10/2026", "card", 5, 6],
        ["05/10/2026", "account"],
        ["08/10/2026", "", 5],
        ["08/10/2026", "account", "5,01"],
        [],
    ]
    said = [str(answer) for (answer,) in STATED.answer(lake, rows, "en", 2)]
    begin = [
        "read",
        "the next run reads",
        "that account is of another product",
        "the date is missing",
        "the date is not understood",
        "the day is to come",
        "a balance and a limit",
        "the amount is missing",
        "another row says",
        "another row says",
        "",
    ]
    assert [text.startswith(start) and bool(text) == bool(start) for text, start in zip(said, begin, strict=True)] == [
        True
    ] * len(rows), said


def test_what_was_read_can_be_put_back(tmp_path: Path) -> None:
    """A worksheet that a person deleted comes back with rows that say the same."""
    lake = lake_of(tmp_path, (BAKERY, {}), (SHOP, {}), ([*SHOP[:5], "comida"], {}))
    written: list[list[Any]] = [BAKERY, SHOP, [*SHOP[:5], "comida"]]
    back = [["" if cell is None else cell for cell in row] for row in CORRECTIONS.known(lake)]
    assert meanings_of(back) == meanings_of(written)


def meanings_of(rows: list[list[Any]]) -> set[tuple[Any, ...]]:
    table = corrections_table([stored_row(row) for row in rows], "d", AT)
    said = ["transaction_id", "account", "bill", "raw_title", "amount_brl", "category", "reason"]
    return {tuple(row.values()) for row in table.select(said).to_pylist()}
