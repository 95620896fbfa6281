"""What has to be there in an answer of Nubank: `sources/shapes.py`, speaking of Nubank."""

from typing import Final

from nubank_assets.sources.shapes import Row, Shapes, text_or_empty

__all__ = ["NUBANK", "Row", "missing", "row", "row_or_none", "rows", "text", "text_or_empty"]

NUBANK: Final = "Nubank"

_SHAPES: Final = Shapes(NUBANK)
missing, row, rows, text = _SHAPES.missing, _SHAPES.row, _SHAPES.rows, _SHAPES.text
row_or_none = _SHAPES.row_or_none
