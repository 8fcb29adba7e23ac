"""Ports of the services: what each keeps in the ledger and asks of it, by subject."""
