"""`nubank balance set` as a person types it, and what becomes of it in the tables."""

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from nubank_assets.domain.months import SAO_PAULO
from nubank_assets_tests.cli.conftest import Nubank

TODAY = datetime(2026, 11, 23, tzinfo=SAO_PAULO)
STATEMENT = (
    "Data,Valor,Identificador,Descrição\n"
    "05/06/2026,-50.00,6a22d0f0-0000-4000-8000-0000000000a1,Compra no débito - Padaria\n"
    "09/06/2026,200.00,6a22d0f1-0000-4000-8000-0000000000a2,Transferência recebida pelo Pix - FULANA\n"
)


def query(nubank: Nubank, sql: str) -> list[dict[str, Any]]:
    done = nubank("query", sql, "--format", "json")
    assert done.returncode == 0, done.stderr
    rows: list[dict[str, Any]] = json.loads(done.stdout)
    return rows


def bring(nubank: Nubank, folder: Path) -> None:
    (folder / "NU_1_01JUN2026_30JUN2026.csv").write_text(STATEMENT)
    assert nubank("import", folder).returncode == 0


def test_a_stated_balance_gives_the_days_between_their_balance(nubank: Nubank, folder: Path) -> None:
    bring(nubank, folder)
    done = nubank("balance", "set", "1.000,00", "--date", "2026-06-01")
    assert done.returncode == 0, done.stderr
    assert "R$\xa01.000,00" in done.stdout
    assert nubank("balance", "set", "1150.00", "--date", "30/06/2026").returncode == 0
    ran = nubank("run")
    assert ran.returncode == 0, ran.stderr
    assert "readings_agree" not in ran.stdout
    found = query(nubank, "select date, balance_brl, is_observed, unexplained_brl from daily_balances order by 1")
    assert [tuple(row.values()) for row in found] == [
        ("2026-06-01", "1000.00", True, None),
        ("2026-06-05", "950.00", False, None),
        ("2026-06-09", "1150.00", False, None),
        ("2026-06-30", "1150.00", True, "0.00"),
    ]


def test_a_contradiction_warns_and_forgetting_the_statement_mends_it(nubank: Nubank, folder: Path) -> None:
    bring(nubank, folder)
    nubank("balance", "set", "1000.00", "--date", "2026-06-01")
    nubank("balance", "set", "999.99", "--date", "2026-06-30")
    ran = nubank("run")
    assert ran.returncode == 0, ran.stderr
    assert "readings_agree_with_movements" in ran.stdout
    assert "-150.01" in ran.stdout
    assert nubank("balance", "set", "1150.00", "--date", "2026-06-30").returncode == 0
    assert "readings_agree" not in nubank("run").stdout


def test_limits_are_stated_and_what_is_not_stays_unknown(nubank: Nubank) -> None:
    assert nubank("balance", "set", "--limit", "8000", "--date", "2026-06-30").returncode == 0
    assert nubank("balance", "set", "--available", "5.500,10", "--account", "card-ana").returncode == 0
    assert nubank("run").returncode == 0
    found = query(nubank, "select account, limit_brl, available_limit_brl, open_bill_brl from credit_limits order by 1")
    assert [tuple(row.values()) for row in found] == [
        ("card", "8000.00", None, None),
        ("card-ana", None, "5500.10", None),
    ]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["dez"], "'dez'"),
        (["1.090"], "'1.090'"),
        ([], "--limit"),
        (["10", "--limit", "10", "--account", "x"], "--account"),
        (["10", "--date", f"{TODAY + timedelta(days=36500):%Y-%m-%d}"], "confira a data"),
        (["10", "--account", "Conta Nova"], "'Conta Nova'"),
    ],
)
def test_what_is_no_statement_is_refused_in_a_sentence(nubank: Nubank, arguments: list[str], says: str) -> None:
    done = nubank("balance", "set", *arguments)
    assert done.returncode == 2
    assert says in done.stderr
    assert "Traceback" not in done.stderr
    assert "0" in nubank("query", "select count(*) from account_balances").stdout


def test_a_balance_is_an_accounts_and_a_limit_a_cards(nubank: Nubank, folder: Path) -> None:
    bring(nubank, folder)
    refused = nubank("balance", "set", "--limit", "10", "--account", "account")
    assert refused.returncode == 2
    assert "account" in refused.stderr
    misspelt = nubank("balance", "set", "10", "--account", "acount", "--date", "2026-06-30")
    assert "nubank forget" in misspelt.stdout
    assert "nubank forget" not in nubank("balance", "set", "10", "--date", "2026-06-30").stdout


@pytest.mark.long
def test_doctor_is_satisfied_after_a_run(nubank: Nubank, folder: Path) -> None:
    bring(nubank, folder)
    nubank("balance", "set", "10", "--date", "2026-06-30")
    assert "nubank run" in nubank("doctor").stdout
    assert nubank("run").returncode == 0
    assert "Todos os meses processados batem" in nubank("doctor").stdout


def test_english(nubank: Nubank) -> None:
    done = nubank("balance", "set", "1,234.56", "--date", "2026-06-30", NUBANK_LOCALE="en")
    assert done.returncode == 2
    done = nubank("balance", "set", "1234.56", "--date", "2026-06-30", NUBANK_LOCALE="en")
    assert "account on 2026-06-30: balance R$1,234.56" in done.stdout
