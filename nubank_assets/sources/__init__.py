"""Where documents come from and how each format is read. No Dagster, no Spark."""
