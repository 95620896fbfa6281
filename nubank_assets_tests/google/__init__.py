"""Google Sheets: the client with all that can go wrong, the commands, and the fake itself."""
