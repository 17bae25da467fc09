"""Mentions to contract facts and linked entities."""

from whereas.resolution.forms.patterns import RULES_VERSION
from whereas.resolution.resolver import resolve

__all__ = ["RULES_VERSION", "resolve"]
