"""A person types into the spreadsheet, and the next run shows it: in the tables, in the month, and beside the row."""

import shutil
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import dagster as dg
import pytest

from nubank_assets.assets.declared import key_of
from nubank_assets.cli.doctor import _look_at_months
from nubank_assets.definitions import build_definitions
from nubank_assets.domain.catalog import TABLES
from nubank_assets.domain.vocabulary import Flow
from nubank_assets.jobs import MONTHLY_JOB, range_tags
from nubank_assets.lake.publish import Lake
from nubank_assets.local_home import lock_home
from nubank_assets.sensors.inbox import inbox_sensor
from nubank_assets.settings import Settings
from nubank_assets.sources.demo.cast import HOLDER_NAME
from nubank_assets_tests.fakes.homes import demo_home, digests, run, run_process
from nubank_assets_tests.fakes.person_sheets import CORRECTIONS, STATED, PersonSheets
from nubank_assets_tests.fakes.sheets import FakeSheets, sheets_server

Rows = list[dict[str, Any]]


@pytest.fixture(scope="module")
def google() -> Iterator[FakeSheets]:
    with sheets_server() as google:
        yield google


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A demo that was run once."""
    home = demo_home(tmp_path_factory.mktemp("made"), months=3)
    assert run(home.settings)[0].succeeded
    return home.settings.home


@pytest.fixture
def sheets(made: Path, google: FakeSheets, tmp_path: Path) -> PersonSheets:
    """That demo, shown in a spreadsheet of its own."""
    shutil.copytree(made, tmp_path / "home")
    sheets = PersonSheets(google, tmp_path / "home")
    sheets.publish()
    return sheets


def settings_of(sheets: PersonSheets, **more: Any) -> Settings:
    values = {"destinations": ("workbook", "sheets"), "spreadsheet": sheets.key, "sheets_url": sheets.google.url}
    return Settings(**{"home": sheets.folder, "holder_names": (HOLDER_NAME,), **values, **more})


def run_again(sheets: PersonSheets, months: list[str] | None = None) -> None:
    """Collect a little later, and run in this process."""
    assert not sheets.collect(hours=1).failures
    outcomes = run(settings_of(sheets, destinations=("workbook",)), months)
    assert all(outcome.succeeded for outcome in outcomes), outcomes
    sheets.publish()


def rows(lake: Lake, table: str) -> Rows:
    found: Rows = lake.read(TABLES[table]).to_pylist()
    return found


def by_category(lake: Lake) -> dict[tuple[str, str], Decimal]:
    """What each month spent by category."""
    sums: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for day in rows(lake, "daily_totals"):
        if day["basis"] == "bill" and day["flow"] in (Flow.EXPENSE, Flow.EXPENSE_REDUCTION):
            sums[day["month"], day["category"]] += day["amount_brl"]
    return dict(sums)


def purchases(lake: Lake) -> Rows:
    """Spending on closed bills that nothing else has the title and amount of, one of each month."""
    lines = [row for row in rows(lake, "categorized_transactions") if row["bill_state"] == "closed"]
    names = [(row["bill"], row["title"], abs(row["amount_brl"])) for row in lines]
    alone = [row for row, name in zip(lines, names, strict=True) if names.count(name) == 1]
    found = {
        row["month"]: row for row in alone if row["flow"] == "expense" and row["category"] not in ("casa", "encargos")
    }
    return list(found.values())


def by_words(line: dict[str, Any], category: str = "Casa") -> list[Any]:
    amount = f"{-line['amount_brl']:.2f}".replace(".", ",")
    return ["", line["account"], line["bill"], line["title"], amount, category]


@pytest.fixture(scope="module")
def corrected(made: Path, google: FakeSheets, tmp_path_factory: pytest.TempPathFactory) -> PersonSheets:
    """The demo with corrections that apply, contradict each other, mean nothing and cannot be read; run by a person."""
    folder = tmp_path_factory.mktemp("corrected") / "home"
    shutil.copytree(made, folder)
    sheets = PersonSheets(google, folder)
    sheets.publish()
    first, second = purchases(sheets.lake)[:2]
    by_id = [second["transaction_id"], "", "", "", "", "viagem"]
    nothing = ["id-que-nao-existe", "", "", "", "", "lazer"]
    sheets.write(CORRECTIONS, [by_words(first), by_id, by_words(second, "lazer"), nothing, ["", "card"]])
    sheets.write(STATED, [["20/11/2026", "", "4.321,00"], ["20/11/2026", "card", "", "9.000,00", "1.000,00"]])
    sheets.publish()
    assert sheets.cells(CORRECTIONS)[0][-1] == sheets.cells(STATED)[0][-1] == "a próxima execução lê esta linha"
    done = run_process(settings_of(sheets))
    assert done.returncode == 0, done.stderr
    return sheets


def test_what_is_typed_is_in_the_tables_and_figures_and_nothing_else_changes(
    made: Path, corrected: PersonSheets
) -> None:
    before, after = Lake(str(made / "lake")), corrected.lake
    line = purchases(before)[0]
    sums, sums_before = by_category(after), by_category(before)
    changed = {key: sums.get(key, 0) - sums_before.get(key, 0) for key in {*sums, *sums_before}}
    month, amount = line["month"], line["amount_brl"]
    moved = {(month, "casa"): amount, (month, line["category"]): -amount}
    assert {key: by for key, by in changed.items() if by} == moved
    assert rows(after, "monthly_summary") == rows(before, "monthly_summary")
    spent = [row["category"] for row in rows(after, "expenses") if row["transaction_id"] == line["transaction_id"]]
    assert spent == ["casa"]


def test_every_row_is_answered_beside_it(made: Path, corrected: PersonSheets) -> None:
    category = purchases(Lake(str(made / "lake")))[0]["category"]
    begin = [
        f"aplicada: 1 lançamento, {category} → casa",
        "conflito com a linha 4,",
        "conflito com a linha 3,",
        "nenhum lançamento encontrado",
        "falta a nova categoria",
    ]
    answers = [row[-1] for row in corrected.cells(CORRECTIONS)[:5]]
    assert [answer.startswith(start) for answer, start in zip(answers, begin, strict=True)] == [True] * 5, answers
    assert [row[-1] for row in corrected.cells(STATED)[:2]] == ["lida", "lida"]


def test_stated_balances_and_limits_are_in_their_tables(corrected: PersonSheets) -> None:
    stated = [row for row in rows(corrected.lake, "balance_readings") if row["source"] == "sheets"]
    assert {row["reading"]: row["value_brl"] for row in stated} == {
        "account_balance": Decimal("4321.00"),
        "card_limit": Decimal("9000.00"),
        "available_limit": Decimal("1000.00"),
    }


def test_rows_taken_back_restore_what_was_and_a_deleted_worksheet_takes_nothing_back(sheets: PersonSheets) -> None:
    settings, lines = settings_of(sheets, destinations=("workbook",)), purchases(sheets.lake)
    before = digests(settings)
    sheets.write(CORRECTIONS, [by_words(line) for line in lines])
    run_again(sheets)
    changed = digests(settings)
    assert changed != before
    sheets.person.delete(CORRECTIONS)
    run_again(sheets)
    assert digests(settings) == changed
    assert [row[3] for row in sheets.cells(CORRECTIONS)[: len(lines)]] == sorted_titles(sheets)
    for _ in lines:
        sheets.person.delete_row(CORRECTIONS, 2)
    run_again(sheets)
    assert digests(settings) == before


def sorted_titles(sheets: PersonSheets) -> list[str]:
    return [row["raw_title"] for row in rows(sheets.lake, "corrections")]


def test_a_run_of_one_month_applies_that_month_and_says_what_waits(sheets: PersonSheets) -> None:
    first, second = purchases(sheets.lake)[:2]
    sheets.write(CORRECTIONS, [by_words(first), by_words(second)])
    run_again(sheets, [first["month"]])
    outcomes = {row["bill"]: row["outcome"] for row in rows(sheets.lake, "correction_outcomes")}
    assert outcomes == {first["bill"]: "applied", second["bill"]: "waiting"}
    assert sheets.cells(CORRECTIONS)[1][-1] == f"lida; vale quando estes meses forem processados: {second['month']}"


def test_the_sensor_asks_for_the_months_that_a_correction_changes(sheets: PersonSheets) -> None:
    line = purchases(sheets.lake)[1]
    resources = {"inbox": dict(build_definitions(settings_of(sheets)).resources or {})["inbox"]}

    def asked(cursor: str | None) -> tuple[str | None, set[str]]:
        result = inbox_sensor.evaluate_tick(dg.build_sensor_context(resources=resources, cursor=cursor))
        tags = [request.tags for request in result.run_requests or []]
        ends = [tags_[f"dagster/asset_partition_range_{end}"] for tags_ in tags for end in ("start", "end")]
        return result.cursor, set(ends)

    cursor, _ = asked(None)
    sheets.write(CORRECTIONS, [by_words(line)])
    sheets.collect(hours=1)
    cursor, months = asked(cursor)
    assert months == {line["month"]}
    sheets.collect(days=1)
    cursor, months = asked(cursor)
    assert months == set()
    sheets.person.delete_row(CORRECTIONS, 2)
    sheets.collect(days=1)
    assert asked(cursor)[1] == {line["month"]}


def test_a_run_of_the_page_reads_the_worksheet_first_and_materialises_its_table(sheets: PersonSheets) -> None:
    line = purchases(sheets.lake)[0]
    sheets.write(CORRECTIONS, [by_words(line)])
    settings = settings_of(sheets)
    with lock_home(settings), dg.DagsterInstance.ephemeral() as instance:
        job = build_definitions(settings).resolve_job_def(MONTHLY_JOB.name)
        assert job.execute_in_process(instance=instance, tags=range_tags(line["month"], line["month"])).success
        event = instance.get_latest_materialization_event(key_of("corrections"))
    assert event
    assert event.asset_materialization
    assert event.asset_materialization.metadata["dagster/row_count"].value == 1
    assert [row["outcome"] for row in rows(sheets.lake, "correction_outcomes")] == ["applied"]


def test_doctor_knows_what_was_read_and_not_run(sheets: PersonSheets, corrected: PersonSheets) -> None:
    def looked(home: PersonSheets) -> str:
        return " ".join(sentence for _, sentence in _look_at_months(settings_of(home)))

    assert "Todos os meses processados batem" in looked(sheets)
    assert "Todos os meses processados batem" in looked(corrected)
    sheets.write(CORRECTIONS, [by_words(purchases(sheets.lake)[0])])
    sheets.write(STATED, [["20/11/2026", "", "4.321,00"]])
    sheets.collect(hours=1)
    assert "2 documentos são novos" in looked(sheets)
