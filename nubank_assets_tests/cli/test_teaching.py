"""`nubank correct` and `nubank rules` as a person types them: what is shown, what is stored, and what it does."""

import os
import re
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click
import dagster as dg
import pyarrow as pa
import pytest
from click.testing import CliRunner

from nubank_assets.cli.main import cli
from nubank_assets.domain.catalog import TABLES
from nubank_assets.domain.failures import InputError
from nubank_assets.domain.identity import content_hash
from nubank_assets.domain.vocabulary import DocumentFormat
from nubank_assets.lake.inbox import Inbox, Receipt
from nubank_assets.lake.publish import Lake
from nubank_assets.resources import InboxResource
from nubank_assets.sensors.inbox import inbox_sensor
from nubank_assets.settings import Settings
from nubank_assets.sources.sheets.correction_rows import CorrectionRow, write_corrections
from nubank_assets_tests.cli.conftest import Nubank
from nubank_assets_tests.fakes.homes import digests, import_files, run

BILLS = {
    "Nubank_2026-06-10.csv": "2026-05-20,Loja Xyz,10.00\n2026-05-21,Loja Xyz 2,20.00\n2026-05-22,Uber *Trip,5.00\n",
    "Nubank_2026-07-10.csv": "2026-06-20,Loja Xyz,1234.56\n2026-06-22,Uber *Trip,7.00\n2026-06-23,IOF de atraso,1.00\n",
    "Nubank_2026-08-10.csv": "2026-07-22,Mp *Uberlandia Doces,9.00\n2026-07-23,Pagamento recebido,-9.00\n",
}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three bills, run once."""
    settings = Settings(home=tmp_path_factory.mktemp("taught") / "home")
    files = settings.home.parent / "files"
    files.mkdir()
    for name, rows in BILLS.items():
        (files / name).write_text(f"date,title,amount\n{rows}")
    settings.home.mkdir()
    import_files(settings, [files])
    assert run(settings)[0].succeeded
    return settings.home


@pytest.fixture
def settings(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """A copy of it that the commands find."""
    shutil.copytree(made, tmp_path / "home")
    monkeypatch.setenv("NUBANK_HOME", str(tmp_path / "home"))
    return Settings(home=tmp_path / "home")


def typed(*arguments: object) -> str:
    """What a command prints; raises what it raises."""
    done = CliRunner().invoke(cli, list(map(str, arguments)), standalone_mode=False)
    if done.exception:
        raise done.exception
    return done.output


def lines(settings: Settings) -> dict[tuple[str, str], dict[str, Any]]:
    rows = Lake(settings.lake_root).read(TABLES["categorized_transactions"]).to_pylist()
    return {(row["month"], row["title"]): row for row in rows}


def categories(settings: Settings) -> dict[tuple[str, str], str]:
    return {name: row["category"] for name, row in lines(settings).items()}


def documents(settings: Settings) -> list[str]:
    return [r.document for r in Inbox(settings.inbox_root).receipts() if r.format.is_of_categories]


def test_a_line_is_corrected_and_forgetting_it_restores_what_was(settings: Settings) -> None:
    before, tables = categories(settings), digests(settings)
    said = typed("correct", lines(settings)["2026-06", "Loja Xyz"]["transaction_id"], "Lazer", "--line", "--yes")
    assert "2026-06  outros  lazer             1  R$\xa010,00" in said
    assert "nubank run --month 2026-06" in said
    (document,) = documents(settings)
    assert f"nubank forget {document}" in said
    assert categories(settings) == before
    assert run(settings, ["2026-06"])[0].succeeded
    assert categories(settings) == {**before, ("2026-06", "Loja Xyz"): "lazer"}
    (outcome,) = Lake(settings.lake_root).read(TABLES["correction_outcomes"]).to_pylist()
    assert (outcome["correction"], outcome["outcome"], outcome["applied_lines"]) == (document, "applied", 1)
    assert "2026-06" in typed("forget", document)
    assert run(settings)[0].succeeded
    assert digests(settings) == tables


def test_a_merchant_is_corrected_in_every_month_but_for_lines_that_were_corrected(settings: Settings) -> None:
    before = lines(settings)
    typed("correct", "casa", "--title", "loja xyz", "--amount", "1.234,56", "--bill", "07/2026", "--yes")
    said = typed("correct", before["2026-06", "Loja Xyz"]["transaction_id"], "leisure", "--merchant", "--yes")
    assert "2026-06  outros  lazer             2  R$\xa030,00" in said
    assert "Lançamentos que ficam como você os corrigiu um a um: 1." in said
    assert "--from 2026-06 --to 2026-07" not in said
    assert "nubank run --month 2026-06" in said
    assert run(settings)[0].succeeded
    after = lines(settings)
    assert {name: (row["category"], row["category_method"]) for name, row in after.items() if "Loja" in name[1]} == {
        ("2026-06", "Loja Xyz"): ("lazer", "own_rule"),
        ("2026-06", "Loja Xyz 2"): ("lazer", "own_rule"),
        ("2026-07", "Loja Xyz"): ("casa", "correction"),
    }
    progress = Lake(settings.lake_root).read(TABLES["learning_progress"]).to_pylist()
    assert [(row["month"], row["corrections"]) for row in progress] == [("2026-06", 1), ("2026-07", 1), ("2026-08", 0)]
    assert "loja xyz" in typed("rules", "test", "MP *LOJA XYZ")
    assert "sua regra" in typed("rules", "test", "MP *LOJA XYZ")


def test_a_later_command_counts(settings: Settings) -> None:
    identity = lines(settings)["2026-06", "Loja Xyz"]["transaction_id"]
    for category in ("casa", "lazer", "casa"):
        typed("correct", identity, category, "--line", "--yes")
    said = typed("rules", "diff")
    assert ["casa" in said, "lazer" in said] == [True, False]
    assert len(documents(settings)) == 2


def test_a_rule_is_added_listed_and_removed(settings: Settings) -> None:
    assert "Nenhuma regra ainda" in typed("rules", "list")
    said = typed("rules", "add", "uber", "viagem", "--match", "begins", "--yes")
    assert [f"2026-0{month}" in said for month in (6, 7, 8)] == [True] * 3
    assert "nubank run --from 2026-06 --to 2026-08" in said
    typed("rules", "add", "Uberlandia Doces", "restaurante", "--yes")
    listed = typed("rules", "list")
    assert ["começa com" in listed, "Uberlandia Doces" in listed] == [True, True]
    assert run(settings)[0].succeeded
    assert [
        categories(settings)[name] for name in (("2026-06", "Uber *Trip"), ("2026-08", "Mp *Uberlandia Doces"))
    ] == [
        "viagem",
        "restaurante",
    ]
    assert "2026-07  viagem  transporte" in typed("rules", "remove", "uber", "--yes")
    assert "começa com" not in typed("rules", "list")
    assert "2026-06  viagem  transporte" in typed("rules", "diff")


def test_nothing_is_stored_where_nobody_can_agree(settings: Settings) -> None:
    with pytest.raises(click.UsageError, match="--yes"):
        typed("rules", "add", "uber", "viagem")
    assert documents(settings) == []


def test_what_is_no_line_category_or_rule_is_refused_in_a_sentence(settings: Settings) -> None:
    line = lines(settings)["2026-06", "Loja Xyz"]["transaction_id"]
    payment = lines(settings)["2026-08", "Pagamento recebido"]["transaction_id"]
    words = ("correct", "lazer", "--title", "Loja Xyz", "--bill", "2026-06", "--yes", "--amount")
    for arguments, says in (
        (("correct", line, "comida"), "as categorias são: transporte, restaurante"),
        (("correct", "0" * 32, "lazer"), "nubank query"),
        (("correct", payment, "lazer"), "não é uma despesa"),
        ((*words, "11"), "nubank query"),
        ((*words, "dez"), "valor não entendido"),
        (("rules", "add", "***", "lazer"), "nenhuma letra"),
        (("rules", "remove", "nada"), "nubank rules list"),
    ):
        with pytest.raises(InputError, match=says):
            typed(*arguments)
    with pytest.raises(click.UsageError, match="--title"):
        typed("correct", "lazer")
    assert documents(settings) == []


def test_a_home_without_lines_and_exit_codes(nubank: Nubank) -> None:
    refused = nubank("correct", "0" * 32, "lazer")
    assert (refused.returncode, "Traceback" in refused.stderr) == (2, False)
    stored = nubank("rules", "add", "Loja", "home", "--yes", NUBANK_LOCALE="en")
    assert (stored.returncode, "No line changes" in stored.stdout) == (0, True)


def test_a_rule_that_is_forgotten_names_the_months_that_came_after_it_and_so_does_the_sensor(
    settings: Settings, tmp_path: Path
) -> None:
    typed("rules", "add", "Loja Xyz", "casa", "--yes")
    resources = {"inbox": InboxResource(root=settings.inbox_root)}

    def asked(cursor: str | None) -> tuple[str | None, set[str]]:
        result = inbox_sensor.evaluate_tick(dg.build_sensor_context(resources=resources, cursor=cursor))
        tags = [request.tags for request in result.run_requests or []]
        return result.cursor, {
            tags_[f"dagster/asset_partition_range_{end}"] for tags_ in tags for end in ("start", "end")
        }

    cursor, _ = asked(None)
    (tmp_path / "Nubank_2026-09-10.csv").write_text("date,title,amount\n2026-08-20,Loja Xyz,10.00\n")
    import_files(settings, [tmp_path / "Nubank_2026-09-10.csv"])
    assert run(settings)[0].succeeded
    assert lines(settings)["2026-09", "Loja Xyz"]["category_method"] == "own_rule"
    cursor, months = asked(cursor)
    assert months == {"2026-09"}
    said = typed("forget", documents(settings)[0])
    assert "2026-06 – 2026-07, 2026-09" in said
    assert asked(cursor)[1] == {"2026-06", "2026-09"}


@pytest.mark.parametrize(
    ("answers", "stored"), [("n\ns\n", "stated_correction"), ("s\nsim\n", "stated_rule"), ("\n\n", "")]
)
def test_who_can_be_asked_is_asked_of_the_merchant_and_whether_to_store(
    settings: Settings, answers: str, stored: str
) -> None:
    identity = lines(settings)["2026-06", "Loja Xyz"]["transaction_id"]
    master, terminal = os.openpty()
    os.write(master, answers.encode())
    command = [str(Path(sys.executable).parent / "nubank"), "correct", identity, "casa"]
    done = subprocess.run(command, stdin=terminal, capture_output=True, text=True, timeout=120, check=False)
    os.close(master)
    os.close(terminal)
    assert (done.returncode, "Traceback" in done.stderr) == (0, False), done.stderr
    assert "'Loja Xyz'" in done.stdout
    found = [r.format.value for r in Inbox(settings.inbox_root).receipts() if r.format.is_of_categories]
    assert found == [stored] * bool(stored)
    assert ("Nada foi guardado." in done.stdout) == (not stored)


def test_what_a_release_knows_otherwise_than_what_is_stored_is_shown(settings: Settings) -> None:
    lake, table = Lake(settings.lake_root), TABLES["categorized_transactions"]
    rows = lake.read(table, ["2026-06"]).to_pylist()
    lake.write(
        table, "2026-06", pa.Table.from_pylist([{**row, "category": "outros"} for row in rows], table.arrow_schema)
    )
    said = typed("rules", "diff")
    assert "2026-06  outros  transporte            1  R$\xa05,00" in said
    assert "nubank run --month 2026-06" in said
    assert "2026-07" not in said


def test_a_command_that_contradicts_the_worksheet_says_that_neither_counts(settings: Settings) -> None:
    identity = lines(settings)["2026-06", "Loja Xyz"]["transaction_id"]
    rows: list[CorrectionRow] = [
        {"id": identity, "category": "casa"},
        {"title": "Uber *Trip", "category": "lazer", "applies_to": "estabelecimento"},
    ]
    data = write_corrections(rows)
    at = datetime(2026, 11, 23, tzinfo=UTC)
    receipt = Receipt(
        document="sheet",
        sha256=content_hash(data),
        name="aba",
        source="sheets",
        format=DocumentFormat.STATED_CORRECTIONS,
        account="corrections",
        as_of=at,
        collected_at=at,
        lines=len(rows),
        months=("2026-06",),
    )
    Inbox(settings.inbox_root).add(receipt, data)
    said = typed("correct", identity, "lazer", "--line", "--yes")
    assert "A aba Correções diz outra categoria" in said
    assert re.search("casa +outros", said)
    assert "do mesmo estabelecimento" in typed("rules", "add", "UBER TRIP", "viagem", "--yes")
    assert typed("rules", "list").count("aba Correções") == 1
    with pytest.raises(InputError, match="apague-a lá"):
        typed("rules", "remove", "Uber *Trip", "--yes")
