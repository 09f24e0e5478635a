"""How updates come in: fetched or posted, in order, once each, and kept until they are handled."""
