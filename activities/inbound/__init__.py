"""Inbound: what providers and debtors sent back, applied to the cases it is about."""
