"""SQL over the lake: every table by its plain name, exact values, and no way out."""

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from nubank_assets.domain.catalog import TABLES
from nubank_assets.lake.publish import Lake
from nubank_assets.lake.sql import open_lake
from nubank_assets_tests.fakes.frames import arrow_rows


@pytest.fixture
def filled(root: str) -> str:
    return fill(root)


@pytest.fixture
def on_disk(tmp_path: Path) -> str:
    return fill(str(tmp_path / "it's a lake"))


def fill(root: str) -> str:
    lake = Lake(root)
    for name, table in TABLES.items():
        for month in ["2026-05", "2026-06"] if table.partitioned else [None]:
            lake.write(
                table, month, arrow_rows(name, [{"month": month or "2026-06"} if "month" in table.column_names else {}])
            )
    return root


def test_every_table_has_its_plain_name_and_columns(filled: str) -> None:
    connection = open_lake(filled)
    for name, table in TABLES.items():
        result = connection.execute(f"select * from {name}")
        assert [column[0] for column in result.description or []] == table.column_names
        assert len(result.fetchall()) == (2 if table.partitioned else 1)
    assert connection.execute("select count(*) from income where month = '2026-05'").fetchone() == (1,)


def test_an_empty_lake_has_all_tables_in_their_types(root: str, filled: str) -> None:
    full, empty = open_lake(filled), open_lake(f"{root}-nowhere")
    for name in TABLES:
        assert empty.execute(f"select * from {name}").fetchall() == []
        query = f"select column_name, column_type from (describe {name})"
        assert empty.execute(query).fetchall() == full.execute(query).fetchall()


def test_columns_say_what_they_are(filled: str) -> None:
    query = "select comment from duckdb_columns() where table_name = 'income' and column_name = 'amount_brl'"
    assert "negative when money leaves" in str(open_lake(filled).execute(query).fetchone())


def test_values_are_exact(root: str) -> None:
    row = {"amount_brl": Decimal("-1234567890123456.78"), "date": date(2026, 6, 30)}
    Lake(root).write(TABLES["income"], "2026-06", arrow_rows("income", [row]))
    moment = datetime(2026, 6, 30, 23, 59, 59, 123456, tzinfo=UTC)
    Lake(root).write(
        TABLES["transactions"], "2026-06", arrow_rows("transactions", [{"collected_at": moment, "as_of": moment}])
    )
    connection = open_lake(root)
    assert connection.execute("select amount_brl, date from income").fetchone() == tuple(row.values())
    assert connection.execute("select epoch_us(as_of) from transactions").fetchone() == (
        int(moment.timestamp()) * 10**6 + 123456,
    )


@pytest.mark.parametrize(
    "statement",
    [
        "select * from read_csv('/etc/passwd')",
        "select * from read_text('/etc/passwd')",
        "select * from glob('/etc/*')",
        "select * from '{outside}/secret.csv'",
        "select * from read_csv('{root}/../secret.csv')",
        "copy (select 1) to '{outside}/out.csv'",
        "copy income to '{root}/out.csv'",
        "copy income to '{root}/categorized_tables/income/month=2026-06/data.parquet'",
        "export database '{root}/out'",
        "attach '{outside}/other.db'",
        "attach '{root}/other.db'",
        "install httpfs",
        "load httpfs",
        "set enable_external_access = true",
        "set allowed_directories = ['/']",
        "reset lock_configuration",
        "pragma database_list; copy income to '{root}/out.csv'",
    ],
)
def test_there_is_no_way_out_and_nothing_is_written(on_disk: str, tmp_path: Path, statement: str) -> None:
    (tmp_path / "secret.csv").write_text("a\n1\n")
    before = contents(tmp_path)
    quoted = {"root": on_disk.replace("'", "''"), "outside": tmp_path}
    with pytest.raises(duckdb.Error):
        open_lake(on_disk).execute(statement.format(**quoted)).fetchall()
    assert contents(tmp_path) == before


def contents(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
