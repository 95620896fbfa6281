"""The files of deploy/server, held against the rules: hadolint, Compose's schema, and what we promise of them."""

import fnmatch
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from nubank_assets.settings import Settings
from nubank_assets_tests.server.composed import FOLDER, ROOT, read_compose

TOOLS = ROOT / ".server" / "tools" / "bin"
DOCKERFILE = (FOLDER / "Dockerfile").read_text()
GIVEN = {
    "POSTGRES_PASSWORD": "p",
    "PAGE_ADDRESS": "nubank.example.com",
    "PAGE_USER": "ana",
    "PAGE_PASSWORD_HASH": "$2a$14$x",
}
FILES = ("compose.yaml", "compose.web.yaml")
#: Secrets that may stand in nubank.env: no settings.
SECRETS = {"NUBANK_PLUGGY_CLIENT_ID", "NUBANK_PLUGGY_CLIENT_SECRET", "NUBANK_SMTP_PASSWORD"}
needs_tools = pytest.mark.skipif(not TOOLS.exists(), reason="needs the tools: make .server/installed")


def _services() -> list[tuple[str, dict[str, Any]]]:
    return [pair for name in FILES for pair in read_compose(name, **GIVEN)["services"].items()]


def _instructions() -> list[tuple[str, str]]:
    lines = [line for line in DOCKERFILE.splitlines() if line and not line.startswith("#")]
    joined = re.sub(r"\\\n", " ", "\n".join(lines))
    return [(line.split(" ", 1)[0], line.split(" ", 1)[1]) for line in joined.splitlines()]


@needs_tools
def test_hadolint_finds_nothing_in_the_dockerfile() -> None:
    command = [str(TOOLS / "hadolint"), "--failure-threshold", "style", str(FOLDER / "Dockerfile")]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stdout) == (0, "")


