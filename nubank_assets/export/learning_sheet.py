"""The worksheet that shows how much there was to correct of each bill, and who knew the rest."""

from typing import Final

from nubank_assets.domain.catalog import LEARNING_PROGRESS
from nubank_assets.export import cells
from nubank_assets.export.sheet import CellType, Order, SheetColumn, Worksheet


def _count(label: str, *sources: str) -> SheetColumn:
    return SheetColumn(label, CellType.INTEGER, 14, sources, _sum if len(sources) > 1 else None)


def _sum(*counts: int) -> int:
    return sum(counts)


LEARNING: Final = Worksheet(
    "sheet.learning",
    LEARNING_PROGRESS,
    (
        SheetColumn("column.month", CellType.MONTH, 11, ("month",), cells.month_start),
        _count("column.learning_lines", "lines"),
        _count("column.learning_corrections", "corrections"),
        SheetColumn("column.learning_share", CellType.PERCENT, 14, ("correction_percent",), cells.as_fraction),
        _count("column.learning_yours", "own_rule_lines", "memory_lines"),
        _count("column.learning_source", "source_lines", "kind_lines"),
        _count("column.learning_shipped", "rule_lines"),
        _count("column.learning_unknown", "fallback_lines"),
        _count("column.learning_uncertain", "uncertain_lines"),
    ),
    (Order("month", is_descending=True),),
    intro="sheet_intro_learning",
)
