"""The command line of a person: `nubank`. Dagster's own commands and pages stay first-class beside it."""
