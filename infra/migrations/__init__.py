"""The ledger's migrations; `adapters.ledger.core.migrate` runs them."""
