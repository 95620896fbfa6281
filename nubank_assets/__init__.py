"""A Dagster platform for a household's Nubank money. Start with `definitions.py`."""
