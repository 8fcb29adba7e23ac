"""One account under its lock: the unit of work and its repositories."""
