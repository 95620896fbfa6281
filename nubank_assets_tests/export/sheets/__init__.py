"""Tests of publishing to a Google spreadsheet: with the real client, over HTTP, to the fake of Google."""
