"""Slips of a curator, made one by one in the files of a case, and what `check` says of each."""
