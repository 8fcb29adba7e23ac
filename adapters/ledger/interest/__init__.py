"""Rates of interest that people added to the shipped tables."""
