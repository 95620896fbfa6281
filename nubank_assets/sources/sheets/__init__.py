"""What a person writes into the spreadsheet: corrected categories, stated balances and limits. Only read here."""
