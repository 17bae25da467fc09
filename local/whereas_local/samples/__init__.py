"""Sample contracts with known truth: composed from a seed, written as PDF, scan, DOCX, text, HTML or image.

Every name in them is invented and every clause was written for this project. The same seed gives the same bytes.
"""

from whereas_local.samples.generator import DEMO, Recipe, generate, write_sample
from whereas_local.samples.truth import Sample, TrueParty, TruePerson, TruePlace, Truth

__all__ = ["DEMO", "Recipe", "Sample", "TrueParty", "TruePerson", "TruePlace", "Truth", "generate", "write_sample"]
