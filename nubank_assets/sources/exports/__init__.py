"""Files a person exports from the Nubank app."""
