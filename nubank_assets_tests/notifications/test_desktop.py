"""Notifications on the screen: real programs in the place of the system's, which write down what they are given."""

import json
import sys
from pathlib import Path

import pytest

from nubank_assets.notifications.desktop import call_for, show_on_desktop
from nubank_assets.notifications.events import Notice, UndeliveredError

NASTY = "$(touch pwned) `id` \"'; end run -- <b>&"


def install(folder: Path, name: str, code: str) -> None:
    """A program of this name that is first on the path."""
    program = folder / name
    program.write_text(f"#!{sys.executable}\n{code}")
    program.chmod(0o700)


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The only folder of the path."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    return folder


@pytest.mark.parametrize(
    ("platform", "program"), [("linux", "notify-send"), ("darwin", "osascript"), ("win32", "powershell")]
)
def test_what_the_program_is_given(platform: str, program: str, programs: Path) -> None:
    seen = programs / "seen.json"
    given = "[sys.argv[1:], {k: v for k, v in os.environ.items() if k.startswith('NUBANK_NOTICE')}]"
    install(programs, program, f"import json, os, sys\nopen({str(seen)!r}, 'w').write(json.dumps({given}))\n")
    show_on_desktop(Notice(NASTY, f"primeira\nlinha {NASTY}\n\nsegunda parte\n"), platform)
    arguments, environment = json.loads(seen.read_text())
    body = f"primeira linha {NASTY}"
    if platform == "linux":
        assert arguments[-3:] == ["--", NASTY, body.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")]
    elif platform == "darwin":
        assert arguments[-2:] == [NASTY, body]
        assert not any("touch" in part for part in arguments[:-2])
    else:
        assert environment == {"NUBANK_NOTICE_TITLE": NASTY, "NUBANK_NOTICE_BODY": body}
        assert not any("touch" in part for part in arguments)
    assert sorted(path.name for path in programs.iterdir()) == sorted([program, "seen.json"])


@pytest.mark.parametrize("platform", ["linux", "darwin", "win32"])
def test_a_missing_program_is_named(platform: str, programs: Path) -> None:
    program = call_for(platform, "a", "b").command[0]
    with pytest.raises(UndeliveredError, match=f"falta o programa {program}"):
        show_on_desktop(Notice("a", "b"), platform)


def test_a_program_that_fails_says_why(programs: Path) -> None:
    install(programs, "notify-send", "import sys\nsys.exit('no display\\nfor you')\n")
    with pytest.raises(UndeliveredError, match=r"não conseguiu mostrar o aviso \(no display for you\)"):
        show_on_desktop(Notice("a", "b"), "linux")


def test_a_program_that_cannot_be_run(programs: Path) -> None:
    (programs / "notify-send").write_bytes(b"\x00\x01 no program")
    (programs / "notify-send").chmod(0o700)
    with pytest.raises(UndeliveredError, match="não conseguiu mostrar"):
        show_on_desktop(Notice("a", "b"), "linux")
