"""The curator's desk: check, coverage, explain, evaluate, learn."""
