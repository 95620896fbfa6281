"""Made-up raw lines of many accounts, as many as are asked for, straight into a lake: the same for the same seed.

Months are written one after another and each in blocks, so that memory does not grow with the lines. How lines are
spread over accounts, titles and merchants is like life; households whose every line has a reason are made by
``nubank_assets.sources.demo``.
"""

import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks.scale.words import WORDS
from nubank_assets.domain.catalog import TABLES
from nubank_assets.domain.months import add_months
from nubank_assets.domain.tables import Table
from nubank_assets.lake.publish import Lake

MONTHS: Final = 36
FIRST_MONTH: Final = "2023-01"
#: The share of the lines that one account has, and how many any other has in a month, if there are so many.
SKEW: Final = 0.3
_LINES_OF_AN_ACCOUNT: Final = 60
_BLOCK: Final = 250_000
_SQL: Final = Path(__file__).with_name("lines.sql").read_text(encoding="utf-8")
#: What `raw_documents` and `raw_readings` say of the lines of one month.
_DOCUMENTS: Final = """
select month, document, any_value(document_name) as document_name, any_value(source) as source,
  any_value(format) as format, any_value(account) as account, any_value(account_type) as account_type,
  any_value(bill) as bill, any_value(bill_due) as bill_due, any_value(bill_state) as bill_state,
  any_value(as_of) as as_of, any_value(collected_at) as collected_at, any_value(line_state) as document_state,
  count(*) as lines, count(*) filter (line_state = 'current') as current_lines,
  count(*) filter (line_state = 'superseded') as superseded_lines, 0 as duplicate_lines, 0 as rejected_lines,
  0 as void_lines, sum(centavos)::decimal(18, 0) * 0.01 as total_brl,
  coalesce(sum(centavos) filter (line_state = 'current'), 0)::decimal(18, 0) * 0.01 as current_brl,
  coalesce(sum(centavos) filter (bill is not null and raw_title = 'Pagamento recebido'), 0)::decimal(18, 0) * 0.01
    as payments_brl,
  null::decimal(18, 2) as ledger_brl, '' as contradicts,
  case when any_value(account_type) = 'account' then min(line_date) end as covers_from,
  case when any_value(account_type) = 'account' then max(line_date) end as covers_to,
  case when any_value(account_type) = 'account' then 'lines' end as period_by
from lines group by month, document order by document
"""
_READINGS: Final = """
select month, account, 'account_balance' as reading, max(line_date) as observed_on, '1000.00' as raw_value,
  max(as_of) as as_of, any_value(source) as source, 'account_ofx' as format, document
from lines where account_type = 'account' group by month, account, document order by account
"""


def write_lines(root: Path, lines: int, months: int = MONTHS, seed: int = 1) -> list[str]:
    """Write a lake with so many raw lines, their documents and readings; the months that it has.

    Every month has the same number of lines; what does not divide is left out.
    """
    lake = Lake(str(root))
    connection = duckdb.connect()
    names = [add_months(FIRST_MONTH, index) for index in range(months)]
    for month in names:
        _write(lake, TABLES["raw_lines"], month, _blocks(connection, _draws(month, lines, months, seed)))
        connection.read_parquet(lake.urls(TABLES["raw_lines"], [month])).create_view("lines", replace=True)
        for table, sql in (("raw_documents", _DOCUMENTS), ("raw_readings", _READINGS)):
            _write(lake, TABLES[table], month, connection.sql(sql).to_arrow_reader())
    for name in ("corrections", "rules"):
        lake.write(TABLES[name], None, TABLES[name].arrow_schema.empty_table())
    return names


def _draws(month: str, lines: int, months: int, seed: int) -> dict[str, Any]:
    """The parameters of ``lines.sql``."""
    of_month = lines // months
    skewed = int(of_month * SKEW)
    accounts = max(4, (of_month - skewed) // _LINES_OF_AN_ACCOUNT)
    return {
        **WORDS,
        "month": month,
        "before": add_months(month, -1),
        "seen": f"{add_months(month, 1)}-02 12:00:00Z",
        "seen_before": f"{month}-02 12:00:00Z",
        "seed": seed,
        "last": of_month,
        "skewed": skewed,
        "each": max(2, math.ceil((of_month - skewed) / accounts)),
        # As measured in a household's titles: a million lines have some hundred thousand names.
        "names": int(40 * math.sqrt(lines)),
    }


def _blocks(connection: duckdb.DuckDBPyConnection, draws: dict[str, Any]) -> Iterator[pa.RecordBatch]:
    for first in range(0, draws["last"], _BLOCK):
        block = {**draws, "first": first, "last": min(first + _BLOCK, draws["last"])}
        yield from connection.sql(_SQL, params=block).to_arrow_reader()


def _write(lake: Lake, table: Table, month: str, batches: Iterator[pa.RecordBatch]) -> None:
    schema = table.arrow_schema
    staged = lake.stage(schema.empty_table())
    with pq.ParquetWriter(staged, schema, compression="zstd", compression_level=1) as writer:
        for batch in batches:
            writer.write_batch(batch.select(table.column_names).cast(schema))
    lake.publish(staged, table, month)
