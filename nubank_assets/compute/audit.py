"""What an audit is, the one that every table has, and how audits count and add up.

The audits of each layer are in ``audits.py``.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain
from typing import TYPE_CHECKING, Final

from nubank_assets.domain.catalog import TABLES, tables_of
from nubank_assets.domain.vocabulary import Layer
from nubank_assets.messages import message

if TYPE_CHECKING:
    import pyarrow as pa

#: So many sentences of one audit are told.
_SENTENCES: Final = 5

Tables = Mapping[str, "pa.Table"]


@dataclass(frozen=True)
class Audit:
    """One check of a step's month: `find` yields a sentence for each thing that is wrong.

    `inputs` are published tables it reads beside the staged ones. An audit that is not `blocking` warns.
    """

    name: str
    table: str
    description: str
    find: Callable[[Tables], Iterator[str]]
    inputs: tuple[str, ...] = ()
    blocking: bool = True


def table_audits(layer: Layer) -> tuple[Audit, ...]:
    """The check that every table of a layer has: it is as it is declared."""
    return tuple(_declaration_audit(table.name) for table in tables_of(layer))


def _declaration_audit(name: str) -> Audit:
    return Audit(
        f"{name}_as_declared",
        name,
        f"Columns, types and NULLs are as declared, no column is a float, no two rows have the same "
        f"{', '.join(TABLES[name].key)}",
        lambda tables: chain(find_schema_drift(name, tables[name]), find_repeated_keys(name, tables[name])),
    )


def find_schema_drift(name: str, rows: "pa.Table") -> Iterator[str]:
    """Columns that differ from the declaration, NULLs where none may be, floats anywhere."""
    import pyarrow as pa

    declared = TABLES[name].arrow_schema
    if rows.schema.names != declared.names:
        yield message("audit_columns", found=rows.schema.names, declared=declared.names)
        return
    for wanted, found in zip(declared, rows.schema, strict=True):
        if pa.types.is_floating(found.type) or found.type != wanted.type:
            yield message("audit_type", column=wanted.name, found=found.type, declared=wanted.type)
        elif not wanted.nullable and rows[wanted.name].null_count:
            yield message("audit_nulls", column=wanted.name, nulls=rows[wanted.name].null_count)


def find_repeated_keys(name: str, rows: "pa.Table") -> Iterator[str]:
    """How many keys stand more than once, with one of them."""
    import pyarrow.compute as pc

    key = list(TABLES[name].key)
    if set(key) - set(rows.schema.names):
        return
    counts = rows.group_by(key).aggregate([([], "count_all")])
    repeated = counts.filter(pc.greater(counts["count_all"], 1))
    if repeated.num_rows:
        yield message("audit_keys", keys=repeated.num_rows, example=repeated.slice(0, 1).to_pylist()[0])


def sums_by(rows: "pa.Table", by: str, column: str) -> dict[str | None, tuple[int, Decimal]]:
    """Count and sum of a column for each value of another."""
    groups = rows.group_by([by]).aggregate([([], "count_all"), (column, "sum")]).to_pylist()
    return {group[by]: (group["count_all"], group[f"{column}_sum"] or Decimal(0)) for group in groups}


def list_some(sentences: Sequence[str]) -> str:
    """The first sentences, and how many more there are: a person reads a few."""
    more = len(sentences) - _SENTENCES
    shown = [*sentences[:_SENTENCES], *([message("audit_more", more=more)] if more > 0 else [])]
    return "; ".join(shown)
