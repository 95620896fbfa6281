"""Tests of what a person opens."""
