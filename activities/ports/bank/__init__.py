"""What banks reported, as services and ledger speak of it."""
