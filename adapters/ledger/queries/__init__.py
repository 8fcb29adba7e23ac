"""Queries about cases and customers, without any lock."""
