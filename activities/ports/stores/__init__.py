"""What services keep in the ledger and ask of it, without any account's lock."""
