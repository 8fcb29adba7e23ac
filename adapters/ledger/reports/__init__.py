"""Figures from the ledger for any day: ageing, DSO, promises, recovery."""
