"""Names of different contracts that may mean one body: candidates with a score and a reason, never silent merges."""
