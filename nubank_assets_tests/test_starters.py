"""iniciar.sh and iniciar.bat: what a person who uses no terminal starts."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from nubank_assets_tests.starting import ROOT, Machine, prepare_machine

SH = (ROOT / "iniciar.sh").read_text(encoding="utf-8")
BAT = (ROOT / "iniciar.bat").read_bytes()


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return prepare_machine(tmp_path / "machine")


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """iniciar.sh beside a .venv that is installed already: this one."""
    commands = tmp_path / "checkout" / ".venv" / "bin"
    commands.mkdir(parents=True)
    (commands / "nubank").symlink_to(Path(sys.executable).parent / "nubank")
    (commands.parent / "installed").touch()
    starter = tmp_path / "checkout" / "iniciar.sh"
    starter.write_text(SH, encoding="utf-8")
    starter.chmod(0o755)
    return starter.parent


def _start(checkout: Path, machine: Machine, *arguments: str, typed: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(checkout / "iniciar.sh"), *arguments],
        cwd="/",
        check=False,
        env=machine.environment,
        input=typed,
        capture_output=True,
        text=True,
        timeout=120,
    )


def test_enter_takes_downloads_and_the_workbook_is_opened(checkout: Path, machine: Machine) -> None:
    (machine.home / "Downloads/notas.csv").write_text("a,b\n1,2\n")
    started = _start(checkout, machine, typed="\n")
    assert started.returncode == 0, started.stderr
    assert f"Enter para {machine.home}/Downloads" in started.stdout
    assert "notas.csv" in started.stderr
    assert "o resto, sim" in started.stdout
    assert (machine.folder / "nubank/nubank.xlsx").is_file()
    assert "Aperte uma tecla" in started.stdout
    assert machine.opened(patience=10) == [str(machine.folder / "nubank/nubank.xlsx")]


@pytest.mark.long
def test_a_folder_dragged_into_the_terminal_is_found(checkout: Path, machine: Machine) -> None:
    (machine.home / "Downloads").rename(machine.home / "Meus extratos")
    started = _start(checkout, machine, typed="'~/Meus extratos' \n")
    assert "fatura" in started.stdout
    assert started.returncode == 0, started.stderr


def test_nothing_to_import_is_said(checkout: Path, machine: Machine) -> None:
    started = _start(checkout, machine, str(machine.folder / "nowhere"))
    assert started.returncode == 2
    assert "nowhere" in started.stderr
    assert machine.opened() == []


def test_a_missing_python_is_said_with_where_to_get_it(tmp_path: Path) -> None:
    (tmp_path / "iniciar.sh").write_text(SH, encoding="utf-8")
    started = subprocess.run(
        ["/bin/bash", str(tmp_path / "iniciar.sh")],
        check=False,
        env={"PATH": str(tmp_path), "HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        input="",
        timeout=20,
    )
    assert started.returncode == 1
    assert "Falta o Python 3.11" in started.stdout
    assert "https://www.python.org/downloads/" in started.stdout
    assert not (tmp_path / ".venv").exists()


def test_windows_gets_its_line_ends_and_plain_letters() -> None:
    assert BAT.count(b"\n") == BAT.count(b"\r\n") > 10
    assert BAT.isascii()
    rules = (ROOT / ".gitattributes").read_text()
    assert "*.bat text eol=crlf" in rules
    assert "*.sh text eol=lf" in rules


def test_both_do_the_same() -> None:
    """pip's and nubank's arguments are the same, written for each system."""
    arguments = re.compile(r"(-m venv \.venv|-m pip install [^|&]*|nubank (?:import|run)[^|&\n]*)")
    of_sh = [" ".join(found.split()) for found in arguments.findall(SH.replace("\\\n", " "))]
    of_bat = [
        " ".join(found.replace("nubank.exe", "nubank").replace("%FOLDER%", "$folder").split())
        for found in re.findall(arguments, BAT.decode().replace("nubank.exe", "nubank").replace("\r", ""))
    ]
    assert of_bat == of_sh
    assert len(of_sh) == 5


def test_every_jump_of_the_windows_starter_has_its_label() -> None:
    text = BAT.decode().lower()
    jumps, labels = set(re.findall(r"goto (\w+)", text)), set(re.findall(r"^:(\w+)", text, re.MULTILINE))
    assert jumps <= labels


def test_both_ask_for_the_pythons_of_the_project() -> None:
    assert 'requires-python = ">=3.11,<3.14"' in (ROOT / "pyproject.toml").read_text()
    for text in (SH, BAT.decode()):
        assert "(3, 11) <= sys.version_info[:2] <= (3, 13)" in text
