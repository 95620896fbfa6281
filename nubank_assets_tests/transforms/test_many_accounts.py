"""The transforms stay spread over a cluster: no window takes all accounts together, and no rows come to one place."""

import ast
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pytest

from nubank_assets.transforms import rules

MODULES = sorted(Path(rules.__file__).parents[1].glob("*.py"))
#: What has no more rows than an account, a document, a plan or a transaction; `equal` is the hash of a line of a
#: document, and lines that may be linked are in a `_group` of one account, or of one amount.
BELOW_AN_ACCOUNT = {
    "account",
    "document",
    "own_id",
    "equal",
    "plan_id",
    "transaction_id",
    "{which}_transaction_id",
    "_group",
    "group",
}
#: What brings rows to the driver, or to one task.
GATHERS = {"collect", "toPandas", "toArrow", "toLocalIterator", "take", "head", "tail", "repartition"}
#: The one way of rows to where a step runs.
GATHERED = {"gathering.py": {"collect"}}
#: Who goes it: names are few where lines are many, and what a person says is few, too. Never lines.
GATHERERS = {"merchants.py", "learning.py", "corrections.py", "categorization.py"}


def calls(tree: ast.AST) -> Iterator[tuple[str, ast.Call]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            yield node.func.attr, node


def windows(tree: ast.AST) -> list[set[str]]:
    """The columns and variables by which each window of a module is parted."""
    lists = {
        target.id: node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign | ast.AnnAssign)
        for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
        if isinstance(target, ast.Name) and isinstance(node.value, ast.List | ast.Tuple)
    }
    return [
        set(names(call.args, lists))
        for name, call in calls(tree)
        if name == "partitionBy" or (name == "orderBy" and ast.unparse(call.func) == "Window.orderBy")
    ]


def names(parts: Sequence[ast.expr], lists: Mapping[str, ast.List | ast.Tuple]) -> Iterator[str]:
    """What is named, also by the lists of names of the module."""
    for part in parts:
        if isinstance(part, ast.Starred) and (within := lists.get(ast.unparse(part.value))):
            yield from names(within.elts, lists)
        else:
            yield ast.unparse(part).removeprefix("f").strip("'\"")


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.name)
def test_no_window_takes_accounts_together_and_no_rows_are_gathered(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert all(keys & BELOW_AN_ACCOUNT for keys in windows(tree)), windows(tree)
    assert {name for name, _ in calls(tree)} & GATHERS == GATHERED.get(path.name, set())


def test_only_names_and_what_a_person_says_are_gathered() -> None:
    trees = {path.name: ast.parse(path.read_text(encoding="utf-8")) for path in MODULES}
    imported = {
        name
        for name, tree in trees.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and "collect_texts" in {alias.name for alias in node.names}
    }
    assert imported == GATHERERS


def test_the_look_sees_what_it_should() -> None:
    told = ['A = ("month", "kind")', "a = Window.partitionBy(*A)", 'b = Window.orderBy("date")', "c = rows.collect()"]
    tree = ast.parse("\n".join(told))
    assert windows(tree) == [{"month", "kind"}, {"date"}]
    assert {name for name, _ in calls(tree)} & GATHERS == {"collect"}
