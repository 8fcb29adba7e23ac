"""Disputes: what the customer contests, from its opening to its settlement."""
