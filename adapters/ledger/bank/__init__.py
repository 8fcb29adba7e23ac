"""Bank accounts and their entries in PostgreSQL, and what money may be meant for."""
