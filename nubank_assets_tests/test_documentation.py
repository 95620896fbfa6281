"""What the documentation tells people to type works, what it links to is there, and both READMEs tell the same.

Every line of a ```bash block is checked: `nubank` commands are run, in order, on a machine of their own; `make`
targets exist; commands that stay open, or that need a person, a bank or the system's scheduler, exist and have a help;
settings that are exported exist. In ```sh blocks, which need an AWS, the `aws` commands and their options exist.
"""

import json
import re
import shlex
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

import botocore.session
import platformdirs
import pytest
from botocore import xform_name

from nubank_assets.settings import Settings
from nubank_assets_tests.fakes.sheets.oauth import make_service_account
from nubank_assets_tests.starting import ROOT, Machine, prepare_machine

PAGES = [
    path.relative_to(ROOT).as_posix()
    for path in sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
    if not path.is_symlink()
]
#: Those with commands of the AWS CLI and policies.
AWS_PAGES = ("docs/aws.md", "docs/deploying.md", "docs/emr.md", "docs/serverless.md")
READMES = ("README.md", "README.pt-BR.md")
#: Commands that wait for a person, or that change the system: their help is run.
STAYS_OPEN = ("nubank ui", "nubank login", "nubank schedule install")
#: What may be exported and is no setting: ``settings.py`` holds no secrets.
SECRETS = {
    "NUBANK_GOOGLE_SERVICE_ACCOUNT",
    "NUBANK_PLUGGY_CLIENT_ID",
    "NUBANK_PLUGGY_CLIENT_SECRET",
    "NUBANK_SMTP_PASSWORD",
}
#: What a person exported before, where a command needs it; nothing is asked of Google.
EXPORTED = {"NUBANK_SPREADSHEET": "https://docs.google.com/spreadsheets/d/1abc/edit"}
#: Options of the AWS CLI that its services call otherwise.
RENAMED = {"--notification-endpoint": "--endpoint"}
_BLOCK = re.compile(r"^( *)```bash\n(.*?)^\1```$", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\]\(([^)#\s]+)(#[^)\s]*)?\)")


def _text(page: str) -> str:
    return (ROOT / page).read_text(encoding="utf-8")


def _commands(page: str) -> list[str]:
    lines = [line.strip() for _, block in _BLOCK.findall(_text(page)) for line in block.splitlines()]
    return [line for line in lines if line and not line.startswith("#")]


def _everywhere(word: str) -> list[str]:
    return list(dict.fromkeys(command for page in PAGES for command in _commands(page) if command.split()[0] == word))


@pytest.fixture(scope="module")
def machine(tmp_path_factory: pytest.TempPathFactory) -> Machine:
    machine = prepare_machine(tmp_path_factory.mktemp("documentation") / "machine")
    of_maria = machine.home / "Documents" / "maria" / "Nubank_2026-09-10.csv"
    of_maria.parent.mkdir()
    of_maria.write_text("date,title,amount\n2026-08-20,Livraria Verde,31.50\n")
    key = make_service_account("https://oauth2.googleapis.com/token")
    (machine.home / "Downloads" / "nubank-123456.json").write_text(key)
    return machine


def _run(machine: Machine, command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["/bin/bash", "-c", command],
        cwd=machine.folder,
        env={**machine.environment, **EXPORTED},
        check=False,
        capture_output=True,
        text=True,
        timeout=120,
    )


def _ready(machine: Machine, command: str) -> str:
    """The command with a document's or a line's name where it says so; of one that stays open, its help."""
    for open_command in STAYS_OPEN:
        if command.startswith(open_command):
            return f"{open_command} --help"
    if "TRANSACTION_ID" in command.split():
        ids = _run(machine, 'nubank query --format csv "select transaction_id from expenses order by 1 limit 1"').stdout
        return command.replace("TRANSACTION_ID", ids.splitlines()[1])
    if "DOCUMENT" not in command.split():
        return command
    return command.replace("DOCUMENT", _run(machine, "nubank documents").stdout.splitlines()[1].split()[0])


def test_every_nubank_command_works_in_the_order_it_stands(machine: Machine) -> None:
    commands = _everywhere("nubank")
    assert len(commands) > 10
    for command in commands:
        done = _run(machine, _ready(machine, command))
        assert done.returncode == 0, f"{command}: {done.stdout}{done.stderr}"
        assert "Traceback" not in done.stderr, command
    assert machine.opened(patience=10) == [str(machine.folder / "nubank/nubank.xlsx")]
    assert (machine.folder / "nubank.csv").read_text().startswith("month,")


@pytest.mark.parametrize("command", [*_everywhere("make"), "make ui ARGS=--demo"])
def test_every_make_target_exists(command: str) -> None:
    done = subprocess.run([*shlex.split(command), "-n"], cwd=ROOT, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("command", _everywhere("python"))
def test_every_module_that_is_run_exists(command: str) -> None:
    assert command == "python -m nubank_assets.domain.describe > docs/tables.md"


def _aws_commands() -> list[str]:
    text = "".join(_text(page) for page in AWS_PAGES)
    blocks = re.findall(r"^```sh\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    return [line for block in blocks for line in block.splitlines() if line.startswith("aws ")]


@cache
def _aws_service(name: str) -> Any:
    return botocore.session.get_session().get_service_model("s3" if name == "s3api" else name)


@pytest.mark.parametrize("command", _aws_commands())
def test_every_aws_command_and_option_exists(command: str) -> None:
    words = shlex.split(command.replace("--endpoint-url $AWS_ENDPOINT_URL ", ""))[1:]
    service, action, *options = words
    if service == "s3":  # the AWS CLI's own words for copying
        assert action == "cp"
        assert len(options) == 2
        return
    if (service, action) in {("lambda", "invoke"), ("s3api", "get-object")}:
        options.pop()  # the file for the answer, which has no option
    operations = {xform_name(name, "-"): name for name in _aws_service(service).operation_names}
    shape = _aws_service(service).operation_model(operations[action]).input_shape
    members = {xform_name(name, "-"): member for name, member in shape.members.items()}
    assert len(options) % 2 == 0
    for option, value in zip(options[::2], options[1::2], strict=True):
        if option in {"--query", "--endpoint-url"}:
            continue
        member = members[RENAMED.get(option, option).removeprefix("--")]
        if member.type_name in {"structure", "map"} or value.startswith("{"):
            _check_members(member, json.loads(value))
    # The AWS CLI makes up tokens itself.
    needed = {name for name in shape.required_members if not shape.members[name].metadata.get("idempotencyToken")}
    assert {f"--{xform_name(name, '-')}" for name in needed} <= set(options)


def _package_files(*folders: str) -> list[Path]:
    return [path for folder in folders for path in sorted((ROOT / "nubank_assets" / folder).glob("*.py"))]


def _check_members(shape: Any, value: Any) -> None:
    if shape.type_name == "structure":
        for name, part in value.items():
            _check_members(shape.members[name], part)
    elif shape.type_name == "list":
        for part in value:
            _check_members(shape.member, part)


def test_policies_are_json_and_have_every_action_that_the_code_names() -> None:
    text = "".join(_text(page) for page in AWS_PAGES)
    for block in re.findall(r"^```json\n(.*?)^```$", text, re.MULTILINE | re.DOTALL):
        assert json.loads(block)["Statement"]
    code = "".join(path.read_text(encoding="utf-8") for path in _package_files("aws", "lake"))
    named = set(re.findall(r"[\"f ]((?:s3|glue|athena|sns|secretsmanager|kms|emr-serverless):[A-Z]\w+)", code))
    calls = r"(?:\bcall|\bcall_once|pages|write_batches|_ask)\(\"(\w+)\""
    named |= {f"glue, EMR:{action}" for action in re.findall(calls, code)}
    assert len(named) > 20
    assert {action for action in named if not re.search(rf"\b{action.split(':')[1]}\b", text)} == set()


@pytest.mark.parametrize("page", PAGES)
def test_no_command_goes_unchecked(page: str) -> None:
    known = {"nubank", "make", "python", "export"}
    assert {c for c in _commands(page) if c.split()[0] not in known} <= {"source .venv/bin/activate"}


@pytest.mark.parametrize("page", PAGES)
def test_settings_that_are_named_exist(page: str) -> None:
    settings = {f"NUBANK_{name.upper()}" for name in Settings.model_fields}
    assert set(re.findall(r"NUBANK_[A-Z_]+", _text(page))) <= settings | SECRETS
    exported = [command for command in _commands(page) if command.split()[0] == "export"]
    assert all(re.fullmatch(r"export NUBANK_[A-Z_]+=(\S+|\"[^\"]+\")", command) for command in exported)


def test_both_readmes_have_the_same_commands() -> None:
    assert _commands(READMES[0]) == _commands(READMES[1])


def test_both_readmes_name_the_same_settings_tables_and_pictures() -> None:
    for pattern in (r"NUBANK_[A-Z_]+", r"`([a-z]+(?:_[a-z]+)+)`", r"docs/images/\w+\.png"):
        english, portuguese = (re.findall(pattern, _text(page), re.MULTILINE) for page in READMES)
        assert set(english) == set(portuguese), pattern
    english, portuguese = (re.findall(r"^#+ ", _text(page), re.MULTILINE) for page in READMES)
    assert english == portuguese


def test_the_readme_begins_in_portuguese_and_leads_to_the_rest() -> None:
    title, paragraph = _text("README.md").split("\n\n")[:2]
    assert title == "# nubank_assets"
    assert paragraph.startswith("**Em português:**")
    assert "](README.pt-BR.md)" in paragraph


def test_the_first_block_is_for_ones_own_files() -> None:
    for page in READMES:
        assert _commands(page)[:4] == [
            "make install",
            "source .venv/bin/activate",
            "nubank import ~/Downloads",
            "nubank run --open",
        ]


@pytest.mark.parametrize("page", PAGES)
def test_links_lead_somewhere(page: str) -> None:
    for target, _ in _LINK.findall(_text(page)):
        if not target.startswith(("https://", "http://")):
            assert ((ROOT / page).parent / target).exists(), target


@pytest.mark.parametrize("page", PAGES)
def test_files_that_are_named_exist(page: str) -> None:
    """Paths such as `compute/step.py` are the package's or the project's."""
    for name in re.findall(r"`((?:\w+/)*[\w.]+\.(?:py|csv|sh|bat|lock|toml))`", _text(page)):
        places = [ROOT / name, ROOT / "nubank_assets" / name]
        assert any(place.exists() for place in places) or name in EXAMPLES, name


#: Names of files that stand for others.
EXAMPLES = {"name.csv"}


def test_the_home_is_where_the_readmes_say() -> None:
    home = Path(platformdirs.unix.Unix("nubank_assets", False).user_data_dir)
    said = f"`~/{home.relative_to(Path.home())}`"
    assert all(said in _text(page) for page in READMES)


def test_every_picture_is_small_and_shown() -> None:
    shown = "".join(_text(page) for page in PAGES)
    pictures = list((ROOT / "docs/images").iterdir())
    assert len(pictures) >= 3
    for picture in pictures:
        assert picture.stat().st_size < 200_000
        assert f"images/{picture.name}" in shown


def test_decisions_are_numbered_and_say_what_was_measured() -> None:
    decisions = sorted((ROOT / "docs/decisions").glob("*.md"))
    assert [int(path.name[:3]) for path in decisions] == list(range(1, len(decisions) + 1))
    for path in decisions:
        text = path.read_text(encoding="utf-8")
        assert text.startswith(f"# {int(path.name[:3])}. ")
        for part in ("Context", "Decision", "Consequences", "Measured"):
            assert f"**{part}" in text, f"{path.name}: {part}"
