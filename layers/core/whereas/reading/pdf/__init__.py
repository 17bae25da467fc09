"""PDF: text layers, and what is to be recognised instead."""
