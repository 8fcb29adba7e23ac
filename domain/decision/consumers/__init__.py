"""Decides what a consumer is told before being late may cost anything."""
