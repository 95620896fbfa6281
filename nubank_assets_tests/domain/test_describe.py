from nubank_assets.domain.catalog import TABLES
from nubank_assets.domain.describe import describe_tables
from nubank_assets_tests.starting import ROOT


def test_the_page_of_tables_is_what_the_declarations_say() -> None:
    """Renew it with `python -m nubank_assets.domain.describe > docs/tables.md`."""
    assert (ROOT / "docs/tables.md").read_text(encoding="utf-8") == describe_tables()


def test_every_table_and_column_is_described() -> None:
    page = describe_tables()
    for table in TABLES.values():
        assert f"\n## {table.name}\n" in page
        assert all(f"\n| {column.name} | {column.type.value} |" in page for column in table.columns)
