"""The ledger's tests share a house of made-up facts."""
