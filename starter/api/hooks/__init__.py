"""Addresses that providers and customers use without a key."""
