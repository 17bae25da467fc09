"""Words with places: lines, columns, reading order, and how lines join to one text."""
