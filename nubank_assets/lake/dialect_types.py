"""Types of expressions as Trino (Athena) gives them, where sqlglot's own opinion is another or less exact.

Athena's decimals keep their scale through sums, averages and divisions, and round to it; so the scale must be known.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

from sqlglot import exp
from sqlglot.dialects import Athena
from sqlglot.schema import MappingSchema

from nubank_assets.domain.catalog import TABLES
from nubank_assets.domain.tables import Column, ColumnType
from nubank_assets.lake.views import VIEWS

UNKNOWN: Final = exp.DataType.build("unknown")
_INTEGERS: Final = exp.DataType.INTEGER_TYPES
_FLOATS: Final = exp.DataType.FLOAT_TYPES
_WIDEST: Final = 38


def family(type_: exp.DataType | None) -> str | None:
    """Which types Athena compares with each other: varchar, number, date, boolean; None when it is not known."""
    if type_ is None:
        return None
    if type_.is_type(*exp.DataType.TEXT_TYPES):
        return "varchar"
    if type_.is_type(*exp.DataType.NUMERIC_TYPES):
        return "number"
    if type_.is_type(*exp.DataType.TEMPORAL_TYPES):
        return "date"
    return "boolean" if type_.is_type("boolean") else None


def is_integer(type_: exp.DataType | None) -> bool:
    """Whether it is a whole number."""
    return type_ is not None and type_.this in _INTEGERS


def is_float(type_: exp.DataType | None) -> bool:
    """Whether it is real or double, with which everything is inexact."""
    return type_ is not None and type_.this in _FLOATS


def scale_of(type_: exp.DataType | None) -> int | None:
    """Digits behind the point; None when the type has none or is not known."""
    if is_integer(type_):
        return 0
    if type_ is None or not type_.is_type(exp.DType.DECIMAL) or len(type_.expressions) < 2:
        return None
    return int(type_.expressions[1].this.name)


def decimal(scale: int) -> exp.DataType:
    """The widest decimal of a scale."""
    return exp.DataType.build(f"decimal({_WIDEST}, {scale})")


def common(types: list[exp.DataType | None]) -> exp.DataType:
    """The type that all of these become; NULL becomes any."""
    known = [type_ for type_ in types if type_ is None or not type_.is_type(exp.DType.NULL)]
    if not known or any(type_ is None or type_.is_type(exp.DType.UNKNOWN) for type_ in known):
        return UNKNOWN
    found = [type_ for type_ in known if type_ is not None]
    if any(is_float(type_) for type_ in found):
        return exp.DataType.build("double")
    scales = [scale_of(type_) for type_ in found]
    if not any(type_.is_type(exp.DType.DECIMAL) for type_ in found):
        return found[0]
    exact = [scale for scale in scales if scale is not None]
    return decimal(max(exact)) if len(exact) == len(scales) else UNKNOWN


def _add_or_multiply(of_scales: Callable[[int, int], int]) -> Callable[[exp.Binary], exp.DataType | None]:
    def type_of(node: exp.Binary) -> exp.DataType | None:
        left, right = scale_of(node.left.type), scale_of(node.right.type)
        if is_float(node.left.type) or is_float(node.right.type):
            return exp.DataType.build("double")
        if left is None or right is None or (is_integer(node.left.type) and is_integer(node.right.type)):
            return None
        return decimal(of_scales(left, right))

    return type_of


def _same(node: exp.Expr) -> exp.DataType | None:
    scale = None if is_integer(node.this.type) else scale_of(node.this.type)
    return None if scale is None else decimal(scale)


def _literal(node: exp.Literal) -> exp.DataType | None:
    if node.is_string or "e" in node.name.lower() or "." not in node.name:
        return None
    return decimal(len(node.name.partition(".")[2]))


def _branches(node: exp.Expr) -> exp.DataType:
    ifs = node.args.get("ifs") or [node]
    branches = [branch.args["true"].type for branch in ifs]
    default = node.args.get("default") if isinstance(node, exp.Case) else node.args.get("false")
    return common([*branches, *([default.type] if default else [])])


_TYPES: Final[Mapping[type[exp.Expr], Callable[[Any], exp.DataType | None]]] = {
    exp.Literal: _literal,
    **dict.fromkeys((exp.Add, exp.Sub, exp.Mod, exp.Div), _add_or_multiply(max)),
    exp.Mul: _add_or_multiply(lambda left, right: left + right),
    **dict.fromkeys((exp.Sum, exp.Avg, exp.Round, exp.Abs, exp.Neg, exp.Paren), _same),
    exp.Nullif: _same,
    exp.Coalesce: lambda node: common([node.this.type, *(other.type for other in node.expressions)]),
    exp.Greatest: lambda node: common([node.this.type, *(other.type for other in node.expressions)]),
    exp.Least: lambda node: common([node.this.type, *(other.type for other in node.expressions)]),
    **dict.fromkeys((exp.Case, exp.If), _branches),
    **dict.fromkeys((exp.TimestampTrunc, exp.DateTrunc), lambda node: node.this.type),
}


def _annotator(
    ours: Callable[[Any], exp.DataType | None], theirs: Mapping[str, Any]
) -> Callable[[Any, exp.Expr], exp.Expr]:
    def annotate(annotator: Any, node: exp.Expr) -> exp.Expr:
        found = ours(node)
        if found is not None:
            annotator._set_type(node, found)
        elif "annotator" in theirs:
            theirs["annotator"](annotator, node)
        else:
            annotator._set_type(node, theirs.get("returns", exp.DType.UNKNOWN))
        return node

    return annotate


def metadata() -> dict[Any, Any]:
    """How to type each kind of expression: sqlglot's way for Athena, with ours where it matters."""
    theirs: dict[Any, Any] = dict(Athena.EXPRESSION_METADATA)
    return {**theirs, **{kind: {"annotator": _annotator(ours, theirs.get(kind, {}))} for kind, ours in _TYPES.items()}}


def schema() -> MappingSchema:
    """Every declared table and view, in Athena's types."""
    declared: dict[str, tuple[Column, ...]] = {table.name: table.columns for table in TABLES.values()}
    declared |= {view.name: view.columns for view in VIEWS.values()}
    types = {ColumnType.STRING: "varchar", ColumnType.INTEGER: "integer"}
    return MappingSchema(
        {
            name: {column.name.lower(): types.get(column.type, column.type.value) for column in columns}
            for name, columns in declared.items()
        },
        dialect="athena",
    )
