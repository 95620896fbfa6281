"""The assets: each calls a step or a function and reports what it made."""
