"""Several people's accounts in one home: read apart as if each were alone, together without counting twice."""

from collections import defaultdict
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl

from nubank_assets.domain.catalog import TABLES
from nubank_assets.lake.inbox import Inbox
from nubank_assets.lake.publish import Lake
from nubank_assets.local_home import lock_home
from nubank_assets.settings import Settings
from nubank_assets.sources.demo.cast import HOLDER_NAME
from nubank_assets.sources.demo.generator import write_demo
from nubank_assets.sources.exports.collection import CollectedFile, CollectionOptions, collect_files
from nubank_assets_tests.fakes.homes import TODAY, run

SUMS = ("income_brl", "expenses_brl", "neutral_brl", "charges_brl", "future_brl")


def bring(settings: Settings, folder: Path, person: str) -> None:
    """Import a person's exports under accounts of their own."""
    for type_, pattern in (("card", "[Nn]ubank*"), ("account", "NU_*")):
        files = sorted(folder.glob(pattern))
        options = CollectionOptions(account=f"{type_}-{person}" if person else None)
        with lock_home(settings):
            found = list(collect_files(Inbox(settings.inbox_root), files, options))
        assert found
        assert all(isinstance(file, CollectedFile) for file in found), found


def rows(settings: Settings, table: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = Lake(settings.lake_root).read(TABLES[table]).to_pylist()
    return found


def sums(found: list[dict[str, Any]]) -> dict[tuple[str, str], list[Decimal]]:
    """By month and basis, over all rows."""
    totals: dict[tuple[str, str], list[Decimal]] = defaultdict(lambda: [Decimal(0)] * len(SUMS))
    for row in found:
        key = row["month"], row["basis"]
        totals[key] = [total + row[name] for total, name in zip(totals[key], SUMS, strict=True)]
    return dict(totals)


def test_each_account_reads_as_if_alone_and_together_they_are_the_summary(tmp_path: Path) -> None:
    alone = {}
    both = Settings(home=tmp_path / "both", holder_names=(HOLDER_NAME,))
    for seed, person in ((1, "ana"), (2, "bia")):
        files = tmp_path / person / "files"
        write_demo(files, months=3, seed=seed, today=TODAY)
        one = Settings(home=tmp_path / person / "home", holder_names=(HOLDER_NAME,))
        bring(one, files / "exports", "")
        bring(both, files / "exports", person)
        assert all(outcome.succeeded for outcome in run(one))
        alone[person] = sums(rows(one, "monthly_summary"))
    (outcome,) = run(both)
    assert outcome.succeeded, outcome
    apart = rows(both, "account_monthly_summary")
    assert {row["account"] for row in apart} == {"card-ana", "account-ana", "card-bia", "account-bia"}
    for person, expected in alone.items():
        assert sums([row for row in apart if row["account"].endswith(person)]) == expected
    assert sums(apart) == sums(rows(both, "monthly_summary"))
    assert {row["account"] for row in rows(both, "account_period_comparison")} == {row["account"] for row in apart}
    assert {row["account"] for row in rows(both, "daily_balances")} == {"account-ana", "account-bia"}
    book = openpyxl.load_workbook(both.workbook_path)
    for title, column in (("Transacao", "conta"), ("Despesas", "conta"), ("Saldo", "conta")):
        header, *body = book[title].values
        assert {row[header.index(column)] for row in body} >= {
            name for name in ("account-ana", "account-bia") if title != "Transacao"
        }, title
    assert "Por conta" in book.sheetnames


def test_what_one_person_sends_the_other_is_neutral(tmp_path: Path) -> None:
    movements = {
        "ana": ("-300.00", "Transferência enviada pelo Pix - BIA SOUZA - •••.123.456-•• - NU PAGAMENTOS - IP (0260)"),
        "bia": ("300.00", "Transferência recebida pelo Pix - Ana Silva - •••.654.321-•• - NU PAGAMENTOS - IP (0260)"),
    }
    settings = Settings(home=tmp_path / "home", holder_names=("ANA SILVA", "Bia Souza"))
    for person, (amount, title) in movements.items():
        file = tmp_path / person / "NU_1_01JUN2026_30JUN2026.csv"
        file.parent.mkdir()
        file.write_text(f"Data,Valor,Identificador,Descrição\n05/06/2026,{amount},id,{title}\n")
        bring_one = CollectionOptions(account=f"account-{person}")
        with lock_home(settings):
            assert all(
                isinstance(f, CollectedFile) for f in collect_files(Inbox(settings.inbox_root), [file], bring_one)
            )
    assert all(outcome.succeeded for outcome in run(settings))
    assert {row["kind"] for row in rows(settings, "categorized_transactions")} == {"own_transfer"}
    summary = [row for row in rows(settings, "monthly_summary") if row["basis"] == "bill"]
    assert [(row["income_brl"], row["expenses_brl"], row["neutral_brl"]) for row in summary] == [(0, 0, 0)]
    apart = {row["account"]: row["neutral_brl"] for row in rows(settings, "account_monthly_summary")}
    assert apart == {"account-ana": Decimal("-300.00"), "account-bia": Decimal("300.00")}


def test_a_card_and_an_account_of_one_name_are_two(tmp_path: Path) -> None:
    write_demo(tmp_path / "files", months=2, seed=1, today=TODAY)
    settings = Settings(home=tmp_path / "home", holder_names=(HOLDER_NAME,))
    with lock_home(settings):
        options = CollectionOptions(account="joint")
        list(collect_files(Inbox(settings.inbox_root), [tmp_path / "files" / "exports"], options))
    (outcome,) = run(settings)
    assert outcome.succeeded, outcome
    assert {(row["account"], row["account_type"]) for row in rows(settings, "account_monthly_summary")} == {
        ("joint", "card"),
        ("joint", "account"),
    }
