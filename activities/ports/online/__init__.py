"""Paying online: what a payment provider is asked for, and what it tells."""
