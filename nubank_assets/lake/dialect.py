"""Athena's SQL: which statements only read, and the same statement for DuckDB with the same rows.

A statement is parsed as Athena's, its tables and columns are held against the declarations, and what is not known
to mean the same on DuckDB is refused with a sentence, never run for other rows. sqlglot does the parsing and most of
the translation; where it is not exact, ``dialect_fixes.py`` is.
"""

import logging
import re
from collections.abc import Iterator
from difflib import get_close_matches
from typing import Final

import sqlglot
from sqlglot import exp
from sqlglot.dialects import Trino
from sqlglot.errors import OptimizeError, ParseError, SqlglotError, TokenError, UnsupportedError
from sqlglot.optimizer.annotate_types import annotate_types
from sqlglot.optimizer.qualify import qualify
from sqlglot.tokenizer_core import Token, TokenType

from nubank_assets.domain.catalog import TABLES
from nubank_assets.domain.failures import InputError
from nubank_assets.lake.dialect_fixes import fix
from nubank_assets.lake.dialect_rules import check_functions, check_types
from nubank_assets.lake.dialect_types import metadata, schema
from nubank_assets.lake.views import VIEWS, View
from nubank_assets.messages import message

#: The DuckDB schema whose tables have Athena's types: moments are in UTC and carry no zone.
SCHEMA: Final = "athena"
_QUERIES: Final = frozenset({"SELECT", "WITH"})
_LISTS: Final = frozenset({"SHOW", "DESCRIBE", "DESC"})
#: What stands for a column without a name until its place is known.
_NAMELESS: Final = "_nameless_"
_UNRESOLVED: Final = re.compile(
    r"Column '([^']+)' could not be resolved(?: for table: '([^']+)')?|Unknown column: ([^\s.]+)"
)
_WRITES: Final = (exp.DDL, exp.DML, exp.Into, exp.Command)
_SHOW_TABLES: Final = (
    "select table_name as tab_name from information_schema.tables where table_schema = 'athena' order by 1"
)

# sqlglot says what it does not know on standard error; here that is an error or nothing.
logging.getLogger("sqlglot").setLevel(logging.CRITICAL)


def check_reads(sql: str) -> None:
    """Raise InputError unless it is one statement that only reads."""
    if _first_word(_tokens(sql)) in _QUERIES:
        _parse(sql)


def view_for_duckdb(view: View) -> str:
    """A view's query for DuckDB. Only the declared ones: their test compares the rows."""
    return sqlglot.transpile(view.sql, read="athena", write="duckdb")[0]


def translate(sql: str, database: str) -> str:
    """The statement for DuckDB with the same rows; raises InputError for one that is wrong or cannot be proven."""
    tokens = _tokens(sql)
    if _first_word(tokens) in _LISTS:
        return _translate_list(tokens, database)
    tree = _parse(sql)
    _check_tables(tree, database)
    check_functions(tree)
    tree = _resolved(tree)
    annotate_types(tree, schema=schema(), expression_metadata=metadata(), dialect="athena")
    check_types(tree)
    fix(tree)
    _place_tables(tree)
    try:
        return tree.sql("duckdb", identify=True, unsupported_level=sqlglot.ErrorLevel.RAISE)
    except UnsupportedError as error:
        raise InputError(message("athena_function_untranslated", name=str(error))) from None


def _tokens(sql: str) -> list[Token]:
    """The words of exactly one statement that begins as one that only reads."""
    try:
        tokens: list[Token] = Trino().tokenize(sql)
    except TokenError:
        raise InputError(message("athena_not_sql", near=sql.strip()[:20], line=1, column=1)) from None
    while tokens and tokens[-1].token_type is TokenType.SEMICOLON:
        tokens.pop()
    ends = sum(token.token_type is TokenType.SEMICOLON for token in tokens)
    if ends or not tokens:
        raise InputError(message("athena_one_statement", count=ends + 1 if tokens else 0))
    if _first_word(tokens) not in _QUERIES | _LISTS:
        raise InputError(message("athena_read_only", found=_first_word(tokens)))
    wrong = next((token for token in tokens if token.token_type is TokenType.DCOLON), None)
    if wrong is not None:
        raise InputError(message("athena_not_sql", near="::", line=wrong.line, column=wrong.col))
    return tokens


def _first_word(tokens: list[Token]) -> str:
    return next((token.text.upper() for token in tokens if token.text != "("), "(")


