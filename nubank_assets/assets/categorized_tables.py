"""The categorised layer: what each line is, what was spent and earned, parcels, balances, limits."""

from typing import Final

from nubank_assets.assets.steps import step_assets
from nubank_assets.transforms.steps import CATEGORIZATION

categorized_tables: Final = step_assets(CATEGORIZATION)
