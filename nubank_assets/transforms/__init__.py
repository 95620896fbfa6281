"""PySpark DataFrame to DataFrame functions. No Dagster, no I/O."""
