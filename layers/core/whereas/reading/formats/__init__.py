"""Files without pages: word-processor documents, HTML, plain text."""
