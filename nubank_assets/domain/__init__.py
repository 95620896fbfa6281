"""The language of the platform: terms, tables, identities. No I/O, no engine, no Dagster."""
