"""The model: session, decoding, merging of windows."""
