"""`nubank categorize` as a person types it: a row for each of the file's, and what is wrong with a file."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from nubank_assets_tests.cli.conftest import Nubank

ROWS = '''\
date,title,amount
2026-08-20,Padaria Azul,31.50
2026-08-21,Pagamento recebido,"- 260,46"
2026-08-21,"IOF de ""Loja, a Azul""",1.09
2026-08-22,Xyzw - Parcela 1/2,"1.090,45"
2026-08-20,Padaria Azul,31.50
,"Estorno de ""Drogasil""",-5
2026-08-22,=cmd,
'''
FOUND: list[dict[str, Any]] = [
    {"title": "Padaria Azul", "category": "restaurante", "method": "rule", "confidence": 96, "rule": "padaria"},
    {"title": "Pagamento recebido", "category": None, "method": None, "confidence": None, "rule": None},
    {"title": 'IOF de "Loja, a Azul"', "category": "encargos", "method": "kind", "confidence": 100, "rule": "iof"},
    {"title": "Xyzw - Parcela 1/2", "category": "outros", "method": "fallback", "confidence": 30, "rule": None},
    {"title": "Padaria Azul", "category": "restaurante", "method": "rule", "confidence": 96, "rule": "padaria"},
    {"title": 'Estorno de "Drogasil"', "category": "saúde", "method": "rule", "confidence": 96, "rule": "drogasil"},
    {"title": "=cmd", "category": "outros", "method": "fallback", "confidence": 30, "rule": None},
]


@pytest.fixture
def titles(folder: Path) -> Path:
    path = folder / "titles.csv"
    path.write_text(ROWS, encoding="utf-8")
    return path


def test_json_is_one_array_with_a_row_a_line(nubank: Nubank, titles: Path) -> None:
    done = nubank("categorize", titles, "--format", "json")
    assert done.returncode == 0, done.stderr
    found = [{name: row[name] for name in FOUND[0]} for row in json.loads(done.stdout)]
    assert found == FOUND
    assert len(done.stdout.splitlines()) == len(FOUND)


def test_csv_has_the_rows_in_their_order_and_no_formula(nubank: Nubank, titles: Path) -> None:
    done = nubank("categorize", titles, "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    assert list(rows[0])[:4] == ["title", "category", "method", "confidence"]
    assert [row["category"] or None for row in rows] == [row["category"] for row in FOUND]
    assert rows[-1]["title"] == "'=cmd"


def test_a_table_is_for_people(nubank: Nubank, titles: Path) -> None:
    lines = nubank("categorize", titles).stdout.splitlines()
    assert lines[0].split() == ["Título", "Categoria", "Como", "Confiança", "Regra", "Subcategoria"]
    assert lines[1].split() == ["Padaria", "Azul", "restaurante", "rule", "96", "padaria", "padaria"]
    assert len(lines) == len(FOUND) + 1


def test_a_spreadsheets_file_is_read_too(nubank: Nubank, folder: Path) -> None:
    path = folder / "excel.csv"
    path.write_bytes("Title;Amount\r\nPanificação São João;1,50\r\n".encode("cp1252"))
    done = nubank("categorize", path, "--format", "json")
    assert [row["category"] for row in json.loads(done.stdout)] == ["restaurante"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "falta a coluna title na primeira linha"),
        (b"titulo,amount\nA,1\n", "falta a coluna title na primeira linha"),
        (b"title,amount\nA,1\nB\n", "linha 3: há 1 campos, e a primeira linha tem 2"),
        (b"title,amount\nA,um\n", "linha 2: 'um' não é um valor"),
        (b'title\n"A\n', "linha 2: não é um CSV que se possa ler"),
        (b"\xff\xfe\x00", "não foi possível ler o arquivo"),
        (None, "não existe esse arquivo"),
    ],
)
def test_a_bad_file_is_one_plain_sentence(nubank: Nubank, folder: Path, content: bytes | None, said: str) -> None:
    path = folder / "bad.csv"
    if content is not None:
        path.write_bytes(content)
    done = nubank("categorize", path)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"{path}")
    assert said in done.stderr
    assert len(done.stderr.splitlines()) == 1
