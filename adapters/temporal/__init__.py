"""Temporal: the connection, running cases, and schedules."""
