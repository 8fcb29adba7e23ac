"""The ledger: the house's memory in PostgreSQL, and the only place where personal data lives."""
