"""The insights: months summed up and compared, over everything there is."""

from typing import Final

from nubank_assets.assets.steps import step_assets
from nubank_assets.transforms.steps import INSIGHTS

insights: Final = step_assets(INSIGHTS)
