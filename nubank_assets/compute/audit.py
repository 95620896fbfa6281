"""What an audit is, the one that every table has, and how a step's audits are run by whatever engine reads SQL.

An audit is SQL over tables by their plain names, in words that DuckDB and Spark read alike: embedded steps ask DuckDB,
steps on a cluster ask Spark. Only counts and a few examples are brought back. The audits of each layer are in
``audits.py``.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from nubank_assets.compute.report import Finding
from nubank_assets.domain.catalog import TABLES, tables_of
from nubank_assets.domain.tables import Table
from nubank_assets.domain.vocabulary import Layer
from nubank_assets.messages import message

#: So many sentences of one audit are told.
_SENTENCES: Final = 5

#: Asks an engine; each row as a mapping.
Ask = Callable[[str], Iterable[Mapping[str, Any]]]
#: Names of columns and their types, in the words of `ColumnType`.
Columns = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Wrong:
    """One thing that must not be: a query for it, with a row for each time that it is.

    A row's columns fill the places of the `sentence` in ``sentences.py``. A query over monthly tables has a column
    `month`. `order` names the columns by which the examples are chosen.
    """

    sentence: str
    order: str
    sql: str


@dataclass(frozen=True)
class Audit:
    """One check of a step's month: it passes if nothing of what is `wrong` is found.

    `inputs` are published tables it reads beside the step's own. An audit that is not `blocking` warns.
    """

    name: str
    table: str
    description: str
    wrong: tuple[Wrong, ...]
    inputs: tuple[str, ...] = ()
    blocking: bool = True


def table_audits(layer: Layer) -> tuple[Audit, ...]:
    """The check that every table of a layer has: it is as it is declared."""
    return tuple(_declaration_audit(table) for table in tables_of(layer))


def _declaration_audit(table: Table) -> Audit:
    return Audit(
        f"{table.name}_as_declared",
        table.name,
        f"Columns, types and NULLs are as declared, no column is a float, no two rows have the same "
        f"{', '.join(table.key)}",
        (_nulls(table), _repeated_keys(table)),
    )


def _nulls(table: Table) -> Wrong:
    """NULLs where none may be, by the columns that have them."""
    names = [column.name for column in table.columns if not column.nullable]
    found = ", ".join(f"case when {name} is null then '{name}' end" for name in names)
    month = "month, " if table.partitioned else ""
    return Wrong(
        "audit_nulls",
        "columns",
        f"""select {month}concat_ws(', ', {found}) as columns, count(*) as nulls from {table.name}
        where {" or ".join(f"{name} is null" for name in names)} group by {month}concat_ws(', ', {found})""",  # noqa: S608
    )


def _repeated_keys(table: Table) -> Wrong:
    """How many keys stand more than once, with one of them."""
    month = "month, " if table.partitioned else ""
    by = ", ".join(dict.fromkeys([*(["month"] if table.partitioned else []), *table.key]))
    example = ", ".join(f"cast({name} as string)" for name in table.key)
    grouped = " group by month" if table.partitioned else " having count(*) > 0"
    return Wrong(
        "audit_keys",
        "example",
        f"""select {month}count(*) as repeated, min(example) as example from (
          select {month}concat_ws(' ', {example}) as example from {table.name} group by {by} having count(*) > 1
        ) repeated_keys{grouped}""",  # noqa: S608
    )


def find_drift(table: Table, found: Columns) -> list[str]:
    """Columns that are not as declared; a float is never declared."""
    declared = [(column.name, column.type.value) for column in table.columns]
    if [name for name, _ in found] != table.column_names:
        return [message("audit_columns", found=[name for name, _ in found], declared=table.column_names)]
    return [
        message("audit_type", column=name, found=its_type, declared=wanted)
        for (name, wanted), (_, its_type) in zip(declared, found, strict=True)
        if its_type != wanted
    ]


@dataclass
class _Told:
    """How often something is wrong, and sentences about the first times."""

    times: int = 0
    sentences: list[str] = field(default_factory=list)

    def add(self, times: int, sentences: Iterable[str]) -> None:
        self.times += times
        self.sentences += sentences

    def __str__(self) -> str:
        """The first sentences, and how many more there are: a person reads a few."""
        shown = self.sentences[:_SENTENCES]
        more = self.times - len(shown)
        return "; ".join([*shown, *([message("audit_more", more=more)] if more > 0 else [])])


def run_audits(
    audits: Sequence[Audit], months: Sequence[str | None], columns: Mapping[str, Columns], ask: Ask
) -> dict[str | None, list[Finding]]:
    """What the audits find in each of these months; `[None]` stands for tables without months.

    `columns` are those of the step's own tables as they are. `ask` knows these tables and the audits' inputs by name.
    """
    told: dict[tuple[str, str | None], _Told] = defaultdict(_Told)
    drift = {name: find_drift(TABLES[name], found) for name, found in columns.items()}
    for name, sentences in drift.items():
        for month in months:
            told[f"{name}_as_declared", month].add(len(sentences), sentences)
    if not any(drift.values()):  # else the queries cannot be trusted, and the months are held back
        _search(audits, months == [None], ask, told)
    return {month: [_finding(audit, month, told[audit.name, month]) for audit in audits] for month in months}


def _finding(audit: Audit, month: str | None, told: _Told) -> Finding:
    return Finding(audit.name, audit.table, month, not told.times, audit.blocking, str(told))


def _search(audits: Sequence[Audit], is_whole: bool, ask: Ask, told: Mapping[tuple[str, str | None], _Told]) -> None:
    """Ask how often each thing is wrong, and for examples only of what is.

    One question each: Spark plans many small queries sooner than a large one.
    """
    for name, wrong in [(audit.name, wrong) for audit in audits for wrong in audit.wrong]:
        month, by_month = ("null", "") if is_whole else ("month", " group by month")
        counts = ask(f"select {month} as month, count(*) as times from ({wrong.sql}) w{by_month}")  # noqa: S608
        for row in sorted(counts, key=lambda row: row["month"] or ""):
            if row["times"]:
                told[name, row["month"]].add(row["times"], _examples(wrong, row["month"], ask))


def _examples(wrong: Wrong, month: str | None, ask: Ask) -> list[str]:
    where = f" where month = '{month}'" if month else ""
    rows = ask(f"select * from ({wrong.sql}) w{where} order by {wrong.order} nulls last limit {_SENTENCES}")  # noqa: S608
    return [message(wrong.sentence, **row) for row in rows]
