"""Mentions that their form tells: dates, money, addresses, references, laws, identifiers."""
