"""Terms that a contract defines, what they mean, and where they are used."""
