"""Asks Dagster, as its page does, for a backfill of every asset, and prints the pairs it would refuse.

For a process of its own: what Dagster answers hangs on the order of its sets, that is on PYTHONHASHSEED.
"""

import time
from typing import Any

import dagster as dg
from dagster._core.execution.asset_backfill import AssetBackfillData

from nubank_assets.definitions import build_definitions
from nubank_assets.settings import load_settings

MONTHS = ["2025-12", "2026-01", "2026-02"]


def refused_pairs() -> list[str]:
    """The outputs of one multi-asset whose months Dagster takes for different ones."""
    graph = build_definitions(load_settings()).resolve_asset_graph()
    keys = list(graph.get_all_asset_keys())
    with dg.DagsterInstance.ephemeral() as instance:
        asked = AssetBackfillData.from_asset_partitions(
            graph, MONTHS, keys, instance, time.time(), all_partitions=False
        )
    months = {key: asked.target_subset.get_asset_subset(key) for key in keys}
    pairs = ((key, other) for key in keys for other in graph.get(key).execution_set_asset_keys)
    return [f"{key.path[-1]} {other.path[-1]}" for key, other in pairs if _differ(months[key], months[other])]


def _differ(one: Any, other: Any) -> bool:
    """As Dagster compares them."""
    return bool(one.value != other.value)


if __name__ == "__main__":
    print("\n".join(refused_pairs()))
