"""The ledger's migrations; `adapters.ledger.migrate` runs them."""
