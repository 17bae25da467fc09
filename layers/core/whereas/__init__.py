"""Whereas: contracts in, queryable entities out. The domain package; see docs/architecture.md."""

__version__ = "0.5.0"
