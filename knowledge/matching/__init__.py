"""Matching: what was learned from the wordings, and what it makes of a message."""
