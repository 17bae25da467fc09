"""Mentions to contract facts and linked entities."""
