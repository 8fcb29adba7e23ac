"""Rehearsals: what a policy would have done to invoices whose story is known."""
