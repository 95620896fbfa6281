"""Open Finance through Pluggy: collection, and how its answers are read."""
