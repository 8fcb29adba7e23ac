"""Customers: shown, reached, their credit, what holds for them as persons, erased."""
