"""The yardsticks: hand-written DuckDB SQL that cleans and classifies the same raw lines, and plain copying.

The SQL writes the columns of the same two tables (`transactions`, `categorized_transactions`), one folder a month, by
the same rules of kinds and, of categories, the rules that were shipped first. It is a measure of work, not an oracle: its ids are hashes of the same size, not the same ids, it
looks at no context of a line, audits nothing and keeps no other table.
"""

import time
from pathlib import Path

import duckdb
import pyarrow.parquet as pq

from benchmarks.categories.first_rules import first_rules
from nubank_assets.domain.flows import FLOW_BY_KIND
from nubank_assets.domain.vocabulary import Category, Flow
from nubank_assets.transforms.rules import kind_rules
from nubank_assets.transforms.text import _ACCENTED, _INVISIBLE, _ODD_SPACES, _PLAIN

_PARCEL = r"^(.*?)(?: - Parcela| -)? ([0-9]{1,2})/([0-9]{1,2})$"


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


def _plain(column: str) -> str:
    return f"regexp_replace(translate({column}, {_text(_ACCENTED)}, {_text(_PLAIN)}), '[^ -~]', '', 'g')"


def _key(column: str) -> str:
    return f"trim(regexp_replace(lower({_plain(column)}), ' +', ' ', 'g'))"


def _kinds() -> str:
    cases = []
    for rule in kind_rules():
        parts = [f"account_type = '{rule.account_type}'"]
        if rule.sign != "any":
            parts.append("amount_brl > 0" if rule.sign == "credit" else "amount_brl < 0")
        if rule.of_parcels:
            parts.append("installment is not null")
        if rule.pattern:
            parts.append(f"regexp_matches(key, {_text(rule.pattern)})")
        cases.append(f"when {' and '.join(parts)} then '{rule.kind.value}'")
    return f"case {' '.join(cases)} else 'other' end"


def _categories() -> str:
    cases = [
        f"when regexp_matches(who, {_text(pattern)}) then '{category.value}'" for category, pattern in first_rules()
    ]
    return f"case {' '.join(cases)} else '{Category.OUTROS.value}' end"


def _clean(urls: list[str]) -> str:
    visible = f"translate(coalesce(raw_title, ''), {_text(_ODD_SPACES + _INVISIBLE)}, {_text(' ' * len(_ODD_SPACES))})"
    title = f"trim(regexp_replace({visible}, ' +', ' ', 'g'))"
    masked = rf"regexp_replace({title}, '[0-9]{{3}}\.([0-9]{{3}})\.([0-9]{{3}})-[0-9]{{2}}', '•••.\1.\2-••', 'g')"
    masked = rf"regexp_replace({masked}, '(Conta: )[0-9.]*([0-9]-?[0-9Xx])', '\1•••\2', 'g')"
    return f"""
    with titled as (select *, {masked} as title from read_parquet([{", ".join(map(_text, urls))}])
                    where line_state = 'current'),
    parcels as (select *, regexp_extract(title, {_text(_PARCEL)}, 2) as n, regexp_extract(title, {_text(_PARCEL)}, 3) as m
                from titled),
    based as (select *, account_type = 'card' and coalesce(try_cast(m as int) >= 2
                  and try_cast(n as int) between 1 and try_cast(m as int), false) as is_parcel
              from parcels),
    identified as (select *, case when is_parcel then try_cast(n as int) end as installment,
        case when is_parcel then try_cast(m as int) end as installments,
        case when is_parcel then regexp_extract(title, {_text(_PARCEL)}, 1) else title end as merchant,
        concat_ws(chr(31), account, account_type, coalesce(bill, raw_identifier), {_key("title")}, centavos,
                  case when coalesce(try_cast(n as int), 1) < 2 then line_date::varchar end) as identity from based)
    select substr(sha256(identity || chr(31) || row_number() over (partition by document, identity order by line_number)),
                  1, 32) as transaction_id, month, account, account_type, line_date as date, title, merchant,
        (centavos * 0.01::decimal(3,2))::decimal(18,2) as amount_brl, installment, installments,
        raw_category as source_category, raw_identifier as identifier, bill, bill_due, bill_state, as_of, source, format,
        document, line_number, collected_at
    from identified"""


def _classify() -> str:
    spending = [kind.value for kind, flow in FLOW_BY_KIND.items() if flow in {Flow.EXPENSE, Flow.EXPENSE_REDUCTION}]
    return f"""
    with keyed as (select *, {_key("title")} as key, {_key("merchant")} as who from cleaned),
    kinds as (select *, {_kinds()} as kind from keyed),
    names as (select distinct who from kinds where kind in ({", ".join(map(_text, spending))})),
    categories as (select who, {_categories()} as category from names)
    select kinds.* exclude (key), category from kinds left join categories using (who)"""


def run_yardstick(urls: list[str], folder: Path) -> float:
    """Seconds of the hand-written SQL on these raw lines, files included."""
    connection = duckdb.connect()
    connection.execute("set threads = 2")
    started = time.monotonic()
    connection.execute(f"create table cleaned as {_clean(urls)}")
    connection.execute(f"create table classified as {_classify()}")
    for name in ("cleaned", "classified"):
        connection.execute(
            f"copy (select * from {name} order by transaction_id) to '{folder / name}' "
            "(format parquet, compression zstd, partition_by (month))"
        )
    return time.monotonic() - started


def copy_bytes(urls: list[str], folder: Path) -> float:
    """Seconds to read these Parquet files and write them again."""
    started = time.monotonic()
    for index, url in enumerate(urls):
        pq.write_table(pq.read_table(url), folder / f"{index}.parquet", compression="zstd", compression_level=1)
    return time.monotonic() - started
