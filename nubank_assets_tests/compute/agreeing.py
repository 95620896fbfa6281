"""The same bad tables for DuckDB and for a cluster's Spark, each fault in a month of its own, and what both say."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from nubank_assets.compute.arrow_audits import audit_arrow
from nubank_assets.compute.audits import AUDITS
from nubank_assets.compute.report import Finding
from nubank_assets.domain.catalog import TABLES
from nubank_assets.domain.vocabulary import Layer
from nubank_assets.lake.publish import conform
from nubank_assets_tests.compute.bad_tables import WRONG, Rows, chance_faults, spoilt
from nubank_assets_tests.fakes.cluster import Cluster
from nubank_assets_tests.fakes.frames import arrow_rows

Found = dict[str | None, list[Finding]]


def compare(cluster: Cluster, folder: Path, layer: Layer) -> Found:
    """What both say of many faults in the layer's tables; raises AssertionError if they differ."""
    cases = [spoilt(*case[:4]) for case in WRONG if layer_of(case[0]) is layer]
    if layer is not Layer.INSIGHTS:
        cases += [rows for audit, rows in chance_faults(40) if layer_of(audit) is layer]
        return _compare(cluster, folder, layer, in_months(cases))
    found: Found = {}
    for number, rows in enumerate(cases):
        tables = {name: arrow_rows(name, given) for name, given in rows.items()}
        found[str(number)] = _compare(cluster, folder, layer, {None: tables})[None]
    return found


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


def _compare(cluster: Cluster, folder: Path, layer: Layer, staged: dict[str | None, dict[str, pa.Table]]) -> Found:
    names = {name for tables in staged.values() for name in tables}
    audits = [audit for audit in AUDITS[layer] if audit.table in names]
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
