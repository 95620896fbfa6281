"""Imports flow one way, few modules know Dagster, and loading the definitions loads nothing heavy."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "nubank_assets"
MODULES = {path.relative_to(PACKAGE).with_suffix("").as_posix(): path for path in sorted(PACKAGE.rglob("*.py"))}

#: What may know Dagster, at any place of the module.
KNOWS_DAGSTER = (
    "definitions",
    "deployments",
    "assets/",
    "lake/io_manager",
    "resources",
    "aws_resources",
    "sensors/",
    "jobs",
    "schedules",
    "partitions",
    "checks",
    "local_runs",
    "run_failures",
    "run_history",
    "dagster_storage",
    "athena_resource",
    "emr_resource",
    "emr_serverless_resource",
    "emr_pipes",
    "server_runs",
    "serverless/cluster",
    "serverless/materializing",
)
#: What each part may import of the others, wherever in the module.
MAY_IMPORT = {
    "domain": {"domain", "messages"},
    # Of aws only the clients, which know nothing of a lake.
    "lake": {"lake", "domain", "messages", "aws"},
    # Of google the spreadsheet that a person writes into; of merchants how names are compared.
    "sources": {"sources", "lake", "domain", "messages", "google", "merchants"},
    "transforms": {"transforms", "merchants", "domain"},
    "merchants": {"merchants", "domain"},
    "compute": {"compute", "transforms", "lake", "domain", "messages"},
    "aws": {"aws", "lake", "domain", "messages", "transforms"},
    # Of sources how the rows of a person's worksheets are read.
    "export": {"export", "lake", "domain", "messages", "sources", "google"},
    "dashboard": {"dashboard", "export", "lake", "domain", "messages"},
    # Of sources only the credentials.
    "google": {"google", "domain", "messages", "sources"},
    "notifications": {"notifications", "lake", "domain", "messages", "settings", "sources", "aws"},
    "scheduling": {
        "scheduling",
        "notifications",
        "domain",
        "messages",
        "settings",
        "sources",
        "credentials",
        "sensors",
    },
}
#: Too slow or too far away for everybody who only wants the definitions.
HEAVY = (
    "boto3",
    "gspread",
    "pynubank",
    "pyspark",
    "pandas",
    "pysail",
    "xlsxwriter",
    "jinja2",
    "duckdb",
    "sqlglot",
)


def imports(module: str, *, top_only: bool = False) -> Iterator[str]:
    """Dotted names a module imports; what is imported for type checkers only is left out."""
    tree = ast.parse(MODULES[module].read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            node.body = []
    nodes = tree.body if top_only else list(ast.walk(tree))
    for node in nodes:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{module}: relative import"
            yield node.module or ""


@pytest.mark.parametrize("module", MODULES)
def test_few_modules_know_dagster(module: str) -> None:
    knows = any(name.split(".")[0] == "dagster" for name in imports(module))
    assert not knows or module.startswith(KNOWS_DAGSTER)


@pytest.mark.parametrize("module", [module for module in MODULES if module.startswith("cli/")])
def test_the_command_line_starts_without_dagster_and_engines(module: str) -> None:
    roots = {name.split(".")[0] for name in imports(module, top_only=True)}
    assert not roots & {"dagster", "pyarrow", "numpy", *HEAVY}
    loaded = {name for name in imports(module, top_only=True) if name.startswith("nubank_assets.")}
    assert not any(name.removeprefix("nubank_assets.").replace(".", "/").startswith(KNOWS_DAGSTER) for name in loaded)


@pytest.mark.parametrize("module", [module for module in MODULES if module.split("/")[0] in MAY_IMPORT])
def test_imports_flow_one_way(module: str) -> None:
    own = {name.split(".")[1] for name in imports(module) if name.startswith("nubank_assets.")}
    assert own <= MAY_IMPORT[module.split("/", maxsplit=1)[0]]


def test_the_lake_knows_of_aws_only_the_clients_and_they_nothing_of_it() -> None:
    of_the_lake = {name for module in MODULES if module.startswith("lake/") for name in imports(module)}
    assert {name for name in of_the_lake if name.startswith("nubank_assets.aws")} == {"nubank_assets.aws.clients"}
    own = {name for name in imports("aws/clients") if name.startswith("nubank_assets.")}
    assert own == {"nubank_assets.domain.failures", "nubank_assets.messages"}


def test_google_knows_of_sources_only_the_secrets() -> None:
    of_google = {name for module in MODULES if module.startswith("google/") for name in imports(module)}
    assert {name for name in of_google if name.startswith("nubank_assets.sources")} == {
        "nubank_assets.sources.credentials"
    }


@pytest.mark.parametrize("module", [module for module in MODULES if module.startswith("transforms/")])
def test_transforms_do_no_input_or_output(module: str) -> None:
    roots = {name.split(".")[0] for name in imports(module)}
    assert not roots & {"pyarrow", "pandas", "dagster", "os", "pathlib", "duckdb", "boto3"}


def _loaded_by(statement: str) -> set[str]:
    code = f"import sys; {statement}; print(*{{name.split('.')[0] for name in sys.modules}})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_loading_the_definitions_loads_nothing_heavy() -> None:
    assert not _loaded_by("import nubank_assets.definitions") & set(HEAVY)


def test_the_command_line_loads_neither_dagster_nor_arrow() -> None:
    assert not _loaded_by("import nubank_assets.cli.main") & {"dagster", "pyarrow", *HEAVY}
