"""One module a function; the only place where rooms are joined."""
