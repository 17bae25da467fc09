"""Windows of the cleaned text and their batches."""
