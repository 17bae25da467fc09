"""Keys, items, state and queries of the one table."""
