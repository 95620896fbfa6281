"""The page that a person opens in a browser: one file with the figures, the charts and the lines behind them.

What is read from the lake is in ``ledger.py`` and ``readings.py``, the month that is shown without JavaScript in
``month.py``; ``page.py`` puts them, the styles, the scripts and the vendored chart library into one file.
"""
