"""The declarations: complete, consistent, and never a float; and where each column comes from."""

import pyarrow as pa
import pytest

from nubank_assets.domain.catalog import TABLES, tables_of
from nubank_assets.domain.lineage import _DERIVED, column_sources
from nubank_assets.domain.tables import Column, ColumnType, Table, by_name
from nubank_assets.domain.vocabulary import Layer
from nubank_assets.transforms.steps import STEPS

ALL = pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
MONTH = Column("month", ColumnType.STRING, "Month")


@ALL
def test_a_declaration_is_complete(table: Table) -> None:
    assert table.key
    assert set(table.key) <= set(table.column_names)
    assert len(set(table.column_names)) == len(table.column_names)
    for text in (table.grain, table.description, *(column.description for column in table.columns)):
        assert text.strip() == text != ""
    if table.partitioned:
        assert not any(column.nullable for column in table.columns if column.name in table.key)


@ALL
def test_no_column_is_a_float_and_money_is_called_brl(table: Table) -> None:
    for field, column in zip(table.arrow_schema, table.columns, strict=True):
        assert not pa.types.is_floating(field.type)
        assert field.nullable == column.nullable
        assert (column.type is ColumnType.MONEY) == column.name.endswith("_brl")


def test_layers_hold_all_tables_once() -> None:
    assert sorted(table.name for layer in Layer for table in tables_of(layer)) == sorted(TABLES)
    assert len({table.path for table in TABLES.values()}) == len(TABLES)


def test_two_tables_of_one_name_are_refused() -> None:
    table = Table("a", Layer.RAW, "g", "d", ("month",), (MONTH,))
    with pytest.raises(ValueError, match="two tables are called a"):
        by_name([table, table])


def test_a_key_that_is_no_column_is_refused() -> None:
    with pytest.raises(ValueError, match="key columns not declared"):
        Table("a", Layer.RAW, "g", "d", ("id",), (MONTH,))


def test_months_without_a_month_are_refused() -> None:
    column = Column("id", ColumnType.STRING, "Id")
    with pytest.raises(ValueError, match="no month column"):
        Table("a", Layer.RAW, "g", "d", ("id",), (column,))
    assert Table("a", Layer.RAW, "g", "d", ("id",), (column,), partitioned=False).path == "raw_transactions/a"


def test_lineage_names_only_what_exists() -> None:
    for name, columns in _DERIVED.items():
        assert set(columns) <= set(TABLES[name].column_names), name
        for sources in columns.values():
            assert all(column in TABLES[table].column_names for table, column in sources), name


@pytest.mark.parametrize("step", STEPS.values(), ids=STEPS)
def test_every_computed_column_has_a_source_among_its_inputs(step: object) -> None:
    from nubank_assets.transforms.steps import Step

    assert isinstance(step, Step)
    for name, inputs in step.sources.items():
        sources = column_sources(name, inputs)
        missing = set(TABLES[name].column_names) - set(sources)
        assert missing <= {"basis", "comparison", "dimension", "category_version"}, name
        assert {table for pairs in sources.values() for table, _ in pairs} <= set(inputs), name
