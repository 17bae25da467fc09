"""Who the contract is between: names, aliases, roles, addresses, those who sign."""
