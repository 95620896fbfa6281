"""What the project declares is what it is: its packages, its lock, its make targets, its folders."""

import ast
import re
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

ROOT = Path(__file__).parents[1]

#: Used without an import: started as a command.
COMMANDS = {"dagster-webserver": "dagster dev"}


def _declared() -> set[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    return {re.split(r"[\[<>=! ]", dependency)[0].lower() for dependency in project["dependencies"]}


def _imported() -> set[str]:
    """The distributions that any module of the project or its tests imports."""
    names = set()
    for file in [*ROOT.glob("nubank_assets/**/*.py"), *ROOT.glob("nubank_assets_tests/**/*.py")]:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                names |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                names.add(node.module.split(".")[0])
    distributions = packages_distributions()
    return {d.lower().replace("_", "-") for name in names for d in distributions.get(name, [])}


def test_every_declared_package_is_used() -> None:
    assert _declared() - _imported() - set(COMMANDS) == set()


def test_the_lock_pins_everything_by_hash_and_names_no_index() -> None:
    lock = (ROOT / "requirements.lock").read_text()
    assert "://" not in lock
    assert "--index" not in lock
    requirements = [line for line in lock.splitlines() if line and not line.startswith((" ", "#"))]
    assert all("==" in line for line in requirements)
    assert lock.count("--hash=sha256:") >= len(requirements)
    pinned = {line.split("==")[0] for line in requirements}
    assert _declared() <= pinned
    versions = dict(re.findall(r"^([a-z0-9-]+)==([^ ;]+)", lock, re.MULTILINE))
    assert versions["dagster"] == versions["dagster-webserver"]


def test_make_help_lists_the_targets() -> None:
    listed = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for target in ("install", "demo", "test", "ui", "lint", "types", "lock", "bench"):
        assert f"make {target} " in listed


def test_nothing_committed_names_this_machine() -> None:
    files = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    home = str(Path.home())
    places = [str(ROOT), str(Path(sys.prefix).parent)] + ([home] if len(home) > len("/root") else [])
    for name in filter(None, files.split("\0")):
        content = (ROOT / name).read_bytes()
        assert not [place for place in places if place.encode() in content], name


def test_files_stay_small() -> None:
    sizes = {
        str(file.relative_to(ROOT)): len(file.read_text(encoding="utf-8").splitlines())
        for file in ROOT.glob("nubank_assets/**/*.py")
    }
    data = {"nubank_assets/messages.py", "nubank_assets/cli/sentences.py"}
    assert not {name: size for name, size in sizes.items() if size > 260 and name not in data}
    assert not list(ROOT.glob("nubank_assets/**/utils.py"))
