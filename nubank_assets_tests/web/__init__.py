"""Dagster's web page, in a real browser."""
