"""The transforms keep to what means the same on every engine."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from nubank_assets.domain.tables import ColumnType
from nubank_assets.transforms import rules

FOLDER = Path(rules.__file__).parents[1]
MODULES = sorted(FOLDER.glob("**/*.py"))
RULES = sorted(FOLDER.glob("rules/*.csv"))

#: Engines read these differently on text that is not ASCII, or do not know them.
PATTERNS = {
    r"\\[dDwWsSbBpP]": "an escape for a class of characters",
    r"\[:[a-z]+:\]": "a POSIX class",
    r"\(\?[=!<]": "a look-around",
    r"\(\?[imsux-]+[):]": "a flag inside a pattern",
    r"[*+?}]\+": "a possessive quantifier",
}
NAMES = {
    "rdd": "no RDDs on Spark Connect",
    "_jvm": "no JVM on Sail",
    "_jsc": "no JVM on Sail",
    "input_file_name": "differs between engines",
    "percentile_approx": "differs between engines",
    "createDataFrame": "starts Python workers on the JVM",
    "udf": "slow, and Python on the cluster",
    "pandas_udf": "slow, and Python on the cluster",
    "current_date": "a transform knows no clock",
    "current_timestamp": "a transform knows no clock",
    "monotonically_increasing_id": "differs between runs",
    "rand": "differs between runs",
    "FloatType": "money is never a float",
    "DoubleType": "money is never a float",
    "initcap": "differs between engines",
}
FLOATS = re.compile(r"\b(float|double|real)\b", re.IGNORECASE)


def texts(path: Path) -> Iterator[str]:
    """The strings of a module that are not documentation, the constant parts of f-strings included."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    documentation = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.FunctionDef | ast.ClassDef) and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documentation:
            yield node.value


def names(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Attribute):
            yield node.attr
        elif isinstance(node, ast.Name):
            yield node.id
        elif isinstance(node, ast.ImportFrom):
            yield from (alias.name for alias in node.names)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.name)
def test_a_module_keeps_to_the_dialect(path: Path) -> None:
    for text in texts(path):
        for pattern, why in PATTERNS.items():
            assert not re.search(pattern, text), f"{text!r}: {why}"
        assert not FLOATS.search(text), f"{text!r}: money is never a float"
        for name, why in NAMES.items():
            assert not re.search(rf"\b{name} *\(", text), f"{text!r}: {why}"
    for name in names(path):
        assert name not in NAMES, f"{name}: {NAMES.get(name)}"


@pytest.mark.parametrize("path", RULES, ids=lambda path: path.name)
def test_rules_are_matched_alike_by_every_engine(path: Path) -> None:
    patterns = {rule.pattern for rule in rules.kind_rules()}
    assert "pattern" in path.read_text(encoding="utf-8").splitlines()[0].split(",")
    for text in (*path.read_text(encoding="utf-8").splitlines(), *patterns):
        for pattern, why in PATTERNS.items():
            assert not re.search(pattern, text), f"{text!r}: {why}"
    for compiled in patterns:
        re.compile(compiled)
        assert compiled.isascii()
        assert compiled == compiled.lower()


def test_the_types_of_tables_have_no_float() -> None:
    assert not any(FLOATS.search(type_.value) for type_ in ColumnType)


def test_the_lint_sees_what_it_should(tmp_path: Path) -> None:
    bad = tmp_path / "bad.py"
    bad.write_text('"""A \\\\d in words is fine."""\nx = F.col("a").rlike(r"\\d+")\ny = df.rdd\n')
    assert set(texts(bad)) == {"a", r"\d+"}
    assert "rdd" in set(names(bad))
