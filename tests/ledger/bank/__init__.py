"""Statements in a real ledger."""
