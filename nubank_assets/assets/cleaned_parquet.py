"""The cleaned layer: typed, identified, masked lines, bills, readings and rejects."""

from typing import Final

from nubank_assets.assets.steps import step_assets
from nubank_assets.transforms.steps import CLEANING

cleaned_parquet: Final = step_assets(CLEANING)
