"""Nubank's own API through pynubank: login, collection, and how its answers are read."""
