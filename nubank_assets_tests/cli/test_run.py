"""`nubank run`, `query`, `doctor` and `demo`: months, contradictions, formulas, locks, wrong settings."""

import csv
import io
import json
import os
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

from filelock import FileLock
from openpyxl import load_workbook

from nubank_assets_tests.cli.conftest import Nubank

HEADER = "date,title,amount\n"


def _bill(folder: Path, name: str, *lines: str) -> Path:
    file = folder / name
    file.write_text(HEADER + "".join(f"{line}\n" for line in lines))
    return file


def _query(nubank: Nubank, sql: str) -> list[dict[str, object]]:
    done = nubank("query", sql, "--format", "json")
    assert done.returncode == 0, done.stderr
    rows: list[dict[str, object]] = json.loads(done.stdout)
    return rows


def test_a_broken_row_is_a_reject_and_the_rest_counts(nubank: Nubank, folder: Path) -> None:
    _bill(
        folder,
        "Nubank_2026-01-10.csv",
        "2025-12-14,Loja,10.00",
        "2025-13-40,Data ruim,1.00",
        "2025-12-15,Valor ruim,dez",
    )
    assert nubank("import", folder).returncode == 0
    done = nubank("run")
    assert done.returncode == 0, done.stderr
    assert _query(nubank, "select line_number, reason from rejects order by 1") == [
        {"line_number": 3, "reason": "broken_date"},
        {"line_number": 4, "reason": "broken_amount"},
    ]
    assert _query(nubank, "select title, amount_brl from transactions") == [{"title": "Loja", "amount_brl": "-10.00"}]


def test_contradictory_closed_bills_warn_and_the_first_stays(nubank: Nubank, folder: Path) -> None:
    nubank("import", _bill(folder, "Nubank_2026-01-10.csv", "2025-12-14,Loja,10.00"))
    nubank("import", _bill(folder, "Nubank_2026-01-10 (1).csv", "2025-12-14,Loja,11.00"))
    done = nubank("run")
    assert done.returncode == 0
    assert "Nubank_2026-01-10 (1).csv" in done.stdout
    assert "nubank forget" in done.stdout
    assert _query(nubank, "select amount_brl from transactions") == [{"amount_brl": "-10.00"}]
    states = _query(nubank, "select line_state, count(*) as n from raw_lines group by 1 order by 1")
    assert states == [{"line_state": "current", "n": 1}, {"line_state": "superseded", "n": 1}]


def test_an_old_export_after_a_new_one_changes_nothing(nubank: Nubank, folder: Path) -> None:
    new = _bill(folder, "Nubank_2026-01-10.csv", "2025-12-14,Loja,10.00", "2025-12-30,Outra,5.00")
    nubank("import", new)
    old = _bill(folder, "Nubank_2026-01-10 (1).csv", "2025-12-14,Loja,10.00")
    os.utime(old, (1766000000, 1766000000))  # 2025-12-17: the bill was open
    nubank("import", old)
    assert nubank("run").returncode == 0
    assert _query(nubank, "select count(*) as n from transactions") == [{"n": 2}]


