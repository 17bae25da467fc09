"""Repairs of what OCR and text layers garble: one module a family, each repair evidenced, logged and undoable."""
