"""Experiments with policies, in PostgreSQL."""
