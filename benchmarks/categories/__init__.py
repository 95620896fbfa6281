"""How well categories are found: every way side by side on the same titles, by time and by merchant."""
