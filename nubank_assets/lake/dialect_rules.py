"""What of Athena's SQL is known to mean the same on DuckDB, after ``dialect_fixes.py``; anything else is refused.

A function is here when a test has its value as Trino's documentation gives it. Rules only; no rewriting.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from sqlglot import exp

from nubank_assets.domain.failures import InputError
from nubank_assets.lake.dialect_types import family, is_float, is_integer, scale_of
from nubank_assets.messages import message

_AGGREGATES: Final = (
    exp.AnyValue, exp.ApproxDistinct, exp.ArgMax, exp.ArgMin, exp.ArrayAgg, exp.Avg, exp.Count, exp.CountIf,
    exp.GroupConcat, exp.Grouping, exp.LogicalAnd, exp.LogicalOr, exp.Max, exp.Min, exp.Stddev, exp.StddevPop,
    exp.StddevSamp, exp.Sum, exp.Variance, exp.VariancePop,
)  # fmt: skip
_WINDOWS: Final = (
    exp.CumeDist, exp.DenseRank, exp.FirstValue, exp.Lag, exp.LastValue, exp.Lead, exp.NthValue, exp.Ntile,
    exp.PercentRank, exp.Rank, exp.RowNumber,
)  # fmt: skip
_CONDITIONS: Final = (
    exp.And, exp.Case, exp.Cast, exp.Coalesce, exp.Exists, exp.Greatest, exp.If, exp.Least, exp.Nullif, exp.Or,
    exp.TryCast,
)  # fmt: skip
_NUMBERS: Final = (exp.Abs, exp.Ceil, exp.Exp, exp.Floor, exp.Ln, exp.Pow, exp.Round, exp.Sign, exp.Sqrt)
_TEXTS: Final = (
    exp.ArrayToString, exp.Concat, exp.Length, exp.Lower, exp.Pad, exp.RegexpLike, exp.Replace, exp.Reverse,
    exp.Split, exp.SplitPart, exp.StartsWith, exp.StrPosition, exp.Substring, exp.Trim, exp.Upper,
)  # fmt: skip
_DATES: Final = (
    exp.CurrentDate, exp.Date, exp.DateAdd, exp.DateDiff, exp.DateTrunc, exp.Day, exp.DayOfMonth, exp.DayOfWeekIso,
    exp.DayOfYear, exp.Extract, exp.FromISO8601Date, exp.Hour, exp.LastDay, exp.Minute, exp.Month, exp.Quarter,
    exp.Second, exp.StrToTime, exp.TimeToStr, exp.TimestampTrunc, exp.WeekOfYear, exp.Year, exp.YearOfWeek,
)  # fmt: skip
_FUNCTIONS: Final = frozenset((*_AGGREGATES, *_WINDOWS, *_CONDITIONS, *_NUMBERS, *_TEXTS, *_DATES))
#: Parts of a statement that Athena lacks, or reads otherwise, or that nobody has compared.
_FOREIGN: Final = (
    exp.AtTimeZone, exp.Bracket, exp.Fetch, exp.ILike, exp.Lambda, exp.Lateral, exp.MatchRecognize, exp.Parameter,
    exp.Pivot, exp.Placeholder, exp.Qualify, exp.SimilarTo, exp.TableSample, exp.Unnest,
)  # fmt: skip
_FORMATS: Final = frozenset("YmdHMSy%-/: .")
_DATE_UNITS: Final = frozenset({"DAY", "WEEK", "MONTH", "QUARTER", "YEAR"})
_UNITS: Final = _DATE_UNITS | {"HOUR", "MINUTE", "SECOND"}
_PARTS: Final = _UNITS | {"DOW", "DAY_OF_WEEK", "DAYOFWEEK", "DOY", "DAYOFYEAR"}
_COMPARED: Final = (
    exp.DPipe, exp.EQ, exp.GT, exp.GTE, exp.LT, exp.LTE, exp.Like, exp.NEQ, exp.NullSafeEQ, exp.NullSafeNEQ,
)  # fmt: skip


def check_functions(tree: exp.Expr) -> None:
    """Raise InputError for the first part that is not known to mean the same."""
    for node in tree.walk():
        is_known = not isinstance(node, exp.Func) or type(node) in _FUNCTIONS
        if not is_known or isinstance(node, _FOREIGN) or not _is_proven(node):
            raise InputError(message("athena_function_untranslated", name=_name(node)))


def check_types(tree: exp.Expr) -> None:
    """Raise InputError where Athena would refuse to combine types, or where the rows depend on the engine."""
    for node in tree.walk():
        if not _is_typing_proven(node):
            raise InputError(message("athena_function_untranslated", name=_name(node)))
        for left, right in _compared(node):
            families = family(left.type), family(right.type)
            if None not in families and families[0] != families[1]:
                raise InputError(
                    message("athena_types_differ", left=families[0], right=families[1], part=node.sql("athena"))
                )


def _is_typing_proven(node: exp.Expr) -> bool:
    if isinstance(node, exp.Cast):
        return _is_cast_proven(node)
    if isinstance(node, exp.Sub):
        return not family(node.left.type) == family(node.right.type) == "date"
    if isinstance(node, exp.DateAdd):
        return node.text("unit").upper() in _DATE_UNITS or not (node.this.type and node.this.type.is_type("date"))
    if isinstance(node, exp.SetOperation):
        # sqlglot takes the left side's scale for both; a division further out would round to it.
        scales = [[scale_of(column.type) for column in side.selects] for side in (node.left, node.right)]
        return scales[0] == scales[1]
    return True


def _compared(node: exp.Expr) -> Iterator[tuple[exp.Expr, exp.Expr]]:
    if isinstance(node, _COMPARED):
        yield node.this, node.expression
    elif isinstance(node, exp.Between):
        yield from ((node.this, node.args[side]) for side in ("low", "high"))
    elif isinstance(node, exp.In):
        yield from ((node.this, value) for value in node.expressions)


def _is_proven(node: exp.Expr) -> bool:
    """Whether the arguments are among those that mean the same."""
    proof = _PROOFS.get(type(node))
    return proof is None or proof(node)


def _is_pattern_proven(node: exp.TimeToStr | exp.StrToTime) -> bool:
    pattern = node.args["format"]
    return isinstance(pattern, exp.Literal) and set(pattern.name) <= _FORMATS


def _starts_at_a_place(node: exp.Substring) -> bool:
    start = node.args.get("start")
    return isinstance(start, exp.Literal) and start.name.isdigit() and int(start.name) > 0


def _has_no(argument: str) -> Callable[[exp.Expr], bool]:
    return lambda node: not node.args.get(argument)


_PROOFS: Final[Mapping[type[exp.Expr], Callable[[Any], bool]]] = {
    exp.Star: lambda node: not any(node.args.values()),
    exp.Distinct: lambda node: node.args.get("on") is None,
    exp.Substring: _starts_at_a_place,
    **dict.fromkeys((exp.TimeToStr, exp.StrToTime), _is_pattern_proven),
    **dict.fromkeys(
        (exp.DateAdd, exp.DateDiff, exp.DateTrunc, exp.TimestampTrunc), lambda node: node.text("unit").upper() in _UNITS
    ),
    exp.Extract: lambda node: node.name.upper() in _PARTS,
    exp.StrPosition: _has_no("position"),
    exp.Split: _has_no("limit"),
    exp.ArrayToString: _has_no("null"),
    exp.Trim: _has_no("expression"),
    exp.ApproxDistinct: _has_no("accuracy"),
    **dict.fromkeys((exp.ArgMax, exp.ArgMin), _has_no("count")),
    **dict.fromkeys((exp.Max, exp.Min), _has_no("expressions")),
}


def _is_cast_proven(node: exp.Cast) -> bool:
    """Whether texts of numbers and roundings to whole numbers are the same."""
    source, target = node.this.type, node.to
    if isinstance(node.this, exp.Null):
        return True
    if family(target) == "varchar":
        is_text = family(source) == "varchar" or is_integer(source)
        is_other = family(source) == "boolean" or (source is not None and source.is_type("decimal", "date"))
        return not target.expressions and (is_text or is_other)
    if is_integer(target):
        return not is_float(source) and family(source) is not None
    if target.is_type(exp.DType.DECIMAL) and not target.expressions:
        return False
    return family(target) is not None and not target.is_type("time", "timestamptz")


def _name(node: exp.Expr) -> str:
    if isinstance(node, exp.Anonymous):
        return f"{node.name.lower()}()"
    if isinstance(node, exp.SetOperation):
        return type(node).__name__.upper()
    text = node.sql(None if isinstance(node, exp.ILike) else "athena")
    return text if len(text) < 60 else f"{text[:60]}…"
