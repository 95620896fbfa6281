"""Telling a person that a run started, succeeded or failed: what (``events.py``) and how (``channels.py``)."""
