"""Creditors and customers: contact data, consent, credit and flags."""
