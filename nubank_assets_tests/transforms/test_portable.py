"""Transforms and audits say nothing but what is proven to mean the same on every engine.

What a transform says is read from the plan that it makes, whatever the words of its code. The lists below are exactly
what is said: a new word fails here, and is proven by the tests that run every transform and audit on several engines
(``compute/test_cluster.py``, ``compute/test_spark35.py``, ``pipeline/test_engines.py``).
"""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest
import sqlglot
from sqlglot import exp

from nubank_assets import transforms
from nubank_assets.compute.audits import AUDITS
from nubank_assets.compute.frames import read_frame
from nubank_assets.domain.catalog import TABLES
from nubank_assets.domain.tables import ColumnType
from nubank_assets.transforms.steps import STEPS, Parameters

if TYPE_CHECKING:
    from pyspark.sql import SparkSession


def words(text: str) -> set[str]:
    return set(text.split())


FUNCTIONS: Final = words(
    "* + - / < <= == > >= abs add_months and array array_distinct array_join coalesce collect_set concat"
    " concat_ws count date_format date_sub datediff dayofmonth dayofweek dense_rank explode from_utc_timestamp"
    " greatest in isNotNull isNull lag last last_day lead least length lower lpad max max_by min min_by negative"
    " not nullif or regexp_extract regexp_replace rlike round row_number sequence sha2 sort_array split split_part"
    " startsWith substr substring sum timestamp_seconds to_date translate trim when"
)
RELATIONS: Final = words("aggregate deduplicate drop filter join project set_op sql with_columns with_columns_renamed")
EXPRESSIONS: Final = words("alias cast expression_string literal unresolved_attribute unresolved_function window")
#: In strings: what ``sqlglot`` calls it.
WORDS: Final = words(
    "And Boolean Coalesce Column EQ GT Identifier In Is LT Literal NEQ Not Null Or Paren StrPosition Substring"
)
AUDIT_FUNCTIONS: Final = words("And ArgMax Case Cast Coalesce ConcatWs Count If Max Min NullSafeNEQ Or Sum")
#: Beside those of tables: whole centavos, and how a number of them becomes reais.
TYPES: Final = {type_.value for type_ in ColumnType} | {"decimal(18,0)", "decimal(3,2)"}


@pytest.fixture(scope="module")
def said(session: "SparkSession") -> list[Any]:
    """Every message of the plan of every transform."""
    found: list[Any] = []
    for step in STEPS.values():
        frames = {frame: read_frame(session, TABLES[name], []) for frame, (name, _) in step.reads(None).items()}
        for name, transform in step.transforms().items():
            made: Any = transform(frames, Parameters(("Ana Lima",)))
            found += parts_of(made._plan.to_proto(made.sparkSession.client))
            frames[name] = read_frame(session, TABLES[name], [])
    return found


def parts_of(message: Any) -> Iterator[Any]:
    """A message of a plan and all within it."""
    yield message
    for field, value in message.ListFields():
        if field.message_type is None:
            continue
        if field.message_type.GetOptions().map_entry:
            value = [part for part in value.values() if hasattr(part, "ListFields")]  # noqa: PLW2901
        for part in [value] if hasattr(value, "ListFields") else value:
            yield from parts_of(part)


def named(said: list[Any], kind: str) -> list[Any]:
    return [message for message in said if message.DESCRIPTOR.name == kind]


def test_functions_are_those_that_are_proven(said: list[Any]) -> None:
    assert {message.function_name for message in named(said, "UnresolvedFunction")} == FUNCTIONS


def test_relations_and_expressions_are_plain_and_none_is_python(said: list[Any]) -> None:
    assert {message.WhichOneof("rel_type") for message in named(said, "Relation")} == RELATIONS
    assert {message.WhichOneof("expr_type") for message in named(said, "Expression")} == EXPRESSIONS
    assert not [message for message in said if "UserDefined" in message.DESCRIPTOR.name]


def test_joins_have_keys_and_windows_have_parts(said: list[Any]) -> None:
    joins = named(said, "Join")
    assert joins
    assert all(join.using_columns or join.HasField("join_condition") for join in joins)
    windows = named(said, "Window")
    assert windows
    assert all(window.partition_spec for window in windows)


def test_casts_are_to_declared_types(said: list[Any]) -> None:
    casts = {message.type_str for message in named(said, "Cast") if message.type_str}
    assert casts <= TYPES
    assert casts


def test_strings_say_no_more_than_conditions(said: list[Any]) -> None:
    strings = {message.expression for message in named(said, "ExpressionString")}
    assert {type(node).__name__ for text in strings for node in sqlglot.parse_one(text, read="spark").walk()} == WORDS


def test_audits_call_what_is_proven_and_have_no_windows() -> None:
    queries = [wrong.sql for audits in AUDITS.values() for audit in audits for wrong in audit.wrong]
    trees = [sqlglot.parse_one(query, read="duckdb") for query in queries]
    assert {type(node).__name__ for tree in trees for node in tree.find_all(exp.Func)} <= AUDIT_FUNCTIONS
    assert not [node for tree in trees for node in tree.find_all(exp.Window, exp.Limit)]
    assert all(join.args.get("on") for tree in trees for join in tree.find_all(exp.Join))


def test_every_module_loads_before_there_is_a_session() -> None:
    """As on a cluster: JVM Spark makes no column and no window then."""
    names = [f"nubank_assets.transforms.{path.stem}" for path in Path(transforms.__file__).parent.glob("*.py")]
    code = f"import importlib\nfor name in {names!r}: importlib.import_module(name)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
