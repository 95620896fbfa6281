"""Publishing the worksheets to a Google spreadsheet: what is where, what must change, one write that shows it all.

How Google is called is in ``nubank_assets.google``; which worksheets and rows there are is in ``nubank_assets.export``.
"""