def _parse(sql: str) -> exp.Query:
    try:
        tree = sqlglot.parse_one(sql, read="athena")
    except ParseError as error:
        first = error.errors[0] if error.errors else {}
        near = first.get("highlight") or sql.strip()[:20]
        place = {"line": first.get("line") or 1, "column": first.get("col") or 1}
        raise InputError(message("athena_not_sql", near=near, **place)) from None
    writing = next(tree.find_all(*_WRITES), None) if isinstance(tree, exp.Query) else tree
    if writing is not None or not isinstance(tree, exp.Query):
        raise InputError(message("athena_read_only", found=type(writing).__name__.upper()))
    return tree


def _translate_list(tokens: list[Token], database: str) -> str:
    words = " ".join(token.text.lower() for token in tokens).split()
    if words in (["show", "tables"], ["show", "tables", "in", database]):
        return _SHOW_TABLES
    if words[0] != "show" and len(words) in (2, 4) and words[2:3] in ([], ["."]):
        return f'describe {SCHEMA}."{_known(words[-1])}"'
    raise InputError(message("athena_function_untranslated", name=" ".join(words).upper()))


def _names() -> list[str]:
    return [*TABLES, *VIEWS]


def _known(name: str) -> str:
    if name not in _names():
        raise InputError(message("athena_unknown_table", name=name, nearest=_nearest(name, _names())))
    return name


def _nearest(name: str, names: list[str]) -> str:
    longer = [known for known in names if known.startswith(name.lower())]
    found = longer or get_close_matches(name.lower(), names, n=1, cutoff=0.5)
    return message("athena_nearest", name=found[0]) if found else ""


def _real_tables(tree: exp.Expr) -> Iterator[exp.Table]:
    """The tables a statement reads that are not names of its own WITH."""
    own = {cte.alias.lower() for cte in tree.find_all(exp.CTE)}
    return (table for table in tree.find_all(exp.Table) if table.db or table.name.lower() not in own)


def _check_tables(tree: exp.Expr, database: str) -> None:
    for table in _real_tables(tree):
        if not isinstance(table.this, exp.Identifier):
            raise InputError(message("athena_function_untranslated", name=table.sql("athena")))
        if table.db.lower() not in ("", database) or table.catalog.lower() not in ("", "awsdatacatalog"):
            raise InputError(message("athena_unknown_table", name=table.sql("athena"), nearest=""))
        _known(table.name.lower())
        table.set("db", None)
        table.set("catalog", None)


def _resolved(tree: exp.Query) -> exp.Query:
    """Every column with its table and every star written out, with Athena's names for columns without one."""
    columns = sorted({column for table in _real_tables(tree) for column in schema().column_names(table.name.lower())})
    _name_the_nameless(tree)
    try:
        resolved = qualify(
            tree, schema=schema(), dialect="athena", expand_alias_refs=False, quote_identifiers=False, identify=False
        )
    except OptimizeError as error:
        raise _unresolved(error, columns) from None
    except SqlglotError as error:
        raise InputError(message("athena_not_resolved", reason=_first_line(error))) from None
    _number_the_nameless(resolved)
    return resolved


def _name_the_nameless(tree: exp.Query) -> None:
    for number, node in enumerate(
        column
        for select in tree.find_all(exp.Select)
        for column in select.expressions
        if not isinstance(column, (exp.Alias, exp.Column, exp.Star))
    ):
        node.replace(exp.alias_(node.copy(), f"{_NAMELESS}{number}"))


def _number_the_nameless(tree: exp.Query) -> None:
    """Athena calls a column without a name by its place, from `_col0`."""
    names = {
        column.alias: f"_col{place}"
        for select in tree.find_all(exp.Select)
        for place, column in enumerate(select.expressions)
        if column.alias.startswith(_NAMELESS) and column.alias != column.this.name
    }
    for name in tree.find_all(exp.Identifier):
        name.set("this", names.get(name.name, name.name))


def _unresolved(error: OptimizeError, columns: list[str]) -> InputError:
    found = _UNRESOLVED.search(str(error))
    if found is None:
        return InputError(message("athena_not_resolved", reason=_first_line(error)))
    plain = found[1] or found[3]
    name = f"{found[2]}.{plain}" if found[2] else plain
    nearest = "" if plain in columns else _nearest(plain, columns)
    return InputError(message("athena_unknown_column", name=name, nearest=nearest))


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0].rstrip(".")


def _place_tables(tree: exp.Query) -> None:
    for table in list(_real_tables(tree)):
        table.set("db", exp.to_identifier(SCHEMA))
