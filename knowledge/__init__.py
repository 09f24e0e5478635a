"""The curated fact base, and how it is matched. Never imports bot."""
