"""Telling a person that a run started, succeeded or failed."""
