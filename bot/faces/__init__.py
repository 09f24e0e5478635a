"""The faces: each renders the same Reply."""
