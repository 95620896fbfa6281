"""Google Sheets: the service account, a spreadsheet's calls, what doctor looks at; not what is written there."""
