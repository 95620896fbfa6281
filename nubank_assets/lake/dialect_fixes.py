"""Rewrites that make DuckDB give Athena's rows where a plain translation gives others.

Each has a test with the value that Trino's documentation says. What has no rewrite is refused in ``dialect.py``.
"""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, Final

from sqlglot import exp

from nubank_assets.domain.failures import InputError
from nubank_assets.lake.dialect_types import decimal, is_float, is_integer, scale_of
from nubank_assets.messages import message

#: What DuckDB lacks: a quotient of whole numbers rounded half up, away from zero, and no NULL for a division by zero.
MACROS: Final = (
    """create macro athena_divisor(n, d) as
    case when n is not null and d = 0 then error('Division by zero') else d end""",
    """create macro athena_half_up(n, d) as
    sign(n) * sign(d) * ((2 * abs(n) + abs(d)) // (2 * abs(athena_divisor(n, d))))""",
    "create macro athena_whole(n, d) as n // athena_divisor(n, d)",
)
_DAY_OF_WEEK: Final = ("DOW", "DAY_OF_WEEK", "DAYOFWEEK")


def fix(tree: exp.Query) -> exp.Query:
    """The tree with every rewrite, from the leaves up; raises InputError where the type that decides is not known."""
    for node in list(tree.walk(bfs=False))[::-1]:
        rewrite = _REWRITES.get(type(node))
        if rewrite is not None:
            new = rewrite(node)
            if new is not node:
                new.type = node.type
                node.replace(new)
    return tree


def _divide(node: exp.Div) -> exp.Expr:
    left, right = node.left, node.right
    if is_float(left.type) or is_float(right.type):
        return exp.Div(this=exp.cast(left.copy(), "double"), expression=exp.cast(right.copy(), "double"))
    if is_integer(left.type) and is_integer(right.type):
        return _call("athena_whole", left.copy(), right.copy())
    scales = scale_of(left.type), scale_of(right.type)
    if scales[0] is None or scales[1] is None:
        raise InputError(message("athena_type_unknown", part=node.sql("athena")))
    return quotient(left.copy(), right.copy(), scales[0], scales[1])


def quotient(left: exp.Expr, right: exp.Expr, left_scale: int, right_scale: int) -> exp.Expr:
    """The quotient of two decimals as Athena has it: exact, at the larger scale, half up."""
    scale = max(left_scale, right_scale)
    whole = _call(
        "athena_half_up",
        _units(left, left_scale, scale + right_scale - left_scale),
        _units(right, right_scale, 0),
    )
    # From whole units back to a decimal; a product of decimals is exact where a division would be a double.
    unit = exp.cast(exp.Literal.string(f"{Decimal(1).scaleb(-scale):f}"), f"decimal({scale or 1}, {scale})")
    return exp.Paren(this=exp.Mul(this=exp.cast(whole, f"decimal({38 - (scale or 1)}, 0)"), expression=unit))


def _units(value: exp.Expr, scale: int, more: int) -> exp.Expr:
    """A decimal of a scale as a whole number of its units, with so many digits more."""
    exact = exp.cast(value, decimal(scale))
    factor = exp.cast(exp.Literal.number(10 ** (scale + more)), "decimal(38, 0)") if scale + more else None
    return exp.cast(exp.Mul(this=exact, expression=factor) if factor else exact, "int128")


def _average(node: exp.Avg) -> exp.Expr:
    """Of decimals, the sum over the count; whatever stands around it (a window, a filter) goes around both."""
    argument = node.this.expressions[0] if isinstance(node.this, exp.Distinct) else node.this
    scale = scale_of(argument.type)
    if is_integer(argument.type) or is_float(argument.type):
        return node
    if scale is None:
        raise InputError(message("athena_type_unknown", part=node.sql("athena")))
    outer: exp.Expr = node
    while isinstance(outer.parent, (exp.Filter, exp.Window)) and outer.arg_key == "this":
        outer = outer.parent
    parts = [
        _around(outer, node, exp.Sum),
        exp.Nullif(this=_around(outer, node, exp.Count), expression=exp.Literal.number(0)),
    ]
    new = quotient(parts[0], parts[1], scale, 0)
    new.type = node.type
    outer.replace(new)
    return node


def _around(outer: exp.Expr, inner: exp.Avg, kind: type[exp.Expr]) -> exp.Expr:
    """A copy of the outer expression with another aggregate in the place of the inner one."""
    aggregate = kind(this=inner.this.copy())
    if outer is inner:
        return aggregate
    copied = outer.copy()
    place = next(copied.find_all(exp.Avg))
    place.replace(aggregate)
    return copied


def _call(name: str, *arguments: exp.Expr) -> exp.Anonymous:
    """A function of DuckDB's, as it is called there."""
    return exp.Anonymous(this=name, expressions=list(arguments))


def _as_date(node: exp.Expr) -> exp.Expr:
    """DuckDB makes a timestamp of a date that is moved or cut; Athena leaves it a date."""
    return exp.cast(node.copy(), "date") if node.type and node.type.is_type("date") else node


def _moved(node: exp.Expr) -> exp.Expr:
    if isinstance(node, (exp.Add, exp.Sub)) and not any(
        isinstance(side, exp.Interval) for side in (node.left, node.right)
    ):
        return node
    return _as_date(node)


def _difference(node: exp.DateDiff) -> exp.Expr:
    """Athena counts whole units between two moments; DuckDB's date_diff counts how often a unit begins."""
    unit = exp.Literal.string(node.text("unit").lower() or "day")
    return _call("date_sub", unit, node.expression.copy(), node.this.copy())


def _extract(node: exp.Extract) -> exp.Expr:
    """Athena's week begins on Monday, with 1."""
    return _call("isodow", node.expression.copy()) if node.name.upper() in _DAY_OF_WEEK else node


def _arg_max(name: str) -> Callable[[exp.Expr], exp.Expr]:
    """DuckDB's arg_max passes over rows whose value is NULL; Athena answers the NULL."""
    return lambda node: _call(name, node.this.copy(), node.expression.copy())


_REWRITES: Final[Mapping[type[exp.Expr], Callable[[Any], exp.Expr]]] = {
    exp.Div: _divide,
    exp.Avg: _average,
    **dict.fromkeys((exp.TimestampTrunc, exp.DateTrunc), _as_date),
    **dict.fromkeys((exp.DateAdd, exp.Add, exp.Sub), _moved),
    exp.DateDiff: _difference,
    exp.Extract: _extract,
    exp.ArgMax: _arg_max("arg_max_null"),
    exp.ArgMin: _arg_max("arg_min_null"),
    exp.ApproxDistinct: lambda node: exp.Count(this=exp.Distinct(expressions=[node.this.copy()])),
    exp.SplitPart: lambda node: _call(
        "list_extract",
        _call("str_split", node.this.copy(), node.args["delimiter"].copy()),
        node.args["part_index"].copy(),
    ),
}
