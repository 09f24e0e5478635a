"""How replies go out: drawn, paced, tried again, and kept track of until they can be taken back."""