def test_nothing_in_a_title_is_executed_or_hidden(nubank: Nubank, folder: Path, tmp_path: Path) -> None:
    titles = ['"=HYPERLINK(""http://x"",""y"")"', "+1+1", "@SUM(A1)", "Loja\u202eoãoãs\u200b Azul", "-2+3"]
    _bill(folder, "Nubank_2026-01-10.csv", *(f"2025-12-14,{title},1.00" for title in titles))
    nubank("import", folder)
    assert nubank("run").returncode == 0
    cells = [cell for row in load_workbook(tmp_path / "home" / "nubank.xlsx")["Transacao"].iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n", "d"}
    assert not [cell for cell in cells if cell.data_type == "f" or cell.hyperlink]
    texts = {str(cell.value) for cell in cells}
    assert "Lojaoãoãs Azul" in texts
    printed = nubank("query", "select title from transactions", "--format", "csv").stdout
    assert not [row for row in csv.reader(io.StringIO(printed)) if row[0].startswith(("=", "+", "-", "@"))]


def test_months_asked_for(nubank: Nubank, folder: Path) -> None:
    _bill(folder, "Nubank_2025-01-10.csv", "2024-12-14,Loja,10.00")
    _bill(folder, "Nubank_2026-01-10.csv", "2025-12-14,Loja,10.00")
    nubank("import", folder)
    for wrong in (
        ["--month", "2026-13"],
        ["--month", "x"],
        ["--from", "2026-02", "--to", "2026-01"],
        ["--month", "1999-01"],
    ):
        done = nubank("run", *wrong)
        assert done.returncode == 2, wrong
        assert "Traceback" not in done.stderr
    only = nubank("run", "--month", "2026-01")
    assert only.returncode == 0
    assert _query(nubank, "select distinct month from transactions") == [{"month": "2026-01"}]
    empty = nubank("run", "--month", "2025-06")
    assert empty.returncode == 0
    assert "sem dados" in empty.stdout
    assert nubank("run").returncode == 0
    assert len(_query(nubank, "select distinct month from transactions")) == 2


def test_one_command_at_a_time(nubank: Nubank, folder: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    with FileLock(home / "nubank.lock"):
        done = nubank("import", _bill(folder, "Nubank_2026-01-10.csv"))
    assert done.returncode == 1
    assert str(home) in done.stderr


def test_a_wrong_setting_is_named(nubank: Nubank) -> None:
    done = nubank("doctor", NUBANK_ENGINE="hadoop")
    assert done.returncode == 2
    assert "NUBANK_ENGINE" in done.stderr
    assert "Traceback" not in done.stderr


def test_query_reaches_nothing_outside_and_says_what_is_wrong(nubank: Nubank, folder: Path) -> None:
    _bill(folder, "Nubank_2026-01-10.csv", "2025-12-14,Loja,10.00")
    nubank("import", folder)
    nubank("run")
    assert {row["name"] for row in _query(nubank, "show tables")} >= {"transactions", "expenses", "monthly_summary"}
    for sql in ("select * from read_text('/etc/passwd')", "copy transactions to '/tmp/x.csv'", "selec 1"):
        done = nubank("query", sql)
        assert done.returncode == 2, sql
        assert "Traceback" not in done.stderr


def test_doctor(nubank: Nubank, folder: Path, tmp_path: Path) -> None:
    assert nubank("doctor").returncode == 0
    _bill(folder, "Nubank_2026-01-10.csv", "2025-12-14,Loja,10.00")
    nubank("import", folder)
    nubank("run")
    home = tmp_path / "home"
    assert stat.S_IMODE(home.stat().st_mode) == 0o700
    assert nubank("doctor").returncode == 0
    home.chmod(0o755)
    (document,) = (home / "inbox" / "documents").iterdir()
    document.write_text(HEADER)
    sick = nubank("doctor")
    assert sick.returncode == 2
    assert "chmod 700" in sick.stdout
    assert "nubank forget" in sick.stdout


def test_demo_is_never_mixed_with_real_data(nubank: Nubank, folder: Path) -> None:
    _bill(folder, "Nubank_2026-01-10.csv", "2025-12-14,Loja,10.00")
    nubank("import", folder)
    nubank("run")
    demo = nubank("demo", "--months", "2")
    assert demo.returncode == 0, demo.stderr
    assert _query(nubank, "select count(*) as n from transactions") == [{"n": 1}]
    done = nubank("query", "--demo", "select count(*) as n from transactions where source = 'demo'", "--format", "json")
    assert json.loads(done.stdout)[0]["n"] > 50


def test_ctrl_c_stops_the_whole_run_in_one_sentence(nubank: Nubank, folder: Path, tmp_path: Path) -> None:
    """As a terminal sends it, to all processes; the months of the second block do not start."""
    home = tmp_path / "home"
    assert nubank("demo", "--months", "12").returncode == 0
    _bill(folder, "Nubank_2019-01-10.csv", "2018-12-14,Loja,10.00")
    settings = {**os.environ, "NUBANK_HOME": str(home / "demo")}
    command = str(Path(sys.executable).parent / "nubank")
    subprocess.run([command, "import", str(folder)], env=settings, check=True, capture_output=True)
    for seconds in (2.5,):
        process = subprocess.Popen(
            [command, "run"],
            env=settings,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        time.sleep(seconds)
        os.killpg(process.pid, signal.SIGINT)
        _, errors = process.communicate(timeout=60)
        assert process.returncode == 1, errors
        assert "Interrompido" in errors
        assert "Traceback" not in errors
    assert subprocess.run([command, "run"], env=settings, check=False, capture_output=True).returncode == 0


def test_a_home_that_is_a_file_is_named(nubank: Nubank, tmp_path: Path) -> None:
    (tmp_path / "home").write_text("x")
    done = nubank("run")
    assert done.returncode == 2
    assert "NUBANK_HOME" in done.stderr
    assert "Traceback" not in done.stderr


def test_doctor_knows_what_was_not_run(nubank: Nubank, folder: Path) -> None:
    nubank("import", _bill(folder, "Nubank_2026-01-10.csv", "2025-12-14,Loja,10.00", "2025-12-15,Ruim,x"))
    nubank("run")
    assert "1 linhas não puderam" in nubank("doctor").stdout
    nubank("import", _bill(folder, "Nubank_2026-02-10.csv", "2026-01-14,Loja,10.00"))
    done = nubank("doctor").stdout
    assert "rode `nubank run`" in done
    assert "batem com os documentos" not in done
