"""The ledger in PostgreSQL, which owns all facts; personal data lives here only."""
