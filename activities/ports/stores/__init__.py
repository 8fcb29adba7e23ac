"""What services keep in the ledger and ask of it, by subject, and what else they need."""
