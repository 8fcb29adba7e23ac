"""Payments, allocations and money on the account."""
