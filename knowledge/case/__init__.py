"""The case: its model, and how its files are read into it."""
