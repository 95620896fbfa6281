"""The same bad tables for DuckDB and for a cluster's Spark, each fault in a month of its own, and what both say."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from nubank_assets.compute.arrow_audits import audit_arrow
from nubank_assets.compute.audit import Audit
from nubank_assets.compute.audits import AUDITS
from nubank_assets.compute.report import Finding
from nubank_assets.domain.catalog import TABLES
from nubank_assets.domain.vocabulary import Layer
from nubank_assets.lake.publish import conform
from nubank_assets_tests.compute.bad_tables import WRONG, Rows, chance_faults, spoilt
from nubank_assets_tests.fakes.cluster import Cluster
from nubank_assets_tests.fakes.frames import arrow_rows


def compare(cluster: Cluster, folder: Path, layer: Layer) -> list[Sequence[Finding]]:
    """What both say of faults in the layer's tables, those of WRONG first; raises AssertionError if they differ."""
    cases = [(case[0], spoilt(*case[:4])) for case in WRONG if layer_of(case[0]) is layer]
    if layer is not Layer.INSIGHTS:
        cases += [case for case in chance_faults(40) if layer_of(case[0]) is layer]
    monthly = [rows for _, rows in cases if _is_monthly(rows)]
    together = iter(_compare(cluster, folder, AUDITS[layer], in_months(monthly)).values())
    return [
        next(together) if _is_monthly(rows) else _compare_alone(cluster, folder, audit, rows) for audit, rows in cases
    ]


def _is_monthly(rows: Rows) -> bool:
    """Whether all tables of the case have months, so that many cases can lie side by side."""
    return all(TABLES[name].partitioned for name in rows)


def _compare_alone(cluster: Cluster, folder: Path, name: str, rows: Rows) -> Sequence[Finding]:
    (audit,) = [audit for audits in AUDITS.values() for audit in audits if audit.name == name]
    month = "2026-06" if TABLES[audit.table].partitioned else None
    tables = {name: arrow_rows(name, given) for name, given in rows.items()}
    return _compare(cluster, folder, [audit], {month: tables})[month]


def layer_of(audit: str) -> Layer:
    return next(layer for layer, audits in AUDITS.items() if audit in {known.name for known in audits})


def in_months(cases: Iterable[Rows]) -> dict[str | None, dict[str, pa.Table]]:
    """The tables of each case with a month of its own."""
    staged: dict[str | None, dict[str, pa.Table]] = defaultdict(dict)
    for number, rows in enumerate(cases):
        month = f"{2000 + number}-01"
        for name, given in rows.items():
            staged[month][name] = arrow_rows(name, [{**row, "month": month} for row in given])
    return staged


def _compare(
    cluster: Cluster, folder: Path, known: Sequence[Audit], staged: dict[str | None, dict[str, pa.Table]]
) -> Mapping[str | None, Sequence[Finding]]:
    names = {name for tables in staged.values() for name in tables}
    audits = [audit for audit in known if {audit.table, *audit.inputs} <= names]
    if not audits:
        return {}
    ours = audit_arrow(audits, staged, {})
    files = {name: str(_write(folder, name, [tables[name] for tables in staged.values()])) for name in names}
    theirs = cluster.ask("audit", {"audits": [a.name for a in audits], "months": list(staged), "files": files})
    for month, findings in ours.items():
        assert [Finding(**finding) for finding in theirs[str(month)]] == findings, month
    return ours


def _write(folder: Path, name: str, parts: Sequence[pa.Table]) -> Path:
    path = folder / f"{name}-{len(list(folder.iterdir()))}.parquet"
    pq.write_table(conform(pa.concat_tables(parts), TABLES[name]), path)
    return path


def failed(findings: Iterable[Finding]) -> set[str]:
    """The names of the checks that did not pass."""
    return {finding.check for finding in findings if not finding.passed}
