"""The functions in the image's own Python, where nothing can be written but /tmp, within their memory and seconds."""

import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from nubank_assets.settings import Settings
from nubank_assets_tests.deploy.deployment import PYTHON
from nubank_assets_tests.deploy.lambda_environment import Called, call, can_sandbox, sandboxed
from nubank_assets_tests.deploy.templates import FOLDER, ROOT, resources, template, text_of
from nubank_assets_tests.fakes.homes import demo_home, import_files, months_in
from nubank_assets_tests.fakes.ministack import environment
from nubank_assets_tests.fakes.s3_homes import objects_in, s3_settings

#: A function has one core for each so many MB.
CORE = 1769
EXECUTION = "arn:aws:states:sa-east-1:123456789012:execution:nubank:by-hand"

Call = Callable[[str, dict[str, Any]], Called]


@pytest.fixture(scope="module", autouse=True)
def _machine() -> None:
    if not PYTHON.exists():
        pytest.skip("needs the functions' Python: make .lambda/installed")


@pytest.fixture
def settings(bucket: str, tmp_path: Path) -> Settings:
    """A deployment in whose inbox a month of the demo is."""
    made = s3_settings(tmp_path / "home", bucket)
    import_files(made, [demo_home(tmp_path / "demo", months=1).settings.home / "files" / "exports"], source="demo")
    return made


@pytest.fixture
def in_lambda(settings: Settings, aws: str) -> Call:
    """Call a function with the variables and limits of its template."""
    (function,) = resources("run", "AWS::Lambda::Function").values()
    names = function["Properties"]["Environment"]["Variables"]
    known = {**settings.environment(), "NUBANK_HOME": text_of(names["NUBANK_HOME"])}
    variables = {**{name: known.get(name, "") for name in names}, **environment(aws)}
    limits = template("run")["Mappings"]["Functions"]

    def run(name: str, event: dict[str, Any]) -> Called:
        called = call(name, {"execution": EXECUTION, **event}, variables, limits[name])
        assert not called.error, f"{name}: {called.error}"
        assert called.answer is not None, f"{name}: {called.log}"
        _check_limits(name, called, limits[name])
        return called

    return run


def _check_limits(name: str, called: Called, limits: dict[str, int]) -> None:
    """Three quarters of the memory, and half of the seconds by the cores that so much memory buys."""
    print(f"{name}: {called.megabytes:.0f} MB, {called.cpu_seconds:.1f} s of a core, {called.seconds:.1f} s")
    assert 0 < called.megabytes < limits["Memory"] * 0.75, name
    assert 0 < called.cpu_seconds / min(limits["Memory"] / CORE, 2) < limits["Seconds"] / 2, name


def test_every_function_works_where_only_tmp_can_be_written(in_lambda: Call, settings: Settings) -> None:
    in_lambda("lock", {"action": "acquire"})
    (first, *_), last = months_in(settings), months_in(settings)[-1]
    months = in_lambda("collect", {"input": {"from": first, "to": last, "offline": True}}).answer["months"]
    assert first in months
    layers = ["raw_transactions", "cleaned_parquet", "categorized_tables"]
    assert in_lambda("materialize", {"layers": layers, "months": months}).answer["rows"]
    in_lambda("catalog", {"action": "update", "layers": layers, "months": months})
    in_lambda("materialize", {"layers": ["insights"], "months": months})
    in_lambda("export", {"layers": ["sheets_export"], "months": months})
    in_lambda("notify", {"status": "succeeded", "months": months, "input": {}, "started": "2026-11-23T10:00:00Z"})
    in_lambda("lock", {"action": "release"})
    assert objects_in(settings.bucket, "nubank/results/").keys() == {"nubank.xlsx", "nubank.html"}


def test_the_sandbox_is_one() -> None:
    """Else the test above would show nothing: beside the code and at home nothing can be written, in /tmp it can."""
    if not can_sandbox():
        pytest.xfail("this machine has no mount namespaces for us: functions were called without the sandbox")
    script = """
import pathlib, sys
for place in sys.argv[1:]:
    try:
        pathlib.Path(place, "nubank-written").touch()
        print(place)
    except OSError:
        pass
"""
    places = [str(FOLDER), str(Path.home()), "/var/tmp", "/dev/shm", "/tmp"]
    done = subprocess.run([*sandboxed("-c", script), *places], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["/tmp"]
    assert not Path("/tmp/nubank-written").exists()


def test_the_image_is_too_large_for_a_zip_and_small_enough_for_an_image() -> None:
    """Lambda takes 250 MB unpacked as a zip, and 10 GB as an image: why there is a Dockerfile."""
    (packages,) = (PYTHON.parents[1] / "lib").glob("python3.*/site-packages")
    size = sum(file.stat().st_size for file in packages.rglob("*") if file.is_file() and file.suffix != ".pyc") / 2**20
    assert 250 < size < 1500
    assert not (packages / "pyspark" / "jars").exists()
    assert (packages / "pyspark").is_dir()


def test_the_dockerfile_installs_what_the_tests_run() -> None:
    """Its commands are the Makefile's for `.lambda`, and hadolint finds nothing in it."""
    hadolint = ROOT / ".server" / "tools" / "bin" / "hadolint"
    if not hadolint.exists():
        pytest.skip("needs hadolint: make .server/installed")
    dockerfile = FOLDER / "Dockerfile"
    command = [str(hadolint), "--failure-threshold", "style", str(dockerfile)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    text, make = dockerfile.read_text(), (ROOT / "Makefile").read_text()
    assert '"--no-deps", "--require-hashes", "--requirement", "requirements.lock"' in text
    assert "$(call fill,.lambda,deploy/aws/requirements.lock,--compile-bytecode)" in make
    assert make.count("--no-deps --require-hashes") == 3  # the main environment's, and what fills the others
    assert "COPY deploy/aws/requirements.lock" in text
    assert 'ENTRYPOINT ["python", "-m", "awslambdaric"]' in text
    lock = (FOLDER / "requirements.lock").read_text()
    assert re.search(r"^awslambdaric==", lock, re.MULTILINE)
    assert re.search(r"^pyspark==\S+ ; sys_platform == 'none'", lock, re.MULTILINE)