@needs_tools
@pytest.mark.parametrize("name", FILES)
def test_compose_files_are_of_the_compose_specification(name: str, tmp_path: Path) -> None:
    filled = tmp_path / name
    filled.write_text(yaml.safe_dump(read_compose(name, **GIVEN)))
    for file in (FOLDER / name, filled):
        command = [str(TOOLS / "check-jsonschema"), "--builtin-schema", "vendor.compose-spec", str(file)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
        assert done.returncode == 0, done.stdout


def test_the_image_runs_as_nobody_in_particular_and_holds_no_tools_and_no_secret() -> None:
    stages = DOCKERFILE.split("\nFROM ")[1:]
    assert len(stages) == 2
    assert re.search(r"\nUSER [1-9]\d+:[1-9]\d+\n", stages[1])
    assert not re.search(r"\b(apt-get|curl|wget|gcc|git)\b", DOCKERFILE)
    assert all(re.search(r"pip uninstall --yes .*setuptools.*pip", stage) for stage in stages)
    assert "--require-hashes" in stages[0]
    assert "HEALTHCHECK" in stages[1]
    assert not re.search(r"(?i)password|secret|token|_key", DOCKERFILE)


def test_what_is_copied_exists_and_goes_to_the_builder() -> None:
    ignored = (FOLDER / "Dockerfile.dockerignore").read_text().splitlines()
    allowed = [line[1:] for line in ignored if line.startswith("!")]
    assert "*" in ignored
    copied = [args.split() for name, args in _instructions() if name == "COPY" and "--from" not in args]
    sources = [source for words in copied for source in words[:-1]]
    assert sorted(sources) == sorted(allowed)
    assert all((ROOT / source).exists() for source in sources)


@pytest.mark.parametrize(("name", "service"), _services())
def test_images_are_pinned_and_ports_are_this_machines(name: str, service: dict[str, Any]) -> None:
    ours = service["image"] == "nubank-assets:local"
    pinned = service["build"]["args"]["PYTHON_IMAGE"] if ours else service["image"]
    assert re.search(r":\d+\.\d+(\.\d+)?-(slim-)?(bookworm|alpine)$", pinned), pinned
    # Only what asks for a password may be reached from elsewhere.
    assert name == "caddy" or all(str(port).startswith("127.0.0.1:") for port in service.get("ports", []))


@pytest.mark.parametrize(("name", "service"), _services())
def test_services_come_back_are_watched_and_may_do_little(name: str, service: dict[str, Any]) -> None:
    assert service["restart"] == "unless-stopped"
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service["logging"]["options"]["max-size"]
    assert "privileged" not in service
    assert not any("docker.sock" in str(volume) for volume in service.get("volumes", []))
    if name != "caddy":
        assert service["healthcheck"]["test"]
    if name != "postgres":
        assert service["read_only"]
        assert service["cap_drop"] == ["ALL"]


def test_the_database_has_no_way_out_and_only_the_code_has_data_and_settings() -> None:
    compose = read_compose("compose.yaml", **GIVEN)
    assert compose["services"]["postgres"]["networks"] == ["database"]
    assert compose["networks"]["database"] == {"internal": True}
    with_settings = {name for name, service in compose["services"].items() if "env_file" in service}
    with_data = {name for name, service in compose["services"].items() if "home:" in str(service.get("volumes"))}
    assert with_settings == with_data == {"code"}


def test_no_secret_is_written_down_and_the_files_with_them_are_ignored() -> None:
    for name in FILES:
        text = (FOLDER / name).read_text()
        for line in re.findall(r"^ *\w*(?:PASSWORD|SECRET|HASH)\w*:.*$", text, re.MULTILINE):
            assert re.search(r": \$\{\w+:\?", line), line
    with pytest.raises(AssertionError, match="POSTGRES_PASSWORD is needed"):
        read_compose("compose.yaml")
    ignored = (FOLDER / ".gitignore").read_text().splitlines()
    assert all(any(fnmatch.fnmatch(name, line) for line in ignored) for name in (".env", "nubank.env", "a.dump"))


def test_every_setting_that_is_named_exists() -> None:
    known = {f"NUBANK_{name.upper()}" for name in Settings.model_fields} | SECRETS
    for file in sorted(path for path in FOLDER.iterdir() if path.is_file()):
        assert set(re.findall(r"NUBANK_[A-Z_]+", file.read_text())) <= known, file.name


def test_variables_that_compose_asks_for_are_in_the_example() -> None:
    asked = {name for file in FILES for name in re.findall(r"\$\{(\w+):\?", (FOLDER / file).read_text())}
    offered = set(re.findall(r"^(\w+)=", (FOLDER / "env.example").read_text(), re.MULTILINE))
    assert asked == offered


def test_the_image_has_the_versions_that_are_tested_and_nothing_of_the_developers() -> None:
    def pinned(name: str) -> dict[str, str]:
        lines = [line for line in (ROOT / name).read_text().splitlines() if "'none'" not in line]
        return dict(re.findall(r"^([\w.-]+)==([^ ;]+)", "\n".join(lines), re.MULTILINE))

    image, developers = pinned("requirements-server.lock"), pinned("requirements.lock")
    own = {"dagster-postgres", "psycopg2-binary", "pyspark-client"}
    assert {name: version for name, version in image.items() if developers.get(name) != version}.keys() <= own
    assert not image.keys() & {"pytest", "mypy", "ruff", "playwright", "uv", "hypothesis"}
    assert image["pyspark-client"] == developers["pyspark"]
    lock = (ROOT / "requirements-server.lock").read_text()
    assert lock.count("--hash=sha256:") >= len(image)
    assert "://" not in lock


def test_one_run_at_a_time_and_only_what_died_is_repeated() -> None:
    dagster = yaml.safe_load((FOLDER / "dagster.yaml").read_text())
    assert dagster["concurrency"]["runs"]["max_concurrent_runs"] == 1
    assert dagster["run_retries"]["enabled"]
    assert not dagster["run_retries"]["retry_on_asset_or_op_failure"]
    assert dagster["run_monitoring"]["enabled"]
    given = set(read_compose("compose.yaml", **GIVEN)["services"]["daemon"]["environment"])
    for file in ("dagster.yaml", "workspace.yaml"):
        assert set(re.findall(r"env: (\w+)", (FOLDER / file).read_text())) <= given
