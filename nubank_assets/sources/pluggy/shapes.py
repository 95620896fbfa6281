"""What has to be there in an answer of Pluggy: `sources/shapes.py`, speaking of Pluggy."""

from typing import Final

from nubank_assets.sources.shapes import Row, Shapes

__all__ = ["PLUGGY", "Row", "inner", "missing", "row", "rows", "text"]

PLUGGY: Final = "Pluggy"

_SHAPES: Final = Shapes(PLUGGY)
missing, row, rows, text, inner = _SHAPES.missing, _SHAPES.row, _SHAPES.rows, _SHAPES.text, _SHAPES.inner
