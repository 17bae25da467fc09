"""Files to page text, and pages to cleaned text."""
