"""The whole way of the data: documents in, tables and workbook out, through Dagster."""
