"""launchd's agents: the property list, and what is asked of launchctl."""

import plistlib
from pathlib import Path

import pytest
from hypothesis import given

from nubank_assets.domain.failures import PermanentError
from nubank_assets.scheduling.commands import Answer
from nubank_assets.scheduling.launchd import Launchd, property_list
from nubank_assets.scheduling.schedulers import Registered
from nubank_assets_tests.scheduling.fakes import PATHS, FakeSystem, plan_of


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HOME", str(tmp_path))
    return tmp_path / "Library" / "LaunchAgents"


@given(PATHS, PATHS)
def test_the_property_list_says_it_all(python: str, home: str) -> None:
    plan = plan_of(home, python)
    agent = plistlib.loads(property_list(plan))
    assert agent["ProgramArguments"] == [python, "-P", "-m", "nubank_assets.scheduling.daily", home]
    assert agent["Label"] == plan.name
    assert agent["StartCalendarInterval"] == {"Hour": 8, "Minute": 5}
    assert agent["RunAtLoad"] is True


def test_install_loads_the_agent_anew(folder: Path) -> None:
    system, plan = FakeSystem(), plan_of("/Users/ana")
    Launchd(system).install(plan)
    Launchd(system).install(plan)
    (file,) = folder.iterdir()
    assert file.name == f"{plan.name}.plist"
    assert file.stat().st_mode & 0o777 == 0o600
    assert [verb.split()[0] for verb in system.verbs] == ["bootout", "enable", "bootstrap"] * 2
    assert system.calls[2][-1] == str(file)


def test_an_agent_that_is_still_going_is_waited_for(folder: Path) -> None:
    system = FakeSystem({"bootstrap": [Answer(5, "Bootstrap failed: 5: Input/output error"), Answer(0, "")]})
    Launchd(system, pause=0).install(plan_of("/Users/ana"))
    assert [verb.split()[0] for verb in system.verbs].count("bootstrap") == 2


def test_a_refusal_is_said(folder: Path) -> None:
    system = FakeSystem({"bootstrap": [Answer(5, "Bootstrap failed: 5: Input/output error")]})
    with pytest.raises(PermanentError, match=r"launchctl .* Input/output error"):
        Launchd(system, pause=0).install(plan_of("/Users/ana"))


def test_look_and_remove(folder: Path) -> None:
    system, home = FakeSystem(), Path("/Users/ana")
    launchd = Launchd(system)
    assert launchd.look(home) is None
    launchd.install(plan_of(home))
    assert launchd.look(home) == Registered(True)
    system.answers["print"] = [Answer(113, "Could not find service")]
    assert launchd.look(home) == Registered(False)
    launchd.remove(home)
    launchd.remove(home)
    assert not list(folder.iterdir())
    assert launchd.look(home) is None
