"""Versions of policies, and which case follows which."""
