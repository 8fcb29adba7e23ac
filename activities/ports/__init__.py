"""Ports: the protocols that adapters fulfil, and the types that pass through them."""
