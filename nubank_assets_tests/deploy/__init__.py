"""The deployment in AWS: its templates, its roles, and the commands that make and delete it."""
