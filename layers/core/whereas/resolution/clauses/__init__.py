"""The sections of a contract: what they are about, and which of them a reference points at."""
